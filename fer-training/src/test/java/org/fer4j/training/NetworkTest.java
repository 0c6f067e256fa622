package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.fer4j.FerException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final NetworkShape MOBILENET = new NetworkShape.MobileNet(48, 64);
  private static final int IMAGES = 4;

  @BeforeAll
  static void load() {
    LibTorch.load();
  }

  @Test
  void placedNormsChangeNothingOnTheImagesTheyWerePlacedOn() {
    Map<String, Weights.Array> arrays =
        Backbone.over(Network.random(MOBILENET, false, 1), Backbone.named("faceres"));
    float[] images = new float[IMAGES * 48 * 48];
    Random random = new Random(2);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    try (Network folded = Network.of(MOBILENET, 0, arrays);
        Network placed = Network.of(MOBILENET, 0, arrays)) {
      float[] expected = features(folded, images, Network.Pass.INFERENCE);
      features(placed, images, Network.Pass.PLACING_NORMS);
      assertArrayEquals(expected, features(placed, images, Network.Pass.INFERENCE), 2e-3f);
      Weights after = new Weights(placed.arrays(), Map.of());
      assertFalse(
          Arrays.equals(new float[32], after.array("stem.norm.mean").values()),
          "the norms were not placed");
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
  void backboneFillsEverythingButTheHead() {
    Map<String, Weights.Array> random = Network.random(MOBILENET, true, 1);
    Map<String, Weights.Array> merged = Backbone.over(random, Backbone.named("faceres"));
    assertEquals(random.keySet(), merged.keySet());
    for (Map.Entry<String, Weights.Array> entry : merged.entrySet()) {
      String name = entry.getKey();
      boolean taken = !entry.getValue().equals(random.get(name));
      boolean expected =
          name.endsWith("norm.bias") || (name.endsWith("e.weight") || name.equals("stem.weight"));
      assertEquals(expected, taken, name);
    }
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
    float[] features = new float[IMAGES * 1024];
    LibTorch.scopedWithoutGradient(
        () ->
            network
                .features(Tensor.create(images, IMAGES, 1, 48, 48), pass)
                .data_ptr_float()
                .get(features));
    return features;
  }

  private static float[] values(Tensor tensor) {
    return LibTorch.array(tensor).values();
  }
}
