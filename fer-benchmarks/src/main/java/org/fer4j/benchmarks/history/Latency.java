package org.fer4j.benchmarks.history;

import java.util.Arrays;

/**
 * How late results of a camera's frames are.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param framesPerSecond of the camera
 * @param frames that the camera took
 * @param dropped frames for which there was no time
 * @param p50Us microseconds from the moment at which a frame is due to its result: median
 * @param p99Us 99 % are at most as late
 * @param p999Us 99.9 % are at most as late
 */
public record Latency(
    int framesPerSecond, int frames, int dropped, double p50Us, double p99Us, double p999Us) {

  /**
   * Sums up what was measured.
   *
   * @param nanos of each frame that has a result, at least one
   * @throws IllegalArgumentException if there is none
   */
  public static Latency of(int framesPerSecond, int frames, long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("expected at least one result, found none");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latency(
        framesPerSecond,
        frames,
        frames - nanos.length,
        micros(sorted, 0.5),
        micros(sorted, 0.99),
        micros(sorted, 0.999));
  }

  /** The smallest value that so many are not above. */
  private static double micros(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return Math.rint(sorted[Math.max(rank, 1) - 1] / 100.0) / 10;
  }
}
