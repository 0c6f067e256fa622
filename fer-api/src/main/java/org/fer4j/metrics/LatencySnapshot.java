package org.fer4j.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long calls took, in nanoseconds, up to one moment or between two. Percentiles are at most
 * 1/64 too high and never too low; all are 0 if there was no call.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class LatencySnapshot {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] counts;
  private final long count;
  private final long maxNanos;

  /** Takes the array over. */
  LatencySnapshot(long[] counts, long maxNanos) {
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
    this.maxNanos = maxNanos;
  }

  /** Returns the number of calls. */
  public long count() {
    return count;
  }

  /** Returns the median. */
  public long p50Nanos() {
    return percentileNanos(50);
  }

  /** Returns the time that one call in ten exceeds. */
  public long p90Nanos() {
    return percentileNanos(90);
  }

  /** Returns the time that one call in a hundred exceeds. */
  public long p99Nanos() {
    return percentileNanos(99);
  }

  /** Returns the time that one call in a thousand exceeds. */
  public long p999Nanos() {
    return percentileNanos(99.9);
  }

  /** Returns the longest time: exact, but in a difference as precise as percentiles. */
  public long maxNanos() {
    return maxNanos;
  }

  /**
   * Returns the least time that a share of the calls did not exceed.
   *
   * @param percent above 0, up to 100
   * @throws IllegalArgumentException if it is out of its range
   */
  public long percentileNanos(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("expected a percentage in (0, 100], found " + percent);
    }
    // 99.9 is a little more than 999 of 1000: nothing is lost by rounding down first.
    long rank = Math.max(1, (long) Math.ceil(Math.nextDown(percent) * count / 100));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return i == counts.length - 1 ? maxNanos : Math.min(LatencyHistogram.highest(i), maxNanos);
      }
    }
    return 0;
  }

  /**
   * Returns the calls since an earlier snapshot of the same histogram.
   *
   * @throws IllegalArgumentException if it is not earlier
   */
  public LatencySnapshot since(LatencySnapshot earlier) {
    long[] difference = new long[counts.length];
    int last = -1;
    for (int i = 0; i < counts.length; i++) {
      difference[i] = counts[i] - earlier.counts[i];
      if (difference[i] < 0) {
        throw new IllegalArgumentException(
            "expected an earlier snapshot of the same histogram, found one of %d calls before one of %d"
                .formatted(earlier.count, count));
      }
      if (difference[i] > 0) {
        last = i;
      }
    }
    boolean clipped = last == counts.length - 1;
    long most = last < 0 ? 0 : clipped ? maxNanos : LatencyHistogram.highest(last);
    return new LatencySnapshot(difference, Math.min(most, maxNanos));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LatencySnapshot that
        && maxNanos == that.maxNanos
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Long.hashCode(maxNanos);
  }

  /** Returns one line, in milliseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d calls, p50 %.3f, p90 %.3f, p99 %.3f, p99.9 %.3f, max %.3f ms",
        count,
        p50Nanos() / NANOS_PER_MILLI,
        p90Nanos() / NANOS_PER_MILLI,
        p99Nanos() / NANOS_PER_MILLI,
        p999Nanos() / NANOS_PER_MILLI,
        maxNanos / NANOS_PER_MILLI);
  }
}
