package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.fer4j.FerException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final NetworkShape MOBILENET = new NetworkShape.MobileNet(48, 64);
  private static final NetworkShape MOBILEFACENET = new NetworkShape.MobileFaceNet(48, 112);
  private static final int IMAGES = 4;

  @BeforeAll
  static void load() {
    LibTorch.load();
  }

  @Test
  void placedNormsChangeNothingOnTheImagesTheyWerePlacedOn() {
    assertPlacedNormsChangeNothing(MOBILENET, "faceres");
    assertPlacedNormsChangeNothing(MOBILEFACENET, "mobilefacenet");
  }

  private static void assertPlacedNormsChangeNothing(NetworkShape shape, String backbone) {
    Map<String, Weights.Array> arrays =
        Backbone.over(Network.random(shape, false, 1), Backbone.named(backbone));
    float[] images = new float[IMAGES * 48 * 48];
    Random random = new Random(2);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    try (Network folded = Network.of(shape, 0, arrays);
        Network placed = Network.of(shape, 0, arrays)) {
      float[] expected = features(folded, images, Network.Pass.INFERENCE);
      features(placed, images, Network.Pass.PLACING_NORMS);
      assertArrayEquals(expected, features(placed, images, Network.Pass.INFERENCE), 2e-3f);
      Weights after = new Weights(placed.arrays(), Map.of());
      Weights before = new Weights(folded.arrays(), Map.of());
      assertFalse(
          Arrays.equals(
              before.array("stem.norm.mean").values(), after.array("stem.norm.mean").values()),
          "the norms were not placed");
    }
  }

  @Test
  void mobileFaceNetStartsWithEvenKernelsAndStandardFeatures() {
    Map<String, Weights.Array> arrays =
        Backbone.over(Network.random(MOBILEFACENET, false, 1), Backbone.named("mobilefacenet"));
    float[] images = new float[IMAGES * 48 * 48];
    Random random = new Random(3);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    try (Network network = Network.of(MOBILEFACENET, 0, arrays)) {
      features(network, images, Network.Pass.PLACING_NORMS);
      network.standardizeFeatures();
      Weights weights = new Weights(network.arrays(), Map.of());
      for (Layers.Convolution c : Layers.of(MOBILEFACENET).convolutions()) {
        double wanted = 2.0 * c.kernelValues() / c.fanOut();
        double largest = 0;
        float[] kernels = weights.array(c.weight()).values();
        for (int from = 0; from < kernels.length; from += c.kernelValues()) {
          double sum = 0;
          for (int i = from; i < from + c.kernelValues(); i++) {
            sum += kernels[i] * kernels[i];
          }
          largest = Math.max(largest, sum);
        }
        assertEquals(wanted, largest, 1e-3 * wanted, c.name());
      }
      float[] features = features(network, images, Network.Pass.INFERENCE);
      int channels = features.length / IMAGES;
      for (int channel = 0; channel < channels; channel++) {
        double mean = 0;
        double square = 0;
        for (int i = 0; i < IMAGES; i++) {
          double feature = features[i * channels + channel];
          mean += feature / IMAGES;
          square += feature * feature / IMAGES;
        }
        assertEquals(0, mean, 1e-3, "the mean of feature " + channel);
        double variance = weights.array("block16.whole.norm.variance").values()[channel];
        double expected = variance / (variance + Layers.BATCH_NORM_EPSILON);
        assertEquals(expected, square, 2e-3, "the variance of feature " + channel);
      }
    }
  }

  @Test
  void convolutionsSeeTheSizeThatIsAskedFor() {
    try (Network network = Network.of(MOBILENET, 0, Network.random(MOBILENET, false, 1))) {
      float[] images = new float[IMAGES * 48 * 48];
      Arrays.fill(images, 0, 48 * 24, 1);
      LibTorch.scopedWithoutGradient(
          () -> {
            Tensor input = Tensor.create(images, IMAGES, 1, 48, 48);
            Tensor own = network.features(input, Network.Pass.INFERENCE);
            Tensor same = network.trainingFeatures(input, frozenAt(64));
            Tensor larger = network.trainingFeatures(input, frozenAt(96));
            assertArrayEquals(values(own), values(same));
            assertFalse(Arrays.equals(values(own), values(larger)));
          });
    }
  }

  /** With all blocks frozen, a training pass computes what inference does. */
  private static LearningCycle frozenAt(int size) {
    return new LearningCycle(1, 0.1, size, 1000);
  }

  @Test
  void backboneFillsEverythingButTheHeads() {
    assertFilled(MOBILENET, "faceres");
    assertFilled(MOBILEFACENET, "mobilefacenet");
  }

  private static void assertFilled(NetworkShape shape, String backbone) {
    Map<String, Weights.Array> random = Network.random(shape, true, 1);
    Map<String, Weights.Array> merged = Backbone.over(random, Backbone.named(backbone));
    assertEquals(random.keySet(), merged.keySet());
    for (Map.Entry<String, Weights.Array> entry : merged.entrySet()) {
      String name = entry.getKey();
      boolean taken = !entry.getValue().equals(random.get(name));
      boolean ofNorm = name.matches(".*norm\\.(weight|mean|variance)");
      assertEquals(!ofNorm && !name.contains("head"), taken, name);
    }
  }

  /** Views of a face find each other among others: what the backbone learned is still there. */
  @Test
  void backboneKnowsATurnedFaceAgain() throws IOException {
    BufferedImage portrait =
        ImageIO.read(Path.of("../samples/astronaut.jpg").toFile()).getSubimage(164, 60, 120, 120);
    List<float[]> faces = new ArrayList<>();
    for (boolean flipped : new boolean[] {false, true}) {
      faces.add(view(portrait, flipped, 0));
      faces.add(view(portrait, flipped, Math.toRadians(8)));
    }
    faces.add(view(portrait, false, Math.PI));
    float[] images = new float[faces.size() * 48 * 48];
    for (int i = 0; i < faces.size(); i++) {
      System.arraycopy(faces.get(i), 0, images, i * 48 * 48, 48 * 48);
    }
    Map<String, Weights.Array> arrays =
        Backbone.over(Network.random(MOBILEFACENET, false, 1), Backbone.named("mobilefacenet"));
    try (Network network = Network.of(MOBILEFACENET, 0, arrays)) {
      float[] features = features(network, images, faces.size(), Network.Pass.INFERENCE);
      int length = features.length / faces.size();
      double[] likeness = new double[faces.size()];
      for (int i = 0; i < likeness.length; i++) {
        likeness[i] = cosine(features, 0, i * length, length);
      }
      for (int view = 1; view < 4; view++) {
        assertTrue(likeness[view] > 0.6, "view " + view + ": " + likeness[view]);
      }
      assertTrue(likeness[4] < 0.4, "upside down: " + likeness[4]);
    }
  }

  private static float[] view(BufferedImage face, boolean flipped, double radians) {
    BufferedImage view = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = view.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.rotate(radians, 24, 24);
    graphics.drawImage(face, flipped ? 48 : 0, 0, flipped ? -48 : 48, 48, null);
    graphics.dispose();
    float[] pixels = new float[48 * 48];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (view.getRaster().getSample(i % 48, i / 48, 0) - 127.5f) / 64;
    }
    return pixels;
  }

  private static double cosine(float[] values, int one, int other, int length) {
    double product = 0;
    double square = 0;
    double otherSquare = 0;
    for (int i = 0; i < length; i++) {
      product += values[one + i] * values[other + i];
      square += values[one + i] * values[one + i];
      otherSquare += values[other + i] * values[other + i];
    }
    return product / Math.sqrt(square * otherSquare);
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    Weights other = new Weights(Network.random(Samples.SHAPE, false, 1), Map.of());
    Map<String, Weights.Array> random = Network.random(MOBILENET, false, 1);
    random.remove(Layers.HEAD_BIAS);
    var e = assertThrows(FerException.class, () -> Backbone.over(random, other));
    assertTrue(String.valueOf(e.getMessage()).contains("not one array"));
  }

  @Test
  void unknownBackboneIsTheCallersMistake() {
    var e = assertThrows(IllegalArgumentException.class, () -> Backbone.named("resnet"));
    assertTrue(String.valueOf(e.getMessage()).contains("'resnet'"));
  }

  private static float[] features(Network network, float[] images, Network.Pass pass) {
    return features(network, images, IMAGES, pass);
  }

  private static float[] features(Network network, float[] images, int count, Network.Pass pass) {
    float[][] features = new float[1][];
    LibTorch.scopedWithoutGradient(
        () ->
            features[0] = values(network.features(Tensor.create(images, count, 1, 48, 48), pass)));
    return features[0];
  }

  private static float[] values(Tensor tensor) {
    return LibTorch.array(tensor).values();
  }
}
