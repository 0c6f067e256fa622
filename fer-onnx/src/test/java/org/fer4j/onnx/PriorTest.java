package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fer4j.ClassifierOptions;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.Prior;
import org.fer4j.model.Model;
import org.fer4j.model.TrainingPrior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another prior changes the scores of a network as Bayes' rule says. */
class PriorTest {

  private static final TrainingPrior TRAINING =
      Model.ofResource(OnnxBackend.class, "models/fer-fast")
          .manifest()
          .requireClassifier()
          .prior()
          .orElseThrow();

  private static EmotionScores scores(Prior prior) {
    byte[] pixels = new byte[48 * 48];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (128 + 90 * Math.sin(i % 48 / 5.0) * Math.cos(i / 48.0 / 7));
    }
    FaceCrop crop = FaceCrop.whole(Frame.of(pixels, PixelFormat.GRAY8, 48, 48));
    try (EmotionClassifier classifier =
        new OnnxBackend()
            .openClassifier("fer-fast", ClassifierOptions.defaults().withPrior(prior))) {
      return classifier.classify(List.of(crop)).get(0);
    }
  }

  private static void assertScaled(Prior prior, float[] factors) {
    float[] expected = scores(Prior.natural()).toArray();
    float sum = 0;
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= factors[i];
      sum += expected[i];
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= sum;
    }
    assertArrayEquals(expected, scores(prior).toArray(), 1e-5f);
  }

  @Test
  void balancedDividesByAPowerOfTheTrainingsPrior() {
    float[] factors = new float[8];
    for (Emotion emotion : Emotion.all()) {
      factors[emotion.ordinal()] =
          (float) Math.pow(TRAINING.shares().of(emotion), -TRAINING.balancedStrength());
    }
    assertScaled(Prior.balanced(), factors);
  }

  @Test
  void ownPriorIsTradedForTheTrainings() {
    EmotionScores own = EmotionScores.of(0.02f, 0.08f, 0, 0.3f, 0.3f, 0.1f, 0.1f, 0.1f);
    float[] factors = new float[8];
    for (Emotion emotion : Emotion.all()) {
      factors[emotion.ordinal()] = own.of(emotion) / TRAINING.shares().of(emotion);
    }
    assertScaled(Prior.of(own), factors);
  }

  @Test
  void modelThatDoesNotTellItsPriorIsRefused(@TempDir Path folder) throws IOException {
    Path tiny = TinyClassifier.write(folder, TinyClassifier.network(-1));
    ClassifierOptions options = ClassifierOptions.defaults().withPrior(Prior.balanced());
    OnnxBackend backend = new OnnxBackend();
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> backend.openClassifier(tiny.toString(), options))
                .getMessage());
    assertTrue(message.startsWith("expected 'classifier.prior'"), message);
    assertTrue(message.contains("found nothing in model.json of '" + tiny + "'"), message);
  }
}
