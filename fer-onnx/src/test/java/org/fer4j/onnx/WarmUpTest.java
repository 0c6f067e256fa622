package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Picture;
import org.fer4j.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {

  /** If the drawing is a face for a detector, warming up reaches all of its code. */
  @ParameterizedTest
  @ValueSource(strings = {Backend.LIVE_DETECTOR, Backend.PHOTO_DETECTOR})
  void theDrawnFaceIsFound(String name) {
    List<Frame> frames = new ArrayList<>();
    FaceDetector listening = mock(FaceDetector.class);
    when(listening.detect(any()))
        .thenAnswer(
            call -> {
              frames.add(call.getArgument(0));
              return List.of();
            });
    try (EmotionClassifier classifier =
            new OnnxBackend().openClassifier("fer-fast", ClassifierOptions.defaults());
        FramePipeline pipeline =
            FramePipeline.builder().detector(listening).classifier(classifier).build();
        FaceDetector detector = new OnnxBackend().openDetector(name, DetectorOptions.defaults())) {
      pipeline.warmUp();
      List<Face> faces = detector.detect(frames.get(0));
      assertEquals(1, faces.size());
      assertTrue(faces.get(0).score() > 0.6f, "score " + faces.get(0).score());
    }
  }

  @Test
  void livePipelinesAreWarmWhenTheyAreBuilt() {
    EmotionClassifier classifier = mock(EmotionClassifier.class);
    when(classifier.cropRule()).thenReturn(new CropRule(Map.of(), 0, 0, 1));
    when(classifier.classify(any()))
        .thenAnswer(
            call -> {
              List<FaceCrop> crops = call.getArgument(0);
              return crops.stream().map(crop -> EmotionScores.of(1, 0, 0, 0, 0, 0, 0, 0)).toList();
            });
    try (FramePipeline pipeline = FramePipeline.builder().live().classifier(classifier).build()) {
      verify(classifier, atLeast(1)).classify(any());
      assertEquals(0, pipeline.metrics().frames());
      pipeline.process(Picture.portrait().frame(PixelFormat.RGB));
      assertEquals(1, pipeline.metrics().frames());
    }
  }
}
