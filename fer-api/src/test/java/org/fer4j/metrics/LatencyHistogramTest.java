package org.fer4j.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  private static final long SEED = 71;
  private static final double[] PERCENTILES = {0.01, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 100};

  /** Of fer4j's histogram, one-sided; that of the oracle is a thousandth. */
  private static final double RELATIVE_ERROR = 1 / 64.0;

  private static final int ORACLE_DIGITS = 3;

  private final LatencyHistogram histogram = new LatencyHistogram();

  /** Uniform, log-uniform, exponential with outliers, all the same, tiny. */
  private static LongUnaryOperator distribution(int kind, Random random) {
    return switch (kind) {
      case 0 -> i -> (long) (random.nextDouble() * 5e6);
      case 1 -> i -> (long) Math.exp(random.nextDouble() * Math.log(4e12));
      case 2 -> i -> (long) (-Math.log(1 - random.nextDouble()) * (i % 500 == 0 ? 1e9 : 3e6));
      case 3 -> i -> 3_141_592;
      default -> i -> random.nextInt(200);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void percentilesAreThoseOfHdrHistogram(int kind) {
    Random random = new Random(SEED + kind);
    for (int size : new int[] {1, 2, 10, 999, 20_000}) {
      LatencyHistogram own = new LatencyHistogram();
      Histogram oracle = new Histogram(1L << 43, ORACLE_DIGITS);
      LongUnaryOperator values = distribution(kind, random);
      for (int i = 0; i < size; i++) {
        long value = values.applyAsLong(i);
        own.record(value);
        oracle.recordValue(value);
      }
      LatencySnapshot found = own.snapshot();
      assertEquals(size, found.count());
      for (double percent : PERCENTILES) {
        long least = oracle.lowestEquivalentValue(oracle.getValueAtPercentile(percent));
        long most = oracle.highestEquivalentValue(oracle.getValueAtPercentile(percent));
        long value = found.percentileNanos(percent);
        assertTrue(
            value >= least && value <= most * (1 + RELATIVE_ERROR),
            () -> "%s %% of %d: %d, expected %d".formatted(percent, size, value, most));
      }
    }
  }

  @Test
  void everyBucketHoldsItsValuesAndNoOthers() {
    long next = 0;
    for (int bucket = 0; bucket < LatencyHistogram.BUCKETS; bucket++) {
      long highest = LatencyHistogram.highest(bucket);
      assertEquals(bucket, LatencyHistogram.bucket(next), "lowest of " + bucket);
      assertEquals(bucket, LatencyHistogram.bucket(highest), "highest of " + bucket);
      assertTrue((double) (highest - next) <= next * RELATIVE_ERROR, "width of " + bucket);
      next = highest + 1;
    }
    assertEquals(1L << 42, next);
    assertEquals(LatencyHistogram.BUCKETS - 1, LatencyHistogram.bucket(Long.MAX_VALUE));
  }

  @Test
  void extremesAreKept() {
    histogram.record(-5);
    assertEquals(0, histogram.snapshot().maxNanos());
    histogram.record(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, histogram.snapshot().maxNanos());
    assertEquals(Long.MAX_VALUE, histogram.snapshot().percentileNanos(100));
    assertEquals(0, histogram.snapshot().p50Nanos());
    assertEquals(2, histogram.snapshot().count());
  }

  @Test
  void withoutCallsEverythingIsZero() {
    LatencySnapshot empty = histogram.snapshot();
    assertEquals(0, empty.count());
    assertEquals(0, empty.p50Nanos());
    assertEquals(0, empty.p999Nanos());
    assertEquals(0, empty.maxNanos());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
  void percentagesHaveARange(double percent) {
    assertEquals(
        "expected a percentage in (0, 100], found " + percent,
        assertThrows(
                IllegalArgumentException.class, () -> histogram.snapshot().percentileNanos(percent))
            .getMessage());
  }

  @Test
  void differencesForgetWhatWasBefore() {
    histogram.record(50_000_000);
    LatencySnapshot before = histogram.snapshot();
    for (int i = 1; i <= 100; i++) {
      histogram.record(i * 1_000L);
    }
    LatencySnapshot since = histogram.snapshot().since(before);
    assertEquals(100, since.count());
    assertEquals(50_000, (double) since.p50Nanos(), 50_000 * RELATIVE_ERROR);
    assertEquals(100_000, (double) since.maxNanos(), 100_000 * RELATIVE_ERROR);
    assertEquals(0, before.since(before).maxNanos());
    LatencySnapshot after = histogram.snapshot();
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> before.since(after)).getMessage());
    assertTrue(message.contains("101 calls before one of 1"), message);
  }

  @Test
  void snapshotsAreValues() {
    histogram.record(1_234_567);
    LatencySnapshot first = histogram.snapshot();
    LatencySnapshot second = histogram.snapshot();
    assertEquals(first, second);
    assertEquals(first.hashCode(), second.hashCode());
    histogram.record(1);
    assertNotEquals(first, histogram.snapshot());
    assertEquals(1, first.count());
    assertEquals(
        "1 calls, p50 1.235, p90 1.235, p99 1.235, p99.9 1.235, max 1.235 ms", first.toString());
  }

  /** No call is lost, and none is torn, whoever writes and reads. */
  @Test
  void manyThreadsMayRecordAndRead() throws InterruptedException {
    int calls = 50_000;
    ExecutorService writers = Executors.newFixedThreadPool(3);
    for (int writer = 0; writer < 3; writer++) {
      writers.execute(
          () -> {
            for (int i = 0; i < calls; i++) {
              histogram.record(1_000_000 + i);
            }
          });
    }
    writers.shutdown();
    long seen = 0;
    while (!writers.isTerminated()) {
      LatencySnapshot snapshot = histogram.snapshot();
      assertTrue(snapshot.count() >= seen);
      assertTrue(snapshot.count() == 0 || snapshot.percentileNanos(100) >= 1_000_000);
      seen = snapshot.count();
    }
    assertTrue(writers.awaitTermination(1, TimeUnit.SECONDS));
    assertEquals(3L * calls, histogram.snapshot().count());
    assertEquals(1_000_000 + calls - 1, histogram.snapshot().maxNanos());
  }

  @Test
  void recordingMakesNoGarbage() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    record(20_000);
    long before = threads.getThreadAllocatedBytes(thread);
    record(20_000);
    // The measurement itself may make some.
    assertTrue(threads.getThreadAllocatedBytes(thread) - before < 2_000);
  }

  private void record(int times) {
    for (int i = 0; i < times; i++) {
      histogram.record(i * 1_000L);
    }
  }
}
