package org.fer4j.tracking;

/**
 * A Kalman filter of one coordinate that moves at a nearly constant speed: the model of white-noise
 * acceleration (Bar-Shalom, Li, Kirubarajan, <i>Estimation with Applications to Tracking and
 * Navigation</i>, 2001, section 6.2.2), for steps of any length.
 *
 * <p>Confined to one thread.
 */
final class MotionFilter {

  private final double acceleration;
  private double position;
  private double speed;
  private double positionVariance;
  private double covariance;
  private double speedVariance;

  /**
   * Starts at rest.
   *
   * @param position first measured value
   * @param deviation standard deviation of that measurement
   * @param speedDeviation how fast it may be moving, a standard deviation per second
   * @param acceleration how much the speed changes, a standard deviation per second and square root
   *     of a second
   */
  MotionFilter(double position, double deviation, double speedDeviation, double acceleration) {
    this.position = position;
    this.acceleration = acceleration;
    positionVariance = deviation * deviation;
    speedVariance = speedDeviation * speedDeviation;
  }

  /** Moves on in time. */
  void advance(double seconds) {
    double noise = acceleration * acceleration;
    position += speed * seconds;
    positionVariance +=
        seconds * (2 * covariance + seconds * speedVariance) + noise * cube(seconds) / 3;
    covariance += seconds * speedVariance + noise * seconds * seconds / 2;
    speedVariance += noise * seconds;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  /** Takes in a measured value with a standard deviation. */
  void correct(double measured, double deviation) {
    double total = positionVariance + deviation * deviation;
    double gain = positionVariance / total;
    double speedGain = covariance / total;
    double surprise = measured - position;
    position += gain * surprise;
    speed += speedGain * surprise;
    speedVariance -= speedGain * covariance;
    covariance *= 1 - gain;
    positionVariance *= 1 - gain;
  }

  /**
   * Returns how unlikely a measured value is, as a negative logarithm of its density: 0 for one
   * that is as expected where the position is known.
   */
  double unlikelihood(double measured, double deviation) {
    double variance = deviation * deviation;
    double total = positionVariance + variance;
    double surprise = measured - position;
    return (surprise * surprise / total + Math.log(total / variance)) / 2;
  }

  double position() {
    return position;
  }

  /** Returns how uncertain the position is, a standard deviation. */
  double deviation() {
    return Math.sqrt(positionVariance);
  }

  /** Lets the speed fade: what is not seen does not go on for ever. */
  void slowDown(double seconds, double timeConstantSeconds) {
    speed *= Math.exp(-seconds / timeConstantSeconds);
  }
}
