package org.fer4j.training;

import java.util.Arrays;
import org.fer4j.Emotion;

/**
 * Multinomial logistic regression with weight decay: a linear map from inputs to logits whose
 * softmax has the least cross entropy. The loss is convex; Newton's method finds its minimum, with
 * steps that are halved until they help.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class LogisticRegression {

  private static final int CLASSES = Emotion.all().size();
  private static final int MOST_STEPS = 50;
  private static final double LEAST_GAIN = 1e-7;

  private final int inputs;

  /** For each class the weights of the inputs, then the constant. */
  private final double[] weights;

  private LogisticRegression(int inputs, double[] weights) {
    this.inputs = inputs;
    this.weights = weights;
  }

  /**
   * Fits the map.
   *
   * @param rows inputs, a row for each example
   * @param labels the class of each
   * @param decay weight of half the squared weights against the mean cross entropy, above 0, which
   *     also makes the minimum unique
   */
  static LogisticRegression fit(float[][] rows, int[] labels, double decay) {
    LogisticRegression current =
        new LogisticRegression(rows[0].length, new double[CLASSES * (rows[0].length + 1)]);
    double loss = current.loss(rows, labels, decay);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = current.newtonStep(rows, labels, decay);
      LogisticRegression next = current.plus(direction, 1);
      double nextLoss = next.loss(rows, labels, decay);
      for (double length = 0.5; nextLoss > loss && length > LEAST_GAIN; length /= 2) {
        next = current.plus(direction, length);
        nextLoss = next.loss(rows, labels, decay);
      }
      if (!(nextLoss < loss)) {
        break;
      }
      double gain = loss - nextLoss;
      current = next;
      loss = nextLoss;
      if (gain < LEAST_GAIN) {
        break;
      }
    }
    return current;
  }

  /** Returns the weight of an input in a class's logit. */
  float weight(int label, int input) {
    return (float) weights[label * (inputs + 1) + input];
  }

  /** Returns the constant of a class's logit. */
  float constant(int label) {
    return weight(label, inputs);
  }

  /** Returns the logits of one example. */
  float[] logits(float[] row) {
    float[] logits = new float[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      int offset = k * (inputs + 1);
      double sum = weights[offset + inputs];
      for (int i = 0; i < inputs; i++) {
        sum += weights[offset + i] * row[i];
      }
      logits[k] = (float) sum;
    }
    return logits;
  }

  private LogisticRegression plus(double[] direction, double length) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += length * direction[i];
    }
    return new LogisticRegression(inputs, moved);
  }

  private double loss(float[][] rows, int[] labels, double decay) {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      loss -= Math.log(Math.max(Double.MIN_NORMAL, probabilities(rows[i])[labels[i]]));
    }
    double squares = Arrays.stream(weights).map(w -> w * w).sum();
    return loss / rows.length + decay / 2 * squares;
  }

  private double[] probabilities(float[] row) {
    float[] logits = logits(row);
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double[] probabilities = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      probabilities[k] = Math.exp(logits[k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }

  /** Returns minus the inverse of the Hessian times the gradient. */
  private double[] newtonStep(float[][] rows, int[] labels, double decay) {
    int width = inputs + 1;
    double[] gradient = new double[weights.length];
    double[][] hessian = new double[weights.length][weights.length];
    double[] row = new double[width];
    row[inputs] = 1;
    for (int n = 0; n < rows.length; n++) {
      for (int i = 0; i < inputs; i++) {
        row[i] = rows[n][i];
      }
      double[] p = probabilities(rows[n]);
      for (int k = 0; k < CLASSES; k++) {
        double error = (p[k] - (labels[n] == k ? 1 : 0)) / rows.length;
        for (int i = 0; i < width; i++) {
          gradient[k * width + i] += error * row[i];
        }
        for (int m = 0; m <= k; m++) {
          addProducts(hessian, k, m, p[k] * ((k == m ? 1 : 0) - p[m]) / rows.length, row);
        }
      }
    }
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += decay * weights[i];
      hessian[i][i] += decay;
    }
    return minusSolution(hessian, gradient);
  }

  /** Adds to the block of two classes; only what lies on and below the diagonal is needed. */
  private static void addProducts(double[][] hessian, int k, int m, double factor, double[] row) {
    int width = row.length;
    for (int i = 0; i < width; i++) {
      double[] target = hessian[k * width + i];
      double scaled = factor * row[i];
      int end = k == m ? i + 1 : width;
      for (int j = 0; j < end; j++) {
        target[m * width + j] += scaled * row[j];
      }
    }
  }

  /** Solves by Cholesky's factors, which replace the lower half of the matrix. */
  private static double[] minusSolution(double[][] matrix, double[] right) {
    int n = right.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = -right[i];
      for (int k = 0; k < i; k++) {
        sum -= matrix[i][k] * solution[k];
      }
      solution[i] = sum / matrix[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = solution[i];
      for (int k = i + 1; k < n; k++) {
        sum -= matrix[k][i] * solution[k];
      }
      solution[i] = sum / matrix[i][i];
    }
    return solution;
  }
}
