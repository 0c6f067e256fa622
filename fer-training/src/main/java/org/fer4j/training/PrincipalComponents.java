package org.fer4j.training;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The directions in which scaled features vary most. Weights are rounded to 16 bits, as they are
 * stored.
 */
final class PrincipalComponents {

  /** Keeps a direction in which nothing varies from being divided by nothing. */
  private static final float LEAST = 1e-3f;

  private final int inputs;
  private final int count;

  /** For each input the weights in all components. */
  private final float[] weights;

  private PrincipalComponents(int inputs, int count, float[] weights) {
    this.inputs = inputs;
    this.count = count;
    this.weights = weights;
  }

  /**
   * Finds the directions; there are at most as many as inputs, and as faces.
   *
   * <p>They are the eigenvectors of X^T X. With fewer faces than inputs those of X X^T, which is
   * smaller, are found instead: if X X^T u = v u, then X^T u is one of X^T X, of length sqrt(v).
   */
  static PrincipalComponents of(float[][] scaled, int wanted) {
    LibTorch.load();
    int faces = scaled.length;
    int inputs = scaled[0].length;
    int count = Math.min(wanted, Math.min(faces, inputs));
    float[] weights = new float[inputs * count];
    LibTorch.scopedWithoutGradient(
        () -> {
          Tensor rows = Tensor.create(flat(scaled), faces, inputs);
          boolean few = faces < inputs;
          Tensor moments = few ? torch.mm(rows, rows.t()) : torch.mm(rows.t(), rows);
          // Ascending eigenvalues, an eigenvector in each column.
          T_TensorTensor_T eigen = torch.linalg_eigh(moments);
          int first = Math.min(faces, inputs) - count;
          Tensor largest = eigen.get1().narrow(1, first, count);
          if (few) {
            Tensor lengths =
                eigen.get0().narrow(0, first, count).abs().add(new Scalar(LEAST)).sqrt();
            largest = torch.mm(rows.t(), largest).div(lengths);
          }
          largest.contiguous().data_ptr_float().get(weights);
        });
    for (int i = 0; i < weights.length; i++) {
      weights[i] = HalfFloats.rounded(weights[i]);
    }
    return new PrincipalComponents(inputs, count, weights);
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
    }
    return flat;
  }

  /** Projects faces onto the components. */
  float[][] apply(float[][] scaled) {
    float[][] projected = new float[scaled.length][count];
    for (int n = 0; n < scaled.length; n++) {
      Matrices.addProduct(scaled[n], weights, projected[n]);
    }
    return projected;
  }

  int count() {
    return count;
  }

  /** Adds the node that projects, and returns the name of what it gives. */
  String write(OnnxGraph graph, String scaled) {
    String matrix = graph.halfConstant("components", new long[] {inputs, count}, weights);
    return graph.node("MatMul", "projected", List.of(scaled, matrix), List.of());
  }
}
