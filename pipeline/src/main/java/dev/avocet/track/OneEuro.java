package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.core.postprocess.KeyPoints;

/**
 * Smooths key points and box from frame to frame: a One-Euro filter (Casiez et al., CHI 2012) for
 * each point, for the box's centre and for its width and height, as MMDeploy's {@code
 * SmoothingFilter}. Two of its quirks are kept because they decide the numbers: the cut-off of
 * width and height follows the velocity with its sign, so that a shrinking box is smoothed more,
 * and one that shrinks by more than {@code smoothingCutoff / smoothingBeta} pixels a frame (143) is
 * drawn at a size it never had; and {@link #reset} sets the box's velocities, not the box, to what
 * was measured. Where a share is infinite or NaN it is 1 here. Confined to one thread.
 */
final class OneEuro {
  private static final float TWO_PI = 2 * 3.1415925f;

  private final TrackerParams params;
  private final float[] x;
  private final float[] y;
  private final float[] centre;
  private final float[] size;
  private float[] velocityX;
  private float[] velocityY;
  private float[] centreVelocity = new float[2];
  private float[] sizeVelocity = new float[2];

  OneEuro(TrackerParams params, Box box, KeyPoints pose) {
    this.params = params;
    x = pose.x().clone();
    y = pose.y().clone();
    velocityX = new float[x.length];
    velocityY = new float[x.length];
    centre = Geometry.centre(box);
    size = Geometry.size(box);
  }

  void reset(Box box, KeyPoints pose) {
    System.arraycopy(pose.x(), 0, x, 0, x.length);
    System.arraycopy(pose.y(), 0, y, 0, y.length);
    velocityX = new float[x.length];
    velocityY = new float[x.length];
    centreVelocity = Geometry.centre(box);
    sizeVelocity = Geometry.size(box);
  }

  void step(Box box, KeyPoints pose) {
    for (int i = 0; i < x.length; i++) {
      velocityX[i] = velocity(velocityX[i], pose.x()[i] - x[i]);
      velocityY[i] = velocity(velocityY[i], pose.y()[i] - y[i]);
      float share = share(length(velocityX[i], velocityY[i]));
      x[i] = mix(share, x[i], pose.x()[i]);
      y[i] = mix(share, y[i], pose.y()[i]);
    }
    float[] measured = Geometry.centre(box);
    centreVelocity[0] = velocity(centreVelocity[0], measured[0] - centre[0]);
    centreVelocity[1] = velocity(centreVelocity[1], measured[1] - centre[1]);
    float share = share(length(centreVelocity[0], centreVelocity[1]));
    centre[0] = mix(share, centre[0], measured[0]);
    centre[1] = mix(share, centre[1], measured[1]);
    float[] measuredSize = Geometry.size(box);
    for (int i = 0; i < 2; i++) {
      sizeVelocity[i] = velocity(sizeVelocity[i], measuredSize[i] - size[i]);
      size[i] = mix(share(sizeVelocity[i]), size[i], measuredSize[i]);
    }
  }

  float x(int i) {
    return x[i];
  }

  float y(int i) {
    return y[i];
  }

  Box box() {
    return Geometry.box(centre[0], centre[1], size[0], size[1]);
  }

  private float velocity(float before, float moved) {
    return mix(ofCutoff(params.velocityCutoff()), before, moved);
  }

  /** How much of a measurement to take at this speed. */
  private float share(float speed) {
    return ofCutoff(params.smoothingCutoff() + params.smoothingBeta() * speed);
  }

  private static float ofCutoff(float cutoff) {
    float r = TWO_PI * cutoff;
    float share = r / (r + 1);
    return Float.isFinite(share) ? share : 1;
  }

  private static float mix(float share, float before, float now) {
    return (1 - share) * before + share * now;
  }

  private static float length(float dx, float dy) {
    return (float) Math.sqrt((double) dx * dx + (double) dy * dy);
  }
}
