package org.fer4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fer4j.benchmarks.history.Measurement;
import org.junit.jupiter.api.Test;

class JmhSuiteTest {

  private static Measurement measured(String name, Map<String, String> params, double median) {
    return new Measurement(name, params, 100, null, Map.of("p50", median), null, null);
  }

  @Test
  void ratiosToTheBareNetworksOfAsManyFaces() {
    List<Measurement> measured =
        JmhSuite.withRatios(
            List.of(
                measured("FrameBenchmark.process", Map.of("faces", "1", "size", "640x480"), 30),
                measured("FrameBenchmark.process", Map.of("faces", "8", "size", "640x480"), 90),
                measured("FrameBenchmark.bareNetworks", Map.of("faces", "8", "size", "a"), 60),
                measured("FrameBenchmark.bareNetworks", Map.of("faces", "1", "size", "a"), 20),
                measured("DetectBenchmark.letterbox", Map.of("size", "640x480"), 1),
                measured("DetectBenchmark.bareNetwork", Map.of("size", "640x480"), 10),
                measured("ClassifyBenchmark.classify", Map.of("faces", "1"), 7)));
    assertEquals(
        Arrays.asList(1.5, 1.5, null, null, 0.1, null, null),
        measured.stream().map(Measurement::ratio).toList());
  }
}
