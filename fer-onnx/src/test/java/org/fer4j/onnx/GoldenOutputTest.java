package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;
import org.fer4j.RuntimeOptions;
import org.fer4j.image.TensorSampler;
import org.fer4j.inference.InferenceEngine.Output;
import org.fer4j.inference.InferenceSession;
import org.fer4j.model.DetectorSpec;
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Raw outputs of the bundled detectors against those of the TFLite runtime, for images of exactly
 * the network's size: conversion of the model, reading of the pixels and inference at once.
 */
class GoldenOutputTest {

  /** Of the value, or absolute for values below 1. */
  private static final double TOLERANCE = 1e-4;

  static Stream<Arguments> cases() {
    return Golden.list(Golden.document("golden.json").get("cases")).stream()
        .map(Golden::object)
        .map(item -> Arguments.of(item.get("model"), item.get("image"), item));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void outputsAreThoseOfTheTfliteRuntime(String network, String image, Map<String, Object> expected)
      throws IOException {
    Model model = Model.ofResource(OnnxBackend.class, "models/" + network);
    InputSpec input = model.manifest().input();
    DetectorSpec spec = model.manifest().requireDetector();
    int anchors = spec.anchorCount(input.size());
    int row = 4 + 2 * spec.keypoints().size();
    List<Output> outputs =
        List.of(new Output(spec.boxes(), anchors * row), new Output(spec.scores(), anchors));
    Frame frame = Frame.of(ImageIO.read(new ByteArrayInputStream(Golden.bytes(image))));
    assertEquals(input.size(), frame.width());
    assertEquals(input.size(), frame.height());
    try (InferenceSession session =
        OnnxEngine.instance().open(model, outputs, 1, RuntimeOptions.defaults())) {
      new TensorSampler(input).sample(frame, RotatedSquare.around(frame), session.input(), 0);
      session.run(1);
      assertOutput(Golden.object(expected.get("boxes")), anchors * row, session.output(0));
      assertOutput(Golden.object(expected.get("scores")), anchors, session.output(1));
    }
  }

  private static void assertOutput(Map<String, Object> golden, int length, FloatBuffer found) {
    float[] expected = Golden.floats(String.valueOf(golden.get("file")));
    assertEquals(length, expected.length);
    for (int i = 0; i < length; i++) {
      double distance = Math.abs((double) expected[i] - found.get(i));
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      int index = i;
      assertTrue(
          distance <= allowed,
          () ->
              "value %d: expected %s, found %s"
                  .formatted(index, expected[index], found.get(index)));
    }
  }
}
