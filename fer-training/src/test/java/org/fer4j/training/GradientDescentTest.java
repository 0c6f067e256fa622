package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class GradientDescentTest {

  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.01;
  private static final double RATE = 0.1;

  /** The loss is the sum of the parameter, so each gradient is 1. */
  @Test
  void stepsFollowNesterov() {
    LibTorch.load();
    Tensor matrix = LibTorch.tensor(new Weights.Array(new long[] {1, 1}, new float[] {2}));
    Tensor vector = LibTorch.tensor(new Weights.Array(new long[] {1}, new float[] {2}));
    matrix.set_requires_grad(true);
    vector.set_requires_grad(true);
    Map<String, Tensor> parameters = Map.of("matrix", matrix, "vector", vector);
    double decayed = 2;
    double plain = 2;
    double decayedVelocity = 0;
    double plainVelocity = 0;
    try (GradientDescent optimizer = new GradientDescent(parameters, MOMENTUM, DECAY)) {
      for (int i = 0; i < 5; i++) {
        LibTorch.scoped(() -> torch.sum(matrix).backward());
        LibTorch.scoped(() -> torch.sum(vector).backward());
        optimizer.step(RATE, parameters);
        double gradient = 1 + DECAY * decayed;
        decayedVelocity = MOMENTUM * decayedVelocity + gradient;
        decayed -= RATE * (gradient + MOMENTUM * decayedVelocity);
        plainVelocity = MOMENTUM * plainVelocity + 1;
        plain -= RATE * (1 + MOMENTUM * plainVelocity);
        assertEquals(decayed, LibTorch.array(matrix).values()[0], 1e-5);
        assertEquals(plain, LibTorch.array(vector).values()[0], 1e-5);
      }
    }
  }
}
