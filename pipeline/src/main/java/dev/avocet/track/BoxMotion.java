package dev.avocet.track;

/**
 * Where a box is and how it moves: a Kalman filter with constant velocity for its centre, width and
 * height, each by itself, as their noises are independent.
 *
 * <p>The model is DeepSORT's (Wojke et al., "Simple Online and Realtime Tracking with a Deep
 * Association Metric", 2017), with three deviations on purpose: a step is in seconds, not in
 * frames, and its noise that of a random acceleration over so long (at 30 frames a second about as
 * large as DeepSORT's), because frames are dropped; width instead of aspect ratio, as in BoT-SORT
 * (2022), because boxes are cut off at the picture's edges; and noises are in proportion to the
 * mean of width and height instead of the height, because not everything is as upright as people
 * are.
 */
final class BoxMotion {
  private static final int WIDTH = 2;
  private static final int DIMENSIONS = 4;

  /** Standard deviation of a measured edge, in sizes. */
  private static final double MEASURED = 1. / 20;

  /** Standard deviation of the unknown velocity at the beginning, in sizes a second. */
  private static final double FIRST_VELOCITY = 2;

  /** Standard deviation of what a velocity changes by within a second, in sizes a second. */
  private static final double ACCELERATION = 2;

  private final double[] position = new double[DIMENSIONS];
  private final double[] velocity = new double[DIMENSIONS];

  /** Variances and covariances of position and velocity. */
  private final double[] pp = new double[DIMENSIONS];

  private final double[] pv = new double[DIMENSIONS];
  private final double[] vv = new double[DIMENSIONS];

  private Extent measured;

  BoxMotion(Extent box) {
    measured = box;
    double size = size();
    for (int i = 0; i < DIMENSIONS; i++) {
      position[i] = measured(i);
      pp[i] = square(MEASURED * size);
      vv[i] = square(FIRST_VELOCITY * size);
    }
  }

  /**
   * Goes on by so many seconds. The size stays where the last one was not measured, as in
   * ByteTrack: it would grow or shrink without end.
   */
  void predict(double seconds, boolean resize) {
    double noise = square(ACCELERATION * size());
    for (int i = 0; i < DIMENSIONS; i++) {
      if (i >= WIDTH && !resize) {
        velocity[i] = 0;
      }
      position[i] += velocity[i] * seconds;
      pp[i] += seconds * (2 * pv[i] + seconds * vv[i] + noise * seconds * seconds / 3);
      pv[i] += seconds * (vv[i] + noise * seconds / 2);
      vv[i] += noise * seconds;
    }
    for (int i = WIDTH; i < DIMENSIONS; i++) {
      position[i] = Math.max(position[i], measured(i) / 2);
    }
  }

  /** Takes a measured box in. */
  void correct(Extent box) {
    double noise = square(MEASURED * size());
    measured = box;
    for (int i = 0; i < DIMENSIONS; i++) {
      double residual = measured(i) - position[i];
      double sum = pp[i] + noise;
      double gain = pp[i] / sum;
      double velocityGain = pv[i] / sum;
      position[i] += gain * residual;
      velocity[i] += velocityGain * residual;
      vv[i] -= velocityGain * pv[i];
      pv[i] *= 1 - gain;
      pp[i] *= 1 - gain;
    }
    for (int i = WIDTH; i < DIMENSIONS; i++) {
      position[i] = Math.max(position[i], measured(i) / 2);
    }
  }

  /** Where the box is; not {@linkplain Extent#isProper proper} once numbers overflow. */
  Extent box() {
    double x = position[WIDTH] / 2;
    double y = position[WIDTH + 1] / 2;
    return new Extent(position[0] - x, position[1] - y, position[0] + x, position[1] + y);
  }

  private double measured(int dimension) {
    return switch (dimension) {
      case 0 -> (measured.x1() + measured.x2()) / 2;
      case 1 -> (measured.y1() + measured.y2()) / 2;
      case WIDTH -> measured.width();
      default -> measured.height();
    };
  }

  /** Mean of the sides that were measured last. */
  private double size() {
    return (measured.width() + measured.height()) / 2;
  }

  private static double square(double x) {
    return x * x;
  }
}
