package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void percentilesAndDroppedFrames() {
    long[] nanos = LongStream.rangeClosed(1, 1000).map(i -> (1001 - i) * 1000).toArray();
    assertEquals(new Latency(30, 1010, 10, 500, 990, 999), Latency.of(30, 1010, nanos));
  }

  @Test
  void oneResult() {
    assertEquals(new Latency(30, 1, 0, 2.5, 2.5, 2.5), Latency.of(30, 1, new long[] {2500}));
  }

  @Test
  void noResult() {
    assertThrows(IllegalArgumentException.class, () -> Latency.of(30, 5, new long[0]));
  }
}
