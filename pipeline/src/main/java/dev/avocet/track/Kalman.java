package dev.avocet.track;

/**
 * Kalman filters of several numbers, each a position with a constant velocity, which share one
 * covariance because they are always predicted, corrected and reset together. In float32, as {@code
 * cv::KalmanFilter} is. Confined to one thread.
 */
final class Kalman {
  private final float[] positions;
  private final float[] velocities;
  private float positionVariance;
  private float covariance;
  private float velocityVariance;

  /** At rest at these positions, with these standard deviations. */
  Kalman(float[] positions, float positionDeviation, float velocityDeviation) {
    this.positions = positions.clone();
    this.velocities = new float[positions.length];
    positionVariance = positionDeviation * positionDeviation;
    velocityVariance = velocityDeviation * velocityDeviation;
  }

  float position(int i) {
    return positions[i];
  }

  /** One step in time, which adds this much uncertainty. */
  void predict(float positionDeviation, float velocityDeviation) {
    for (int i = 0; i < positions.length; i++) {
      positions[i] += velocities[i];
    }
    positionVariance += 2 * covariance + velocityVariance + positionDeviation * positionDeviation;
    covariance += velocityVariance;
    velocityVariance += velocityDeviation * velocityDeviation;
  }

  /** Takes measurements of this deviation. */
  void correct(float[] measured, float deviation) {
    float variance = positionVariance + deviation * deviation;
    // Without any uncertainty there is nothing to learn; OpenCV's pseudo-inverse says the same.
    float gain = variance == 0 ? 0 : positionVariance / variance;
    float velocityGain = variance == 0 ? 0 : covariance / variance;
    for (int i = 0; i < positions.length; i++) {
      float residual = measured[i] - positions[i];
      positions[i] += gain * residual;
      velocities[i] += velocityGain * residual;
    }
    velocityVariance -= velocityGain * covariance;
    covariance -= gain * covariance;
    positionVariance -= gain * positionVariance;
  }

  /**
   * Sets positions and deviations anew. Velocities and the covariance between the two stay, as they
   * do in the reference: from frame to frame a track becomes less sure of its prediction.
   */
  void reset(float[] measured, float positionDeviation, float velocityDeviation) {
    System.arraycopy(measured, 0, positions, 0, positions.length);
    positionVariance = positionDeviation * positionDeviation;
    velocityVariance = velocityDeviation * velocityDeviation;
  }

  /**
   * Squared Mahalanobis distance of a measured point whose coordinates are numbers {@code i} and
   * {@code i + 1}; 0 where there is no uncertainty.
   */
  float distance(int i, float x, float y, float deviation) {
    float variance = positionVariance + deviation * deviation;
    float dx = x - positions[i];
    float dy = y - positions[i + 1];
    return variance == 0 ? 0 : (dx * dx + dy * dy) / variance;
  }
}
