package org.fer4j.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The exponential moving average of a network's state, running statistics included.
 *
 * <p>Owns native memory. Confined to one thread.
 */
final class MovingAverage implements AutoCloseable {

  private final Map<String, Tensor> state;
  private final Map<String, Tensor> average = new LinkedHashMap<>();
  private final double decay;

  MovingAverage(Map<String, Tensor> state, double decay) {
    this.state = state;
    this.decay = decay;
    state.forEach((name, tensor) -> average.put(name, LibTorch.copy(tensor)));
  }

  /** Moves towards the state; faster in the first steps, when the average still knows little. */
  void update(long step) {
    double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
    LibTorch.scoped(
        () -> {
          Scalar weight = new Scalar(1 - kept);
          average.forEach(
              (name, tensor) ->
                  tensor.lerp_(Objects.requireNonNull(state.get(name)).detach(), weight));
        });
  }

  Map<String, Weights.Array> arrays() {
    return LibTorch.arrays(average);
  }

  void restore(Map<String, Weights.Array> arrays) {
    LibTorch.restore(average, arrays);
  }

  @Override
  public void close() {
    average.values().forEach(Tensor::close);
  }
}
