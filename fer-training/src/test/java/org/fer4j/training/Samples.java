package org.fer4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.training.augmentation.Augmentation;
import org.fer4j.training.augmentation.Geometry;
import org.fer4j.training.augmentation.Light;
import org.fer4j.training.augmentation.Occlusion;
import org.fer4j.training.augmentation.Quality;

/** Small networks, recipes and images that are learned within seconds. */
final class Samples {

  static final int SIZE = 16;

  static final NetworkShape SHAPE =
      new NetworkShape.Residual(
          SIZE, 4, List.of(new NetworkShape.Stage(6, 2), new NetworkShape.Stage(8, 1)));

  private Samples() {}

  static TrainingRecipe recipe(int epochs) {
    return recipe(SHAPE, epochs);
  }

  static TrainingRecipe recipe(NetworkShape shape) {
    return recipe(shape, 1);
  }

  private static TrainingRecipe recipe(NetworkShape shape, int epochs) {
    return new TrainingRecipe(
        shape,
        TrainingRecipe.RANDOM,
        0.1,
        127.5f,
        64,
        new Augmentation(
            new Geometry(true, 10, 0.1, 0.1, 0.1),
            new Light(0.1, 0.2, 1.1, 0, 0, 0, 0),
            new Occlusion(0.2, 0.1),
            Quality.none()),
        new Mixup(0.2, 0.2),
        0,
        Distillation.none(),
        List.of(new LearningCycle(epochs, 0.05, enlargedTo(shape), 0)),
        16,
        1,
        0.9,
        5e-4,
        0.9,
        1000,
        7);
  }

  private static int enlargedTo(NetworkShape shape) {
    return shape instanceof NetworkShape.MobileFaceNet network ? network.enlargedTo() : SIZE;
  }

  /** Returns images of which happy ones are bright above and surprised ones are bright below. */
  static CropSet crops(int count, long seed) {
    Random random = new Random(seed);
    List<Crop> crops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean above = random.nextBoolean();
      byte[] pixels = new byte[SIZE * SIZE];
      for (int p = 0; p < pixels.length; p++) {
        boolean bright = (p < pixels.length / 2) == above;
        pixels[p] = (byte) (random.nextInt(80) + (bright ? 150 : 20));
      }
      Emotion label = above ? Emotion.HAPPINESS : Emotion.SURPRISE;
      float[] distribution = new float[Layers.CLASSES];
      distribution[label.ordinal()] = 0.9f;
      distribution[Emotion.NEUTRAL.ordinal()] = 0.1f;
      crops.add(new Crop(pixels, Optional.of(label), Optional.of(EmotionScores.of(distribution))));
    }
    return new CropSet(crops, List.of());
  }

  /** Returns random weights whose batch norms are not the identity. */
  static Map<String, Weights.Array> weights(NetworkShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, Weights.Array> arrays = Network.random(shape, false, seed);
    arrays.forEach(
        (name, array) -> {
          float[] values = array.values();
          for (int i = 0; name.contains(".norm.") && i < values.length; i++) {
            values[i] = name.endsWith(".variance") ? 0.2f + random.nextFloat() : values[i];
            values[i] += name.endsWith(".variance") ? 0 : random.nextFloat() - 0.5f;
          }
        });
    return arrays;
  }
}
