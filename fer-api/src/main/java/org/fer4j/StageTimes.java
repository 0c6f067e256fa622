package org.fer4j;

/**
 * How long the stages of one frame took, in nanoseconds.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param detectNanos finding faces; 0 when the caller named them
 * @param landmarkNanos finding the faces' landmarks; 0 when nobody asked for them
 * @param alignNanos deciding how the faces are cut
 * @param classifyNanos cutting the faces and telling their expressions
 * @param totalNanos the whole call
 */
public record StageTimes(
    long detectNanos, long landmarkNanos, long alignNanos, long classifyNanos, long totalNanos) {

  /** Makes the times of a frame without landmarks. */
  public StageTimes(long detectNanos, long alignNanos, long classifyNanos, long totalNanos) {
    this(detectNanos, 0, alignNanos, classifyNanos, totalNanos);
  }
}
