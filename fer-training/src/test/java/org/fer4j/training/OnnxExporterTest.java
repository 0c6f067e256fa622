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
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExporterTest {

  private static final float TOLERANCE = 1e-4f;
  private static final NetworkShape FACE = new NetworkShape.MobileFaceNet(16, 112);

  @ParameterizedTest(name = "batch of {0}")
  @ValueSource(ints = {1, 3, 8})
  void onnxRuntimeAgreesWithLibTorch(int batch) throws OrtException {
    NetworkShape shape = TrainingRecipe.named("fer-fast").network();
    assertSame(shape, batch);
    assertSame(Samples.SHAPE, batch);
    assertSame(new NetworkShape.MobileNet(16, 40), batch);
    assertSame(FACE, faceWeights(), batch);
  }

  /** Trained ones: so deep a network of random weights gives logits that are huge. */
  private static Map<String, Weights.Array> faceWeights() {
    return Backbone.over(Network.random(FACE, false, 3), Backbone.named("mobilefacenet"));
  }

  private static void assertSame(NetworkShape shape, int batch) throws OrtException {
    assertSame(shape, Samples.weights(shape, batch), batch);
  }

  private static void assertSame(NetworkShape shape, Map<String, Weights.Array> weights, int batch)
      throws OrtException {
    int size = shape.inputSize();
    float[] images = new float[batch * size * size];
    Random random = new Random(9);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    float[] expected;
    try (Network network = Network.of(shape, 0, weights)) {
      expected = Measurement.forward(network, images, batch, size);
    }
    float[] found = run(OnnxExporter.export(Samples.recipe(shape), weights), images, batch, size);
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
  void halvedNetworkIsHalfAsLargeAndAgreesWithLibTorchAsWell() throws OrtException {
    NetworkShape shape = new NetworkShape.MobileNet(16, 40);
    TrainingRecipe recipe = Samples.recipe(shape);
    TrainedNetwork whole = TrainedNetwork.of(recipe, Samples.weights(shape, 5));
    TrainedNetwork half = whole.halved();
    assertEquals(0.5, (double) half.toOnnx().length / whole.toOnnx().length, 0.02);
    List<Crop> crops = Samples.crops(4, 3).crops();
    float[] pixels = new float[4 * 256];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = crops.get(i / 256).pixels()[i % 256] & 0xff;
    }
    Normalization.apply(recipe, pixels);
    float[] found = run(half.toOnnx(), pixels, 4, 16);
    for (int i = 0; i < 4; i++) {
      float[] expected = half.logits(crops).get(i);
      assertArrayEquals(
          expected, Arrays.copyOfRange(found, i * 8, i * 8 + 8), TOLERANCE, "image " + i);
      assertArrayEquals(whole.logits(crops).get(i), expected, 0.05f);
    }
  }

  @Test
  void exportedNetworkIsReadBack(@TempDir Path folder) throws IOException {
    NetworkShape mobile = new NetworkShape.MobileNet(16, 40);
    assertReadBack(mobile, Samples.weights(mobile, 5), folder);
    assertReadBack(FACE, faceWeights(), folder);
  }

  private static void assertReadBack(
      NetworkShape shape, Map<String, Weights.Array> weights, Path folder) throws IOException {
    TrainedNetwork whole = TrainedNetwork.of(Samples.recipe(shape), weights);
    for (TrainedNetwork network : List.of(whole, whole.halved())) {
      Files.write(folder.resolve("model.onnx"), network.toOnnx());
      TrainedNetwork read = TrainedNetwork.read(folder);
      assertEquals(network.recipe(), read.recipe());
      List<Crop> crops = Samples.crops(4, 3).crops();
      for (int i = 0; i < crops.size(); i++) {
        assertArrayEquals(network.logits(crops).get(i), read.logits(crops).get(i), TOLERANCE);
      }
    }
  }

  @Test
  void inputAndOutputAreNamedAndTheBatchIsFree() throws OrtException {
    byte[] onnx = OnnxExporter.export(Samples.recipe(1), Samples.weights(Samples.SHAPE, 1));
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
        OnnxExporter.export(Samples.recipe(1), Samples.weights(Samples.SHAPE, 1)),
        OnnxExporter.export(Samples.recipe(1), Samples.weights(Samples.SHAPE, 1)));
  }

  @Test
  void missingWeightIsNamed() {
    Map<String, Weights.Array> weights = new LinkedHashMap<>(Samples.weights(Samples.SHAPE, 1));
    weights.remove("stem.norm.mean");
    var e = assertThrows(FerException.class, () -> OnnxExporter.export(Samples.recipe(1), weights));
    assertEquals("the weights have no array 'stem.norm.mean'", e.getMessage());
  }

  private static long trained(NetworkShape shape) {
    return Network.random(shape, false, 1).entrySet().stream()
        .filter(e -> !e.getKey().endsWith(".mean") && !e.getKey().endsWith(".variance"))
        .mapToLong(e -> e.getValue().values().length)
        .sum();
  }

  @Test
  void sizesAreCounted() {
    NetworkShape shape = TrainingRecipe.named("fer-fast").network();
    assertEquals(trained(shape), shape.parameters());
    NetworkShape mobile = new NetworkShape.MobileNet(48, 224);
    assertEquals(trained(mobile), mobile.parameters());
    // Howard et al., 2017, table 4: 569 million for three colours and 1000 classes; here one and 8.
    long colours = 2L * 9 * 32 * 112 * 112;
    assertEquals(569, Math.round((mobile.multiplyAdds() + colours + 992 * 1024) / 1e6));
    NetworkShape face = new NetworkShape.MobileFaceNet(48, 112);
    assertEquals(trained(face), face.parameters());
    // Chen et al., 2018, say 221 million; the pretrained network has one more 1x1 convolution of 64
    // to 64 at 56x56, 12.8 million, and no layers for an embedding here, and one colour.
    assertEquals(230, Math.round(face.multiplyAdds() / 1e6));
    // By hand: 3x3 of 1 to 4 at 16x16; 4 to 6 and 6 to 6 (three times) at 8x8 with a 1x1 shortcut;
    // 6 to 8 and 8 to 8 at 4x4 with a 1x1 shortcut; 8 to 8 classes.
    long expected =
        9 * 4 * 256 + (9 * 24 + 3 * 9 * 36 + 24) * 64 + (9 * 48 + 9 * 64 + 48) * 16 + 64;
    assertEquals(expected, Samples.SHAPE.multiplyAdds());
  }
}
