package org.fer4j.training;

import java.util.Arrays;
import java.util.List;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.model.TrainingPrior;
import org.fer4j.training.evaluation.BalancedStrength;

/**
 * A classifier of facial features that was trained: how features are scaled, what was learned from
 * them, and the map to logits.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class TrainedFeatureClassifier {

  static final String INPUT = "features";
  static final String OUTPUT = "logits";

  private final ClassicalRecipe recipe;
  private final FeatureScaling scaling;
  private final FeatureLearner learner;
  private final LogisticRegression map;
  private final EmotionScores shares;

  TrainedFeatureClassifier(
      ClassicalRecipe recipe,
      FeatureScaling scaling,
      FeatureLearner learner,
      LogisticRegression map,
      EmotionScores shares) {
    this.recipe = recipe;
    this.scaling = scaling;
    this.learner = learner;
    this.map = map;
    this.shares = shares;
  }

  /** Returns in words what was fitted. */
  public String kind() {
    return recipe.learner() instanceof ClassicalRecipe.SupportVectors
        ? "Support vector machine"
        : "Random forest";
  }

  /** Computes the logits of faces, a row for each. */
  public List<float[]> logits(FeatureSet faces) {
    return Arrays.stream(learner.outputs(scaling.apply(faces.faces()))).map(map::logits).toList();
  }

  /**
   * Measures how good the classifier is.
   *
   * @throws IllegalArgumentException if there are no faces
   */
  public Measurement measure(FeatureSet faces) {
    if (faces.faces().isEmpty()) {
      throw new IllegalArgumentException("expected faces with a label, found none");
    }
    return Measurement.of(
        logits(faces).toArray(float[][]::new), ClassicalTrainer.labels(faces.faces()));
  }

  /**
   * Returns how often each expression occurred in training, and how much of that the balanced prior
   * takes away.
   *
   * @param validation faces that choose the latter
   */
  public TrainingPrior prior(FeatureSet validation) {
    float strength =
        BalancedStrength.choose(
            logits(validation).toArray(float[][]::new),
            ClassicalTrainer.labels(validation.faces()),
            1,
            shares);
    return new TrainingPrior(shares, strength);
  }

  /**
   * Returns the bytes of a .onnx file with the input "features" [batch, features], NaN where one is
   * missing, and the output "logits" [batch, 8], of core operators only; its metadata hold the
   * recipe.
   */
  public byte[] toOnnx() {
    OnnxGraph graph = new OnnxGraph("feature-classifier");
    String input = graph.input(INPUT, length());
    String outputs = learner.write(graph, scaling.write(graph, input));
    int classes = Emotion.all().size();
    float[] weights = new float[classes * learner.outputCount()];
    float[] constants = new float[classes];
    for (int k = 0; k < classes; k++) {
      constants[k] = map.constant(k);
      for (int i = 0; i < learner.outputCount(); i++) {
        weights[k * learner.outputCount() + i] = map.weight(k, i);
      }
    }
    graph.node(
        "Gemm",
        OUTPUT,
        List.of(
            outputs,
            graph.constant("mapWeights", new long[] {classes, learner.outputCount()}, weights),
            graph.constant("mapConstants", new long[] {classes}, constants)),
        List.of(OnnxGraph.integer("transB", 1)));
    graph.output(OUTPUT, classes);
    graph.describe(RunFolder.RECIPE_FACT, recipe.toJson());
    return graph.toBytes();
  }

  /** Returns how many features there are. */
  int length() {
    return scaling.length();
  }
}
