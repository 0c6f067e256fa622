package org.fer4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.function.Function;
import org.fer4j.EmotionScores;
import org.fer4j.FramePipeline;
import org.fer4j.benchmarks.history.Latency;
import org.fer4j.spi.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each benchmark gets the answer that it asks for, with all parameters of the suite. */
class BenchmarksTest {

  @ParameterizedTest
  @CsvSource({
    "1, 320x240", "2, 320x240", "8, 320x240",
    "1, 640x480", "2, 640x480", "8, 640x480",
    "1, 1280x720", "2, 1280x720", "8, 1280x720",
    "1, 1920x1080", "2, 1920x1080", "8, 1920x1080"
  })
  void frame(int faces, String size) throws OrtException {
    FrameBenchmark benchmark = new FrameBenchmark();
    benchmark.faces = faces;
    benchmark.size = size;
    benchmark.open();
    assertEquals(faces, benchmark.process().faces().size());
    assertTrue(Float.isFinite(benchmark.bareNetworks()));
    benchmark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"320x240", "640x480", "1280x720", "1920x1080"})
  void detect(String size) throws OrtException {
    DetectBenchmark benchmark = new DetectBenchmark();
    benchmark.size = size;
    benchmark.open();
    assertEquals(benchmark.detect(), benchmark.withoutNetwork());
    assertEquals(benchmark.detect(), benchmark.withoutNetwork(), "the second time");
    assertTrue(Float.isFinite(benchmark.letterbox()));
    assertTrue(Float.isFinite(benchmark.bareNetwork()));
    benchmark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void classify(int faces) throws OrtException {
    ClassifyBenchmark benchmark = new ClassifyBenchmark();
    benchmark.faces = faces;
    benchmark.open();
    assertEquals(faces, benchmark.classify().size());
    assertTrue(Float.isFinite(benchmark.alignAndSample()));
    assertTrue(Float.isFinite(benchmark.bareNetwork()));
    benchmark.close();
  }

  @Test
  void live() {
    Latency latency = LiveLatency.measure(10);
    assertEquals(10, latency.frames());
    assertTrue(latency.p50Us() > 0);
  }

  @Test
  void countedRuns() {
    try (FramePipeline pipeline =
        FramePipeline.builder().backend(CountedBackend.NAME).live().build()) {
      long before = CountedBackend.runs();
      pipeline.process(Portrait.frame("640x480", 1));
      assertEquals(2, CountedBackend.runs() - before, "the detector and the classifier");
      pipeline.detect(Portrait.frame("640x480", 1));
      assertEquals(3, CountedBackend.runs() - before);
    }
    assertEquals("onnx", Backends.preferred().name());
  }

  @Test
  void wrongAnswersFail() {
    EmotionScores happy = EmotionScores.of(0, 1, 0, 0, 0, 0, 0, 0);
    EmotionScores sad = EmotionScores.of(0, 0, 0, 1, 0, 0, 0, 0);
    Function<EmotionScores, EmotionScores> same = Function.identity();
    Answers.requireHappy(2, List.of(happy, happy), same);
    assertThrows(
        IllegalStateException.class, () -> Answers.requireHappy(2, List.of(happy, sad), same));
    assertThrows(
        IllegalStateException.class, () -> Answers.requireHappy(1, List.of(happy, happy), same));
    assertThrows(IllegalStateException.class, () -> Answers.requireHappy(1, List.of(), same));
    assertThrows(IllegalStateException.class, () -> Answers.requireFaces(1, 2));
    assertThrows(IllegalStateException.class, () -> Answers.requireFinite(Float.NaN));
    assertThrows(IllegalStateException.class, () -> Answers.requireSame(1, 2));
  }

  @Test
  void medians() {
    assertEquals(2, FrameRatio.median(new double[] {9, 1, 2}));
    assertEquals(2.5, FrameRatio.median(new double[] {9, 1, 2, 3}));
  }
}
