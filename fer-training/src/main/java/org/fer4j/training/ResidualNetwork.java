package org.fer4j.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fer4j.FerException;

/**
 * A residual network of dense 3x3 convolutions over a grey image, computed by LibTorch: the weights
 * are plain tensors by name, and {@link #forward} is the whole of it.
 *
 * <p>Owns native memory. Confined to one thread.
 */
final class ResidualNetwork implements AutoCloseable {

  /** How far the running statistics move towards each batch's; LibTorch's default. */
  private static final double BATCH_NORM_MOMENTUM = 0.1;

  private final Layers layers;
  private final double dropout;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();

  private ResidualNetwork(NetworkShape shape, double dropout, Map<String, Weights.Array> arrays) {
    this.layers = Layers.of(shape);
    this.dropout = dropout;
    for (Layers.Convolution c : layers.convolutions()) {
      addParameter(c.weight(), arrays, c.out(), c.in(), c.kernel(), c.kernel());
      addParameter(c.scale(), arrays, c.out());
      addParameter(c.shift(), arrays, c.out());
      statistics.put(c.mean(), tensor(c.mean(), arrays, c.out()));
      statistics.put(c.variance(), tensor(c.variance(), arrays, c.out()));
    }
    addParameter(Layers.HEAD_WEIGHT, arrays, Layers.CLASSES, shape.lastChannels());
    addParameter(Layers.HEAD_BIAS, arrays, Layers.CLASSES);
  }

  /**
   * Creates a network with random weights: convolutions after He et al., <i>Delving Deep into
   * Rectifiers</i>, 2015.
   *
   * @param dropout the share of features that training drops before the last layer
   */
  static ResidualNetwork random(NetworkShape shape, double dropout, long seed) {
    Random random = new Random(seed);
    Layers layers = Layers.of(shape);
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Layers.Convolution c : layers.convolutions()) {
      double deviation = Math.sqrt(2.0 / (c.out() * c.kernel() * c.kernel()));
      arrays.put(c.weight(), normal(random, deviation, c.out(), c.in(), c.kernel(), c.kernel()));
      arrays.put(c.scale(), constant(1, c.out()));
      arrays.put(c.shift(), constant(0, c.out()));
      arrays.put(c.mean(), constant(0, c.out()));
      arrays.put(c.variance(), constant(1, c.out()));
    }
    arrays.put(
        Layers.HEAD_WEIGHT,
        normal(random, 1 / Math.sqrt(shape.lastChannels()), Layers.CLASSES, shape.lastChannels()));
    arrays.put(Layers.HEAD_BIAS, constant(0, Layers.CLASSES));
    return new ResidualNetwork(shape, dropout, arrays);
  }

  /**
   * Creates a network with these weights.
   *
   * @throws FerException if one is missing or of another shape
   */
  static ResidualNetwork of(NetworkShape shape, double dropout, Map<String, Weights.Array> arrays) {
    return new ResidualNetwork(shape, dropout, arrays);
  }

  private static Weights.Array normal(Random random, double deviation, long... shape) {
    Weights.Array array = constant(0, shape);
    for (int i = 0; i < array.values().length; i++) {
      array.values()[i] = (float) (deviation * random.nextGaussian());
    }
    return array;
  }

  private static Weights.Array constant(float value, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    float[] values = new float[Math.toIntExact(count)];
    Arrays.fill(values, value);
    return new Weights.Array(shape, values);
  }

  private void addParameter(String name, Map<String, Weights.Array> arrays, long... shape) {
    Tensor tensor = tensor(name, arrays, shape);
    tensor.set_requires_grad(true);
    parameters.put(name, tensor);
  }

  private static Tensor tensor(String name, Map<String, Weights.Array> arrays, long... shape) {
    Weights.Array array = arrays.get(name);
    if (array == null || !Arrays.equals(array.shape(), shape)) {
      throw new FerException(
          "expected %s for '%s', found %s"
              .formatted(
                  Arrays.toString(shape),
                  name,
                  array == null ? "nothing" : Arrays.toString(array.shape())));
    }
    return LibTorch.tensor(array);
  }

  /** Returns what is trained, by name; the tensors stay the network's. */
  Map<String, Tensor> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Returns parameters and running statistics by name; the tensors stay the network's. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(parameters);
    state.putAll(statistics);
    return state;
  }

  /** Copies parameters and running statistics out of native memory. */
  Map<String, Weights.Array> arrays() {
    return LibTorch.arrays(state());
  }

  /**
   * Computes logits [batch, 8] from images [batch, 1, size, size].
   *
   * @param training whether batch norm uses and updates the batch's own statistics, and dropout
   *     drops
   */
  Tensor forward(Tensor images, boolean training) {
    Tensor x = torch.relu_(convolve(images, layers.stem(), training));
    for (Layers.Block block : layers.blocks()) {
      x = block(x, block, training);
    }
    Tensor features = torch.mean(x, 2, 3);
    if (training && dropout > 0) {
      features = torch.dropout(features, dropout, true);
    }
    return torch.linear(features, parameter(Layers.HEAD_WEIGHT), parameter(Layers.HEAD_BIAS));
  }

  private Tensor block(Tensor input, Layers.Block block, boolean training) {
    Tensor x = torch.relu_(convolve(input, block.first(), training));
    x = convolve(x, block.second(), training);
    Tensor shortcut =
        block.shortcut().map(convolution -> convolve(input, convolution, training)).orElse(input);
    return torch.relu_(x.add_(shortcut));
  }

  private Tensor convolve(Tensor x, Layers.Convolution c, boolean training) {
    Tensor y =
        torch.conv2d(
            x,
            parameter(c.weight()),
            new TensorOptional(),
            new long[] {c.stride(), c.stride()},
            new long[] {c.padding(), c.padding()},
            new long[] {1, 1},
            1);
    return torch.batch_norm(
        y,
        new TensorOptional(parameter(c.scale())),
        new TensorOptional(parameter(c.shift())),
        new TensorOptional(statistic(c.mean())),
        new TensorOptional(statistic(c.variance())),
        training,
        BATCH_NORM_MOMENTUM,
        Layers.BATCH_NORM_EPSILON,
        false);
  }

  private Tensor parameter(String name) {
    return Objects.requireNonNull(parameters.get(name));
  }

  private Tensor statistic(String name) {
    return Objects.requireNonNull(statistics.get(name));
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    statistics.values().forEach(Tensor::close);
  }
}
