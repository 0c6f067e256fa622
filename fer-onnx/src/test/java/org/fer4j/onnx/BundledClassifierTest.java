package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.fer4j.ClassifierOptions;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.contract.EmotionClassifierContract;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A bundled network is what its manifest says, and keeps the contract. */
abstract class BundledClassifierTest extends EmotionClassifierContract {

  private final String name;

  BundledClassifierTest(String name) {
    this.name = name;
  }

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier(name, options);
  }

  /** The logits of the golden vectors are LibTorch's, recorded when the network was exported. */
  @Test
  void scoresAreThoseOfTheTrainedNetwork() {
    ModelManifest manifest = Model.ofResource(OnnxBackend.class, "models/" + name).manifest();
    Map<String, Object> golden = Golden.document(name + ".json");
    assertEquals(manifest.sha256(), golden.get("sha256"), "golden vectors of another network");
    int size = (int) Golden.number(golden.get("width"));
    float tolerance = (float) Golden.number(golden.get("tolerance"));
    try (EmotionClassifier classifier = open(ClassifierOptions.defaults())) {
      for (Object element : Golden.list(golden.get("cases"))) {
        Map<String, Object> vector = Golden.object(element);
        byte[] pixels = Base64.getDecoder().decode((String) vector.get("pixels"));
        Frame frame = Frame.of(pixels, PixelFormat.GRAY8, size, size);
        EmotionScores found = classifier.classify(List.of(FaceCrop.whole(frame))).get(0);
        EmotionScores expected =
            EmotionScores.ofLogits(
                logits(vector.get("logits"), manifest.requireClassifier().temperature()));
        for (Emotion emotion : Emotion.all()) {
          assertEquals(expected.of(emotion), found.of(emotion), tolerance, vector.get("name") + "");
        }
      }
    }
  }

  private static float[] logits(@Nullable Object recorded, float temperature) {
    List<?> values = Golden.list(recorded);
    float[] logits = new float[values.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Golden.number(values.get(i)) / temperature;
    }
    return logits;
  }
}
