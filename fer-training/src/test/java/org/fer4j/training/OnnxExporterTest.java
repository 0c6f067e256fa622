package org.fer4j.training;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExporterTest {

  private static final float TOLERANCE = 1e-4f;

  @ParameterizedTest(name = "batch of {0}")
  @ValueSource(ints = {1, 3, 8})
  void onnxRuntimeAgreesWithLibTorch(int batch) throws OrtException {
    NetworkShape shape = TrainingRecipe.named("fer-fast").network();
    assertSame(shape, batch);
    assertSame(Samples.SHAPE, batch);
  }

  private static void assertSame(NetworkShape shape, int batch) throws OrtException {
    Map<String, Weights.Array> weights = Samples.weights(shape, batch);
    int size = shape.inputSize();
    float[] images = new float[batch * size * size];
    Random random = new Random(9);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    float[] expected;
    try (ResidualNetwork network = ResidualNetwork.of(shape, 0, weights)) {
      expected = Measurement.forward(network, images, batch, size);
    }
    float[] found = run(OnnxExporter.export(shape, weights), images, batch, size);
    assertArrayEquals(expected, found, TOLERANCE);
  }

  static float[] run(byte[] onnx, float[] images, int batch, int size) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(images), new long[] {batch, 1, size, size});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] rows = (float[][]) result.get("logits").orElseThrow().getValue();
      float[] logits = new float[batch * Layers.CLASSES];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = rows[i / Layers.CLASSES][i % Layers.CLASSES];
      }
      return logits;
    }
  }

  @Test
  void inputAndOutputAreNamedAndTheBatchIsFree() throws OrtException {
    byte[] onnx = OnnxExporter.export(Samples.SHAPE, Samples.weights(Samples.SHAPE, 1));
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx)) {
      TensorInfo input = (TensorInfo) requireNonNull(session.getInputInfo().get("input")).getInfo();
      TensorInfo output =
          (TensorInfo) requireNonNull(session.getOutputInfo().get("logits")).getInfo();
      assertArrayEquals(new long[] {-1, 1, Samples.SIZE, Samples.SIZE}, input.getShape());
      assertArrayEquals(new long[] {-1, 8}, output.getShape());
    }
  }

  @Test
  void equalWeightsGiveEqualBytes() {
    assertArrayEquals(
        OnnxExporter.export(Samples.SHAPE, Samples.weights(Samples.SHAPE, 1)),
        OnnxExporter.export(Samples.SHAPE, Samples.weights(Samples.SHAPE, 1)));
  }

  @Test
  void missingWeightIsNamed() {
    Map<String, Weights.Array> weights = new LinkedHashMap<>(Samples.weights(Samples.SHAPE, 1));
    weights.remove("stem.norm.mean");
    var e = assertThrows(FerException.class, () -> OnnxExporter.export(Samples.SHAPE, weights));
    assertEquals("the weights have no array 'stem.norm.mean'", e.getMessage());
  }

  @Test
  void sizesAreCounted() {
    NetworkShape shape = TrainingRecipe.named("fer-fast").network();
    try (ResidualNetwork network = ResidualNetwork.random(shape, 0, 1)) {
      long values =
          network.parameters().values().stream()
              .mapToLong(tensor -> LibTorch.array(tensor).values().length)
              .sum();
      assertEquals(values, shape.parameters());
    }
    // By hand: 3x3 of 1 to 4 at 16x16; 4 to 6 and 6 to 6 (three times) at 8x8 with a 1x1 shortcut;
    // 6 to 8 and 8 to 8 at 4x4 with a 1x1 shortcut; 8 to 8 classes.
    long expected =
        9 * 4 * 256 + (9 * 24 + 3 * 9 * 36 + 24) * 64 + (9 * 48 + 9 * 64 + 48) * 16 + 64;
    assertEquals(expected, Samples.SHAPE.multiplyAdds());
  }
}
