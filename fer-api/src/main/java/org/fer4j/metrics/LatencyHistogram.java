package org.fer4j.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times in fixed memory, 19 kB, and tells percentiles that are at most 1/64 too high.
 *
 * <p>Safe for use by many threads: recording takes no lock and makes no garbage, and snapshots may
 * be taken meanwhile.
 */
public final class LatencyHistogram {

  /*
   * Log-linear buckets, as in HdrHistogram (Gil Tene): each power of two is divided into 64 buckets
   * of the same width, so that a bucket is at most 1/64 as wide as the values in it. Below 128 ns
   * every value has a bucket of its own; from 2^42 ns, 73 minutes, on all are in the last one.
   */
  private static final int BUCKET_BITS = 6;
  private static final int BUCKETS_PER_POWER = 1 << BUCKET_BITS;
  private static final int MAX_POWER = 42;

  static final int BUCKETS = (MAX_POWER - BUCKET_BITS + 1) * BUCKETS_PER_POWER;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final AtomicLong max = new AtomicLong();

  /** Creates a histogram without any time. */
  public LatencyHistogram() {}

  /** Counts a time, in nanoseconds; one below 0, of a clock that was set back, counts as 0. */
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    if (value > max.get()) {
      max.accumulateAndGet(value, Math::max);
    }
    counts.getAndIncrement(bucket(value));
  }

  /** Returns what has been recorded up to now. */
  public LatencySnapshot snapshot() {
    long[] copy = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = counts.get(i);
    }
    // Each counted time raised the maximum before.
    return new LatencySnapshot(copy, max.get());
  }

  static int bucket(long value) {
    if (value < BUCKETS_PER_POWER) {
      return (int) value;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    if (power >= MAX_POWER) {
      return BUCKETS - 1;
    }
    // The leading bit stands for the power, the next six for the bucket in it.
    int leading = (int) (value >>> (power - BUCKET_BITS));
    return (power - BUCKET_BITS) * BUCKETS_PER_POWER + leading;
  }

  /** Returns the largest value of a bucket. */
  static long highest(int bucket) {
    int shift = Math.max(0, (bucket >> BUCKET_BITS) - 1);
    long leading = bucket - (long) shift * BUCKETS_PER_POWER;
    return ((leading + 1) << shift) - 1;
  }
}
