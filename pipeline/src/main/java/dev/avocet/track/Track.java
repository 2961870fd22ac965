package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.TrackedPose;
import dev.avocet.core.model.Skeleton;
import dev.avocet.core.postprocess.KeyPoints;
import java.util.ArrayList;
import java.util.List;

/**
 * One person followed: filters that predict where the pose will be, and what of it was seen last.
 * Every pose that a track takes resets the filters of its key points, so that a key point is
 * predicted where it was last: MMDeploy's runtime never lets one through its gate, and its numbers
 * depend on that. Confined to one thread.
 */
final class Track {
  /** Squared distance that 95 % of measured points stay below (chi-squared, two dimensions). */
  private static final float GATE = 5.9915f;

  /** What {@link #nearness} says where too few points are near. */
  static final float FAR = -1000;

  private final TrackerParams params;
  private final int id;
  private final OneEuro smooth;
  private Kalman points;
  private Kalman box;
  private float[] scores;
  private int missing;

  Track(TrackerParams params, int id, Box box, KeyPoints pose) {
    this.params = params;
    this.id = id;
    this.smooth = new OneEuro(params, box, pose);
    start(box, pose);
    show(box, pose);
  }

  private void start(Box around, KeyPoints pose) {
    float scale = scale(around.width(), around.height());
    float position = 2 * params.positionWeight() * scale;
    float velocity = 10 * params.velocityWeight() * scale;
    points = new Kalman(flat(pose), position, velocity);
    box = new Kalman(flat(around), position, velocity);
  }

  private void show(Box around, KeyPoints pose) {
    scores = pose.scores();
    smooth.step(around, pose);
  }

  int id() {
    return id;
  }

  /** How many key points its poses have. */
  int points() {
    return scores.length;
  }

  /** For how many frames no pose has been found for this track. */
  int missing() {
    return missing;
  }

  /** Where the box is expected. */
  Box predictedBox() {
    return Geometry.box(box.position(0), box.position(1), box.position(2), box.position(3));
  }

  /** Where the key points are expected, with the scores they had last. */
  KeyPoints predictedPose() {
    float[] x = new float[scores.length];
    float[] y = new float[scores.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.position(2 * i);
      y[i] = points.position(2 * i + 1);
    }
    return new KeyPoints(x, y, scores);
  }

  /**
   * How well a pose fits the prediction: the share of points that are near it, less their mean
   * squared Mahalanobis distance; {@link #FAR} where too few are near.
   */
  float nearness(KeyPoints pose) {
    float deviation = params.positionWeight() * predictedScale();
    float sum = 0;
    int near = 0;
    for (int i = 0; i < scores.length; i++) {
      float distance = points.distance(2 * i, pose.x()[i], pose.y()[i], deviation);
      if (distance < GATE) {
        sum += distance;
        near++;
      }
    }
    if (near < Math.max(1, Geometry.wantedPoints(params, scores.length))) {
      return FAR;
    }
    return -(sum / near - (float) near / scores.length);
  }

  /** Goes on with a pose that fits the prediction. */
  void follow(Box measured, KeyPoints pose) {
    float scale = predictedScale();
    points.reset(
        flat(pose), 2 * params.positionWeight() * scale, 10 * params.velocityWeight() * scale);
    box.correct(flat(measured), params.positionWeight() * scale);
    show(predictedBox(), pose);
  }

  /** Goes on with a pose elsewhere: what was known of its motion is forgotten. */
  void recover(Box measured, KeyPoints pose) {
    start(measured, pose);
    smooth.reset(measured, pose);
    show(measured, pose);
    missing = 0;
  }

  /** Goes on without a pose, as predicted. */
  void miss() {
    missing++;
    if (missing <= params.maxMissing()) {
      KeyPoints expected = predictedPose();
      show(predictedBox(), new KeyPoints(expected.x(), expected.y(), new float[scores.length]));
    }
  }

  /** One frame on. */
  void predict() {
    float scale = predictedScale();
    float position = params.positionWeight() * scale;
    float velocity = params.velocityWeight() * scale;
    points.predict(position, velocity);
    box.predict(position, velocity);
  }

  /** The track as callers see it. */
  TrackedPose shown(Skeleton skeleton) {
    List<KeyPoint> shown = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      shown.add(new KeyPoint(smooth.x(i), smooth.y(i), scores[i]));
    }
    return new TrackedPose(id, new Pose(shown, skeleton), smooth.box());
  }

  private float predictedScale() {
    return scale(box.position(2), box.position(3));
  }

  /**
   * Size of a box as one number; NaN where a prediction has turned the box inside out. As in the
   * reference such a track is near nothing from then on, until a pose overlaps it.
   */
  private static float scale(float width, float height) {
    return (float) Math.sqrt(width * height);
  }

  private static float[] flat(KeyPoints pose) {
    float[] flat = new float[2 * pose.x().length];
    for (int i = 0; i < pose.x().length; i++) {
      flat[2 * i] = pose.x()[i];
      flat[2 * i + 1] = pose.y()[i];
    }
    return flat;
  }

  private static float[] flat(Box box) {
    float[] centre = Geometry.centre(box);
    return new float[] {centre[0], centre[1], box.width(), box.height()};
  }
}
