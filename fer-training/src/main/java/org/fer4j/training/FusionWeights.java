package org.fer4j.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fer4j.Emotion;
import org.fer4j.training.evaluation.TemperatureScaling;

/**
 * The rules of a fusion: linear maps from the logarithms of all branches' scores to logits.
 *
 * <ul>
 *   <li>"average": the mean of the logarithms;
 *   <li>"weighted": their weighted mean, with a weight for each branch;
 *   <li>"stacked": logistic regression on all of them.
 * </ul>
 *
 * The first two are divided by a temperature. All are fitted on faces that the branches should not
 * have learned from.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class FusionWeights {

  /** The rules' names, which are those of the network's outputs. */
  public static final List<String> RULES = List.of("average", "weighted", "stacked");

  /** The name of the network's input. */
  public static final String INPUT = "scores";

  private static final int CLASSES = Emotion.all().size();
  private static final int STEPS = 20;

  /** Keeps every weight above 0, as a branch that stands in for others needs one. */
  private static final float LEAST_WEIGHT = 0.01f;

  private final List<Float> branchWeights;

  /** For each rule a matrix [classes x inputs], row by row, and constants. */
  private final Map<String, Map.Entry<float[], float[]>> maps = new LinkedHashMap<>();

  private FusionWeights(List<Float> branchWeights) {
    this.branchWeights = branchWeights;
  }

  /** Returns rules that all take the mean, to begin with. */
  public static FusionWeights equal(int branches) {
    FusionWeights weights = new FusionWeights(Collections.nCopies(branches, 1f / branches));
    RULES.forEach(rule -> weights.addMean(rule, weights.branchWeights, 1));
    return weights;
  }

  /**
   * Fits all rules.
   *
   * @param rows the logarithms of the scores of all branches, one branch after the other
   * @param labels the true expressions
   * @param decay weight decay of the stacked rule
   */
  public static FusionWeights fit(List<float[]> rows, List<Emotion> labels, double decay) {
    float[][] inputs = rows.toArray(float[][]::new);
    int[] classes = labels.stream().mapToInt(Emotion::ordinal).toArray();
    int branches = inputs[0].length / CLASSES;
    List<Float> even = Collections.nCopies(branches, 1f / branches);
    List<Float> best = even;
    double bestLoss = Double.POSITIVE_INFINITY;
    for (List<Float> candidate : candidates(branches, STEPS)) {
      float[][] means = means(inputs, candidate);
      double loss = TemperatureScaling.loss(means, classes, TemperatureScaling.fit(means, classes));
      if (loss < bestLoss) {
        bestLoss = loss;
        best = candidate;
      }
    }
    FusionWeights fitted = new FusionWeights(best);
    fitted.addMean("average", even, TemperatureScaling.fit(means(inputs, even), classes));
    fitted.addMean("weighted", best, TemperatureScaling.fit(means(inputs, best), classes));
    LogisticRegression stacked = LogisticRegression.fit(inputs, classes, decay);
    float[] matrix = new float[CLASSES * inputs[0].length];
    float[] constants = new float[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      constants[k] = stacked.constant(k);
      for (int i = 0; i < inputs[0].length; i++) {
        matrix[k * inputs[0].length + i] = stacked.weight(k, i);
      }
    }
    fitted.maps.put("stacked", Map.entry(matrix, constants));
    return fitted;
  }

  /** All weights in steps that sum to 1. */
  private static List<List<Float>> candidates(int branches, int steps) {
    List<List<Float>> all = new ArrayList<>();
    if (branches == 1) {
      all.add(List.of(Math.max(LEAST_WEIGHT, (float) steps / STEPS)));
      return all;
    }
    for (int first = 0; first <= steps; first++) {
      for (List<Float> rest : candidates(branches - 1, steps - first)) {
        List<Float> candidate = new ArrayList<>();
        candidate.add(Math.max(LEAST_WEIGHT, (float) first / STEPS));
        candidate.addAll(rest);
        all.add(candidate);
      }
    }
    return all;
  }

  private static float[][] means(float[][] inputs, List<Float> weights) {
    return Arrays.stream(inputs)
        .map(
            row -> {
              float[] mean = new float[CLASSES];
              for (int i = 0; i < row.length; i++) {
                mean[i % CLASSES] += weights.get(i / CLASSES) * row[i];
              }
              return mean;
            })
        .toArray(float[][]::new);
  }

  private void addMean(String rule, List<Float> weights, double temperature) {
    int inputs = CLASSES * weights.size();
    float[] matrix = new float[CLASSES * inputs];
    for (int k = 0; k < CLASSES; k++) {
      for (int b = 0; b < weights.size(); b++) {
        matrix[k * inputs + b * CLASSES + k] = (float) (weights.get(b) / temperature);
      }
    }
    maps.put(rule, Map.entry(matrix, new float[CLASSES]));
  }

  /** Returns the logits that a rule gives for the logarithms of all branches' scores. */
  public float[] logits(String rule, float[] row) {
    Map.Entry<float[], float[]> map = Objects.requireNonNull(maps.get(rule), rule);
    float[] logits = map.getValue().clone();
    for (int k = 0; k < CLASSES; k++) {
      for (int i = 0; i < row.length; i++) {
        logits[k] += map.getKey()[k * row.length + i] * row[i];
      }
    }
    return logits;
  }

  /** Returns how much each branch counts in the weighted rule. */
  public List<Float> branchWeights() {
    return branchWeights;
  }

  /**
   * Returns the bytes of a .onnx file with the input "scores" [batch, 8 x branches] and an output
   * [batch, 8] for each of the {@link #RULES}.
   */
  public byte[] toOnnx() {
    OnnxGraph graph = new OnnxGraph("fusion");
    long inputs = (long) CLASSES * branchWeights.size();
    String input = graph.input(INPUT, inputs);
    maps.forEach(
        (rule, map) -> {
          String matrix =
              graph.constant(rule + ".weights", new long[] {CLASSES, inputs}, map.getKey());
          String constants =
              graph.constant(rule + ".constants", new long[] {CLASSES}, map.getValue());
          graph.node(
              "Gemm",
              rule,
              List.of(input, matrix, constants),
              List.of(OnnxGraph.integer("transB", 1)));
          graph.output(rule, CLASSES);
        });
    return graph.toBytes();
  }
}
