package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.junit.jupiter.api.Test;

class FusionWeightsTest {

  private static final int CLASSES = Emotion.all().size();

  private final List<float[]> rows = new ArrayList<>();
  private final List<Emotion> labels = new ArrayList<>();

  /** Two branches: one that is often right, and one that guesses. */
  FusionWeightsTest() {
    Random random = new Random(3);
    for (int n = 0; n < 2000; n++) {
      int label = random.nextInt(CLASSES);
      float[] logits = new float[2 * CLASSES];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextGaussian();
      }
      logits[label] += 2;
      float[] row = new float[2 * CLASSES];
      for (int b = 0; b < 2; b++) {
        float[] branch = new float[CLASSES];
        System.arraycopy(logits, b * CLASSES, branch, 0, CLASSES);
        float[] scores = EmotionScores.ofLogits(branch).toArray();
        for (int k = 0; k < CLASSES; k++) {
          row[b * CLASSES + k] = (float) Math.log(scores[k]);
        }
      }
      rows.add(row);
      labels.add(Emotion.all().get(label));
    }
  }

  private double accuracy(FusionWeights weights, String rule) {
    int right = 0;
    for (int n = 0; n < rows.size(); n++) {
      EmotionScores scores = EmotionScores.ofLogits(weights.logits(rule, rows.get(n)));
      right += scores.top() == labels.get(n) ? 1 : 0;
    }
    return (double) right / rows.size();
  }

  @Test
  void trustsTheBranchThatIsRight() {
    FusionWeights fitted = FusionWeights.fit(rows, labels, 1e-3);
    assertTrue(fitted.branchWeights().get(0) > 0.8, fitted.branchWeights().toString());
    assertTrue(fitted.branchWeights().get(1) > 0, fitted.branchWeights().toString());
    double average = accuracy(fitted, "average");
    assertTrue(accuracy(fitted, "weighted") > average + 0.05);
    assertTrue(accuracy(fitted, "stacked") > average + 0.05);
  }

  @Test
  void onnxRuntimeAgrees() throws OrtException {
    FusionWeights fitted = FusionWeights.fit(rows, labels, 1e-3);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(fitted.toOnnx());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(rows.get(7)), new long[] {1, 2L * CLASSES});
        OrtSession.Result result = session.run(Map.of(FusionWeights.INPUT, input))) {
      for (String rule : FusionWeights.RULES) {
        float[][] found = (float[][]) result.get(rule).orElseThrow().getValue();
        assertArrayEquals(fitted.logits(rule, rows.get(7)), found[0], 1e-4f);
      }
    }
  }

  @Test
  void beginsWithTheMean() {
    FusionWeights equal = FusionWeights.equal(2);
    float[] logits = equal.logits("stacked", rows.get(0));
    for (int k = 0; k < CLASSES; k++) {
      assertEquals((rows.get(0)[k] + rows.get(0)[CLASSES + k]) / 2, logits[k], 1e-6);
    }
  }
}
