package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FaceResult;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.PixelFormat;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.fer4j.contract.Crowd;
import org.fer4j.contract.Picture;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.junit.jupiter.api.Test;

/** What is safe for use by many threads is used by many threads, with the real networks. */
class SharedUseTest {

  private static final int THREADS = 4;
  private static final Frame FRAME = Picture.portrait().frame(PixelFormat.BGR);

  @Test
  void backendsAndManifests() throws Exception {
    List<ModelManifest> expected = new OnnxBackend().models();
    Backend shared = Backends.preferred();
    Crowd.run(
        THREADS,
        thread -> {
          for (int i = 0; i < 20; i++) {
            assertSame(OnnxBackend.class, Backends.named("onnx").getClass());
            assertEquals(expected, shared.models());
          }
        });
  }

  @Test
  void models() throws Exception {
    Model model = Model.ofResource(OnnxBackend.class, "models/" + Backend.LIVE_CLASSIFIER);
    byte[] expected = model.load();
    Crowd.run(THREADS, thread -> assertArrayEquals(expected, model.load()));
  }

  /** One backend opens for all; each thread has a classifier of its own, all read one frame. */
  @Test
  void openingAndClassifyingSideBySide() throws Exception {
    Backend shared = Backends.preferred();
    List<EmotionScores> expected = classify(shared);
    Crowd.run(
        THREADS,
        thread -> {
          for (int i = 0; i < 3; i++) {
            assertEquals(expected, classify(shared));
          }
        });
  }

  private static List<EmotionScores> classify(Backend backend) {
    try (EmotionClassifier classifier =
        backend.openClassifier(Backend.LIVE_CLASSIFIER, ClassifierOptions.defaults())) {
      return classifier.classify(List.of(FaceCrop.whole(FRAME)));
    }
  }

  @Test
  void bulkWorkersFindWhatOneFinds() {
    List<FaceResult> expected;
    try (FramePipeline pipeline = live()) {
      expected = pipeline.process(FRAME).faces();
    }
    assertEquals(1, expected.size());
    try (BulkPipeline<FramePipeline> bulk = BulkPipeline.of(THREADS, SharedUseTest::live)) {
      Iterator<BulkResult<Integer, FrameResult>> results =
          bulk.process(
              IntStream.range(0, 60).iterator(), (pipeline, item) -> pipeline.process(FRAME));
      while (results.hasNext()) {
        assertEquals(expected, results.next().orElseThrow().faces());
      }
    }
  }

  private static FramePipeline live() {
    return FramePipeline.builder().live().build();
  }
}
