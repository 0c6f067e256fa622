package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.fer4j.FerException;
import org.fer4j.training.FeatureSet.LabeledFeatures;
import org.fer4j.training.evaluation.TemperatureScaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicalTrainerTest {

  private static final int FEATURES = 40;
  private static final int FACES = 300;

  private static final ClassicalRecipe SVM =
      recipe(new ClassicalRecipe.SupportVectors(10, List.of(0.1, 1.0), List.of(1.0)));
  private static final ClassicalRecipe FOREST =
      recipe(new ClassicalRecipe.Forest(15, List.of(2, 6), 3, 10));

  private static ClassicalRecipe recipe(ClassicalRecipe.Learner learner) {
    return new ClassicalRecipe(learner, ClassicalRecipe.Features.ALL, 0.3, 1000, 90, 3, 1e-3, 5);
  }

  private static ClassicalRecipe named(String learner) {
    return learner.equals("svm") ? SVM : FOREST;
  }

  /**
   * Three expressions, told by the distance from the middle in two features and by a third: not by
   * a plane. Every tenth number is missing.
   */
  private static FeatureSet faces(long seed) {
    Random random = new Random(seed);
    List<LabeledFeatures> faces = new ArrayList<>();
    for (int n = 0; n < FACES; n++) {
      float[] values = new float[FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        values[i] = (float) random.nextGaussian() * (i < 3 ? 10 : 1);
      }
      double radius = Math.hypot(values[0], values[1]);
      Emotion label =
          radius < 10 ? Emotion.NEUTRAL : values[2] > 0 ? Emotion.HAPPINESS : Emotion.SURPRISE;
      for (int i = 3; i < FEATURES; i++) {
        values[i] = random.nextInt(10) == 0 ? Float.NaN : values[i];
      }
      // Principal components and candidates of splits should find the three.
      for (int i = 3; i < 12; i++) {
        values[i] = values[i % 3] + (float) random.nextGaussian();
      }
      faces.add(new LabeledFeatures(values, label));
    }
    return new FeatureSet(faces, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"svm", "forest"})
  void learnsWhatNoPlaneTellsApart(String learner) {
    List<String> told = new ArrayList<>();
    TrainedFeatureClassifier classifier =
        new ClassicalTrainer(named(learner), told::add).train(faces(1));
    Measurement measurement = classifier.measure(faces(2));
    assertTrue(measurement.accuracy() > 0.8, "accuracy " + measurement.accuracy());
    // A row for each choice that was tried, one for the fit, one for the calibration.
    assertEquals(4, told.size(), told.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"svm", "forest"})
  void givesTheSameForTheSameFaces(String learner) {
    ClassicalTrainer trainer = new ClassicalTrainer(named(learner), told -> {});
    assertArrayEquals(trainer.train(faces(1)).toOnnx(), trainer.train(faces(1)).toOnnx());
  }

  @ParameterizedTest
  @ValueSource(strings = {"svm", "forest"})
  void onnxRuntimeAgrees(String learner) throws OrtException {
    TrainedFeatureClassifier classifier =
        new ClassicalTrainer(named(learner), told -> {}).train(faces(1));
    FeatureSet others = faces(3);
    float[] inputs = new float[FACES * FEATURES];
    for (int n = 0; n < FACES; n++) {
      System.arraycopy(others.faces().get(n).values(), 0, inputs, n * FEATURES, FEATURES);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(classifier.toOnnx());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(inputs), new long[] {FACES, FEATURES});
        OrtSession.Result result = session.run(Map.of(TrainedFeatureClassifier.INPUT, input))) {
      float[][] found = (float[][]) result.get(0).getValue();
      List<float[]> expected = classifier.logits(others);
      for (int n = 0; n < FACES; n++) {
        assertArrayEquals(expected.get(n), found[n], 2e-3f, "face " + n);
      }
    }
  }

  @Test
  void holdsOutTheSameShareOfEachExpression() {
    FeatureSet all = faces(1);
    boolean[] heldOut =
        ClassicalTrainer.heldOut(SVM, all.faces().stream().map(LabeledFeatures::label).toList());
    int[] totals = new int[Emotion.all().size()];
    int[] counts = new int[Emotion.all().size()];
    for (int i = 0; i < heldOut.length; i++) {
      int label = all.faces().get(i).label().ordinal();
      totals[label]++;
      counts[label] += heldOut[i] ? 1 : 0;
    }
    for (int k = 0; k < totals.length; k++) {
      assertEquals(Math.round(0.3 * totals[k]), counts[k]);
    }
    ClassicalTrainer.Parts parts = ClassicalTrainer.Parts.of(SVM, all.faces());
    assertEquals(FACES, parts.seen().size() + parts.heldOut().size());
    assertTrue(parts.heldOut().stream().noneMatch(parts.seen()::contains));
  }

  @Test
  void refusesASingleExpression() {
    FeatureSet one =
        new FeatureSet(
            faces(1).faces().stream().filter(f -> f.label() == Emotion.NEUTRAL).toList(),
            List.of());
    assertThrows(
        IllegalArgumentException.class, () -> new ClassicalTrainer(SVM, told -> {}).train(one));
  }

  @Test
  void readsItsRecipes() {
    for (String name : List.of("fer-svm", "fer-forest", "geometry-svm")) {
      ClassicalRecipe recipe = ClassicalRecipe.named(name);
      assertEquals(recipe, ClassicalRecipe.parse(recipe.toJson()));
    }
    assertThrows(IllegalArgumentException.class, () -> ClassicalRecipe.named("fer-fast"));
    assertThrows(FerException.class, () -> ClassicalRecipe.parse("{}"));
  }

  @Test
  void logisticRegressionFindsWhatMadeTheLabels() {
    Random random = new Random(4);
    float[][] rows = new float[4000][2];
    int[] labels = new int[rows.length];
    for (int n = 0; n < rows.length; n++) {
      rows[n][0] = (float) random.nextGaussian();
      rows[n][1] = (float) random.nextGaussian();
      double odds = Math.exp(1 + 2 * rows[n][0] - rows[n][1]);
      labels[n] = random.nextDouble() < odds / (1 + odds) ? 1 : 0;
    }
    LogisticRegression fitted = LogisticRegression.fit(rows, labels, 1e-6);
    assertEquals(1, fitted.constant(1) - fitted.constant(0), 0.2);
    assertEquals(2, fitted.weight(1, 0) - fitted.weight(0, 0), 0.2);
    assertEquals(-1, fitted.weight(1, 1) - fitted.weight(0, 1), 0.2);
    float[][] logits = new float[rows.length][];
    for (int n = 0; n < rows.length; n++) {
      logits[n] = fitted.logits(rows[n]);
    }
    // At the minimum, no temperature makes the loss smaller.
    assertEquals(1, TemperatureScaling.fit(logits, labels), 0.01);
  }
}
