package org.fer4j.smoothing;

/**
 * A low-pass filter that follows fast changes closely and slow ones smoothly: Casiez, Roussel,
 * Vogel, <i>1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
 * Systems</i>, CHI 2012.
 *
 * <p>Confined to one thread.
 */
final class OneEuroFilter {

  /** The authors' value for the low-pass filter of the speed. */
  private static final double SPEED_CUTOFF_HERTZ = 1;

  private final double leastCutoffHertz;
  private final double speedCoefficient;
  private double value;
  private double speed;

  /**
   * Starts with a value.
   *
   * @param leastCutoffHertz cutoff frequency at rest: less of it trembles less and lags more
   * @param speedCoefficient how much the cutoff rises with the speed, in hertz by unit per second
   */
  OneEuroFilter(double value, double leastCutoffHertz, double speedCoefficient) {
    this.value = value;
    this.leastCutoffHertz = leastCutoffHertz;
    this.speedCoefficient = speedCoefficient;
  }

  /**
   * Takes in a value and returns the filtered one.
   *
   * @param seconds since the last one, above 0
   */
  double filter(double measured, double seconds) {
    double change = (measured - value) / seconds;
    speed += share(SPEED_CUTOFF_HERTZ, seconds) * (change - speed);
    double cutoff = leastCutoffHertz + speedCoefficient * Math.abs(speed);
    value += share(cutoff, seconds) * (measured - value);
    return value;
  }

  /** How much of a new value counts: formula 5 of the paper. */
  private static double share(double cutoffHertz, double seconds) {
    double time = 2 * Math.PI * cutoffHertz * seconds;
    return time / (1 + time);
  }
}
