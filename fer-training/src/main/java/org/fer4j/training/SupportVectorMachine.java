package org.fer4j.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_ml;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.TermCriteria;
import org.bytedeco.opencv.opencv_ml.SVM;
import org.fer4j.Emotion;

/**
 * A support vector machine with radial basis functions, one class against one, fitted by OpenCV.
 * Its outputs are the decision values of all pairs of classes.
 *
 * <p>The squared distance of a face x and a vector s is |x|^2 + |s|^2 - 2 x s, so that two matrix
 * products and an exponential compute all. Vectors and their weights are rounded to 16 bits, as
 * they are stored.
 */
final class SupportVectorMachine implements FeatureLearner {

  private static final int MOST_ITERATIONS = 1_000_000;
  private static final double TOLERANCE = 1e-2;

  private final PrincipalComponents components;
  private final double gamma;
  private final int vectors;

  /** For each component its values in all vectors. */
  private final float[] values;

  private final float[] squaredLengths;

  /** The classes of each pair. */
  private final List<int[]> pairs;

  /** For each vector its weights in all pairs. */
  private final float[] weights;

  private final float[] constants;

  private SupportVectorMachine(
      PrincipalComponents components,
      double gamma,
      int vectors,
      float[] values,
      float[] squaredLengths,
      List<int[]> pairs,
      float[] weights,
      float[] constants) {
    this.components = components;
    this.gamma = gamma;
    this.vectors = vectors;
    this.values = values;
    this.squaredLengths = squaredLengths;
    this.pairs = pairs;
    this.weights = weights;
    this.constants = constants;
  }

  /**
   * Fits a machine.
   *
   * @param projected faces as the components see them
   * @param labels at least two different ones
   * @param relativeGamma as {@link ClassicalRecipe.SupportVectors#gammas()}
   */
  @SuppressWarnings("try") // The scope works by being open.
  static SupportVectorMachine fit(
      PrincipalComponents components,
      float[][] projected,
      int[] labels,
      double relativeGamma,
      double cost) {
    double squares = 0;
    for (float[] row : projected) {
      squares += Matrices.squaredLength(row) / projected.length;
    }
    double gamma = relativeGamma / squares;
    try (PointerScope scope = new PointerScope()) {
      SVM svm = SVM.create();
      svm.setType(SVM.C_SVC);
      svm.setKernel(SVM.RBF);
      svm.setGamma(gamma);
      svm.setC(cost);
      svm.setTermCriteria(
          new TermCriteria(TermCriteria.MAX_ITER + TermCriteria.EPS, MOST_ITERATIONS, TOLERANCE));
      svm.train(OpenCvMats.of(projected), opencv_ml.ROW_SAMPLE, OpenCvMats.of(labels));
      return read(svm, components, gamma, pairs(labels));
    }
  }

  private static List<int[]> pairs(int[] labels) {
    boolean[] occurs = new boolean[Emotion.all().size()];
    for (int label : labels) {
      occurs[label] = true;
    }
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < occurs.length; i++) {
      for (int k = i + 1; k < occurs.length; k++) {
        if (occurs[i] && occurs[k]) {
          pairs.add(new int[] {i, k});
        }
      }
    }
    return pairs;
  }

  private static SupportVectorMachine read(
      SVM svm, PrincipalComponents components, double gamma, List<int[]> pairs) {
    Mat matrix = svm.getSupportVectors();
    int count = matrix.rows();
    int length = matrix.cols();
    float[] rows = new float[count * length];
    new FloatPointer(matrix.data()).get(rows);
    float[] values = new float[rows.length];
    float[] squaredLengths = new float[count];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < length; i++) {
        float value = HalfFloats.rounded(rows[n * length + i]);
        values[i * count + n] = value;
        squaredLengths[n] += value * value;
      }
    }
    float[] weights = new float[count * pairs.size()];
    float[] constants = new float[pairs.size()];
    for (int pair = 0; pair < pairs.size(); pair++) {
      Mat alpha = new Mat();
      Mat index = new Mat();
      constants[pair] = (float) -svm.getDecisionFunction(pair, alpha, index);
      int used = (int) alpha.total();
      double[] alphas = new double[used];
      int[] indices = new int[used];
      new DoublePointer(alpha.data()).get(alphas);
      new IntPointer(index.data()).get(indices);
      for (int n = 0; n < used; n++) {
        weights[indices[n] * pairs.size() + pair] = HalfFloats.rounded((float) alphas[n]);
      }
    }
    return new SupportVectorMachine(
        components, gamma, count, values, squaredLengths, pairs, weights, constants);
  }

  @Override
  public float[][] outputs(float[][] scaled) {
    return decisions(components.apply(scaled));
  }

  /** Computes the decision values of faces as the components see them. */
  float[][] decisions(float[][] projected) {
    float[][] outputs = new float[projected.length][];
    float[] kernel = new float[vectors];
    for (int n = 0; n < projected.length; n++) {
      Arrays.fill(kernel, 0);
      Matrices.addProduct(projected[n], values, kernel);
      float squaredLength = Matrices.squaredLength(projected[n]);
      for (int i = 0; i < vectors; i++) {
        float distance = squaredLength + squaredLengths[i] - 2 * kernel[i];
        kernel[i] = (float) Math.exp(-gamma * distance);
      }
      outputs[n] = constants.clone();
      Matrices.addProduct(kernel, weights, outputs[n]);
    }
    return outputs;
  }

  @Override
  public int vote(float[] outputs) {
    int[] votes = new int[Emotion.all().size()];
    int best = 0;
    for (int pair = 0; pair < outputs.length; pair++) {
      votes[pairs.get(pair)[outputs[pair] > 0 ? 0 : 1]]++;
    }
    for (int label = 1; label < votes.length; label++) {
      best = votes[label] > votes[best] ? label : best;
    }
    return best;
  }

  @Override
  public int outputCount() {
    return constants.length;
  }

  /** Returns what tells the classes of faces as the components see them. */
  ClassicalTrainer.Voter voter() {
    return projected -> ClassicalTrainer.votes(this, decisions(projected));
  }

  /** Returns how many support vectors there are. */
  int vectors() {
    return vectors;
  }

  @Override
  public String write(OnnxGraph graph, String scaled) {
    String x = components.write(graph, scaled);
    String squares =
        graph.node(
            "ReduceSumSquare",
            "square",
            List.of(x),
            List.of(OnnxGraph.integers("axes", 1), OnnxGraph.integer("keepdims", 1)));
    String vectorSquares = graph.constant("vectorSquares", new long[] {1, vectors}, squaredLengths);
    String bothSquares = graph.node("Add", "squares", List.of(squares, vectorSquares), List.of());
    String matrix = graph.halfConstant("vectors", new long[] {components.count(), vectors}, values);
    String product = graph.node("MatMul", "products", List.of(x, matrix), List.of());
    String twice =
        graph.node(
            "Mul", "twice", List.of(product, graph.constant("two", new long[0], 2)), List.of());
    String distance = graph.node("Sub", "distances", List.of(bothSquares, twice), List.of());
    String exponent =
        graph.node(
            "Mul",
            "exponents",
            List.of(distance, graph.constant("minusGamma", new long[0], (float) -gamma)),
            List.of());
    String kernel = graph.node("Exp", "kernel", List.of(exponent), List.of());
    String alphas =
        graph.halfConstant("vectorWeights", new long[] {vectors, constants.length}, weights);
    String sums = graph.node("MatMul", "sums", List.of(kernel, alphas), List.of());
    return graph.node(
        "Add",
        "decisions",
        List.of(sums, graph.constant("constants", new long[] {1, constants.length}, constants)),
        List.of());
  }
}
