package org.fer4j.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fer4j.FerException;

/**
 * A convolutional network over a grey image, computed by LibTorch: the weights are plain tensors by
 * name, and {@link #features} with {@link #logits} is the whole of it.
 *
 * <p>Owns native memory. Confined to one thread.
 */
final class Network implements AutoCloseable {

  /** What a computation is for. */
  enum Pass {
    /** Batch norm uses and updates the batch's own statistics, and dropout drops. */
    TRAINING,
    /** Batch norm uses the running statistics. */
    INFERENCE,
    /** Batch norm is set so that it changes nothing on these images, and adds its shift. */
    PLACING_NORMS
  }

  /** How far the running statistics move towards each batch's; LibTorch's default. */
  private static final double BATCH_NORM_MOMENTUM = 0.1;

  /** Kernels of channels that are dead stay so. */
  private static final double LARGEST_KERNEL_FACTOR = 100;

  /** What a PReLU starts from: He et al., <i>Delving Deep into Rectifiers</i>, 2015. */
  private static final float PRELU_SLOPE = 0.25f;

  private final Layers layers;
  private final double dropout;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();

  private Network(Layers layers, double dropout, Map<String, Weights.Array> arrays) {
    this.layers = layers;
    this.dropout = dropout;
    for (Layers.Convolution c : layers.convolutions()) {
      addParameter(c.weight(), arrays, c.weightShape());
      addParameter(c.scale(), arrays, c.out());
      addParameter(c.shift(), arrays, c.out());
      if (c.activation() == Layers.Activation.PRELU) {
        addParameter(c.slope(), arrays, c.out());
      }
      statistics.put(c.mean(), tensor(c.mean(), arrays, c.out()));
      statistics.put(c.variance(), tensor(c.variance(), arrays, c.out()));
    }
    addParameter(Layers.HEAD_WEIGHT, arrays, Layers.CLASSES, layers.features());
    addParameter(Layers.HEAD_BIAS, arrays, Layers.CLASSES);
    if (arrays.containsKey(Layers.SECOND_HEAD_WEIGHT)) {
      addParameter(Layers.SECOND_HEAD_WEIGHT, arrays, Layers.CLASSES, layers.features());
      addParameter(Layers.SECOND_HEAD_BIAS, arrays, Layers.CLASSES);
    }
  }

  /**
   * Creates random weights: convolutions after He et al., <i>Delving Deep into Rectifiers</i>,
   * 2015.
   *
   * @param secondHead whether there is a head for a second set of labels
   */
  static Map<String, Weights.Array> random(NetworkShape shape, boolean secondHead, long seed) {
    Random random = new Random(seed);
    Layers layers = Layers.of(shape);
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Layers.Convolution c : layers.convolutions()) {
      arrays.put(c.weight(), normal(random, Math.sqrt(2.0 / c.fanOut()), c.weightShape()));
      arrays.put(c.scale(), constant(1, c.out()));
      arrays.put(c.shift(), constant(0, c.out()));
      if (c.activation() == Layers.Activation.PRELU) {
        arrays.put(c.slope(), constant(PRELU_SLOPE, c.out()));
      }
      arrays.put(c.mean(), constant(0, c.out()));
      arrays.put(c.variance(), constant(1, c.out()));
    }
    double deviation = 1 / Math.sqrt(layers.features());
    arrays.put(Layers.HEAD_WEIGHT, normal(random, deviation, Layers.CLASSES, layers.features()));
    arrays.put(Layers.HEAD_BIAS, constant(0, Layers.CLASSES));
    if (secondHead) {
      arrays.put(
          Layers.SECOND_HEAD_WEIGHT, normal(random, deviation, Layers.CLASSES, layers.features()));
      arrays.put(Layers.SECOND_HEAD_BIAS, constant(0, Layers.CLASSES));
    }
    return arrays;
  }

  /**
   * Creates a network with these weights, and a second head if there are weights for one.
   *
   * @param dropout the share of features that training drops before the last layer
   * @throws FerException if one is missing or of another shape
   */
  static Network of(NetworkShape shape, double dropout, Map<String, Weights.Array> arrays) {
    return new Network(Layers.of(shape), dropout, arrays);
  }

  private static Weights.Array normal(Random random, double deviation, long... shape) {
    Weights.Array array = constant(0, shape);
    for (int i = 0; i < array.values().length; i++) {
      array.values()[i] = (float) (deviation * random.nextGaussian());
    }
    return array;
  }

  private static Weights.Array constant(float value, long... shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
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

  /** Returns the parameters that learn while so many blocks are frozen, by name. */
  Map<String, Tensor> parametersAfter(int frozenBlocks) {
    Map<String, Tensor> learning = new LinkedHashMap<>(parameters);
    for (Layers.Convolution c : layers.firstConvolutions(frozenBlocks)) {
      learning.keySet().removeAll(List.of(c.weight(), c.scale(), c.shift(), c.slope()));
    }
    return learning;
  }

  /** Computes features [batch, channels] from images [batch, 1, size, size], to learn from them. */
  Tensor trainingFeatures(Tensor images, LearningCycle cycle) {
    int frozen = Math.min(cycle.frozenBlocks(), layers.blocks().size());
    Tensor enlarged = enlarged(images, cycle.enlargedTo());
    Tensor features =
        frozen == 0
            ? pooled(blocks(stem(enlarged, Pass.TRAINING), 0, Pass.TRAINING))
            : pooled(blocks(frozenBlocks(enlarged, frozen), frozen, Pass.TRAINING));
    return dropout > 0 ? torch.dropout(features, dropout, true) : features;
  }

  /** Computes features [batch, channels] from images [batch, 1, size, size]. */
  Tensor features(Tensor images, Pass pass) {
    return pooled(blocks(stem(enlarged(images, layers.enlargedTo()), pass), 0, pass));
  }

  @SuppressWarnings("try") // The guard works by being open.
  private Tensor frozenBlocks(Tensor enlarged, int count) {
    try (NoGradGuard guard = new NoGradGuard()) {
      Tensor x = stem(enlarged, Pass.INFERENCE);
      for (Layers.Block block : layers.blocks().subList(0, count)) {
        x = block(x, block, Pass.INFERENCE);
      }
      return x;
    }
  }

  private Tensor stem(Tensor enlarged, Pass pass) {
    Tensor x = convolve(enlarged, layers.stem(), pass);
    return layers.isSeparable() ? x.contiguous(torch.MemoryFormat.ChannelsLast) : x;
  }

  private Tensor blocks(Tensor x, int first, Pass pass) {
    for (Layers.Block block : layers.blocks().subList(first, layers.blocks().size())) {
      x = block(x, block, pass);
    }
    return x;
  }

  private static Tensor pooled(Tensor x) {
    return torch.mean(x, 2, 3);
  }

  /** Computes logits [batch, 8] from features. */
  Tensor logits(Tensor features) {
    return torch.linear(features, parameter(Layers.HEAD_WEIGHT), parameter(Layers.HEAD_BIAS));
  }

  /** Computes the second head's logits [batch, 8] from features. */
  Tensor secondLogits(Tensor features) {
    return torch.linear(
        features, parameter(Layers.SECOND_HEAD_WEIGHT), parameter(Layers.SECOND_HEAD_BIAS));
  }

  private Tensor enlarged(Tensor images, int size) {
    if (size == layers.inputSize()) {
      return images;
    }
    return torch.upsample_bilinear2d(images, new long[] {size, size}, false);
  }

  private Tensor block(Tensor input, Layers.Block block, Pass pass) {
    if (block instanceof Layers.ResidualBlock residual) {
      Tensor x = convolve(convolve(input, residual.first(), pass), residual.second(), pass);
      Tensor shortcut = residual.shortcut().map(c -> convolve(input, c, pass)).orElse(input);
      return torch.relu_(x.add_(shortcut));
    }
    Layers.SeparableBlock separable = (Layers.SeparableBlock) block;
    Tensor x = input;
    for (Layers.Convolution c : separable.chain()) {
      x = convolve(x, c, pass);
    }
    return separable.addsInput() ? x.add_(input) : x;
  }

  private Tensor convolve(Tensor x, Layers.Convolution c, Pass pass) {
    int zeros = c.zerosBefore();
    int more = c.zerosAfter() - zeros;
    // MobileNet's backbone is left alone: its kernels are long enough, and it was chosen so.
    if (pass == Pass.PLACING_NORMS && layers.hasLinearFeatures()) {
      evenKernels(c);
    }
    Tensor padded = more == 0 ? x : torch.constant_pad_nd(x, new long[] {0, more, 0, more});
    Tensor y =
        torch.conv2d(
            padded,
            parameter(c.weight()),
            new TensorOptional(),
            new long[] {c.stride(), c.stride()},
            new long[] {zeros, zeros},
            new long[] {1, 1},
            c.groups());
    if (pass == Pass.PLACING_NORMS) {
      placeNorm(y, c);
    }
    return activate(normalize(y, c, pass), c);
  }

  private Tensor normalize(Tensor y, Layers.Convolution c, Pass pass) {
    return torch.batch_norm(
        y,
        new TensorOptional(parameter(c.scale())),
        new TensorOptional(parameter(c.shift())),
        new TensorOptional(statistic(c.mean())),
        new TensorOptional(statistic(c.variance())),
        pass == Pass.TRAINING,
        BATCH_NORM_MOMENTUM,
        Layers.BATCH_NORM_EPSILON,
        false);
  }

  private Tensor activate(Tensor x, Layers.Convolution c) {
    return switch (c.activation()) {
      case NONE -> x;
      case RELU -> torch.relu_(x);
      case RELU6 -> torch.hardtanh_(x, new Scalar(0.0), new Scalar(6.0));
      case PRELU -> bend(x, c);
    };
  }

  /**
   * Computes max(0, x) + slope min(0, x) in place, as the equal x + (1 - slope) relu(-x): the
   * backward kernel of LibTorch's own prelu isn't vectorised and took a fifth of a training step.
   */
  private Tensor bend(Tensor x, Layers.Convolution c) {
    Tensor factor = torch.rsub(parameter(c.slope()), new Scalar(1.0)).view(1, c.out(), 1, 1);
    return x.addcmul_(torch.relu_(x.neg()), factor);
  }

  private void placeNorm(Tensor y, Layers.Convolution c) {
    T_TensorTensor_T moments = torch.var_mean(y, new long[] {0, 2, 3}, false, false);
    Tensor variance = moments.get0();
    Tensor mean = moments.get1();
    statistic(c.variance()).copy_(variance);
    statistic(c.mean()).copy_(mean);
    Tensor deviation = variance.add(new Scalar(Layers.BATCH_NORM_EPSILON)).sqrt();
    Tensor scale = parameter(c.scale()).detach();
    parameter(c.shift()).detach().add_(mean.mul(scale));
    scale.mul_(deviation);
  }

  /**
   * Gives kernels the length that random ones have, and the norm's scale what undoes it. A norm
   * makes the length of a kernel meaningless, but a step of training turns a kernel by as much as
   * its length squared is small: kernels that came folded, a hundredth as long as others, would be
   * thrown about.
   */
  private void evenKernels(Layers.Convolution c) {
    Tensor weight = parameter(c.weight()).detach();
    double length = Math.sqrt(2.0 * c.kernelValues() / c.fanOut());
    Tensor found = torch.sum(weight.mul(weight), 1, 2, 3).sqrt();
    Tensor factor =
        found
            .clamp_min(new Scalar(length / LARGEST_KERNEL_FACTOR))
            .reciprocal()
            .mul(new Scalar(length));
    weight.mul_(factor.view(c.out(), 1, 1, 1));
    parameter(c.scale()).detach().div_(factor);
  }

  /**
   * Gives features the mean 0 and the deviation 1 that a new last layer learns best from, if the
   * last norm can do so. To be called when norms have been placed.
   */
  void standardizeFeatures() {
    if (layers.hasLinearFeatures()) {
      parameter(layers.lastConvolution().scale()).detach().fill_(new Scalar(1.0));
      parameter(layers.lastConvolution().shift()).detach().zero_();
    }
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
