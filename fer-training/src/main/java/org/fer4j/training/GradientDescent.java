package org.fer4j.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with Nesterov's momentum, in the form of Sutskever et al., 2013, that
 * LibTorch's own optimizer has; kept here so that its state is plain arrays by name.
 *
 * <p>Owns native memory. Confined to one thread.
 */
final class GradientDescent implements AutoCloseable {

  private final Map<String, Tensor> velocities = new LinkedHashMap<>();
  private final double momentum;
  private final double weightDecay;

  GradientDescent(Map<String, Tensor> parameters, double momentum, double weightDecay) {
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    parameters.forEach((name, tensor) -> velocities.put(name, LibTorch.zerosLike(tensor)));
  }

  /**
   * Moves parameters along their gradients and clears these.
   *
   * @param parameters all or some of them
   */
  void step(double learningRate, Map<String, Tensor> parameters) {
    LibTorch.scoped(
        () -> {
          Scalar decay = new Scalar(weightDecay);
          Scalar factor = new Scalar(momentum);
          Scalar rate = new Scalar(-learningRate);
          Scalar ahead = new Scalar(-learningRate * momentum);
          parameters.forEach(
              (name, tensor) -> {
                Tensor parameter = tensor.detach();
                Tensor gradient = tensor.grad();
                Tensor velocity = Objects.requireNonNull(velocities.get(name));
                if (decays(parameter)) {
                  gradient.add_(parameter, decay);
                }
                velocity.mul_(factor).add_(gradient);
                parameter.add_(gradient, rate).add_(velocity, ahead);
                gradient.zero_();
              });
        });
  }

  /** Batch norm and biases are left alone: decay there only costs accuracy. */
  private static boolean decays(Tensor parameter) {
    return parameter.dim() > 1;
  }

  Map<String, Weights.Array> arrays() {
    return LibTorch.arrays(velocities);
  }

  void restore(Map<String, Weights.Array> arrays) {
    LibTorch.restore(velocities, arrays);
  }

  @Override
  public void close() {
    velocities.values().forEach(Tensor::close);
  }
}
