package org.fer4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fer4j.Emotion;

/**
 * A {@link NetworkShape} spelled out, with the names of its weights: the one description that
 * training, folding and export share. After the blocks, the features are averaged over the image
 * and a linear layer gives the logits.
 *
 * @param inputSize width and height of the input
 * @param enlargedTo what it is enlarged to before the first convolution
 * @param activation after each convolution or sum
 * @param stem the first convolution
 * @param blocks in order
 */
record Layers(
    int inputSize, int enlargedTo, Activation activation, Convolution stem, List<Block> blocks) {

  static final int CLASSES = Emotion.all().size();

  static final String HEAD_WEIGHT = "head.weight";
  static final String HEAD_BIAS = "head.bias";

  /** A head that learns other annotators' labels and is left out of the export. */
  static final String SECOND_HEAD_WEIGHT = "second_head.weight";

  static final String SECOND_HEAD_BIAS = "second_head.bias";

  /** Keeps variances away from zero; LibTorch's default. */
  static final double BATCH_NORM_EPSILON = 1e-5;

  /** Pointwise channels of MobileNet v1, and the blocks whose depthwise part halves the size. */
  private static final int[] MOBILENET_CHANNELS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };

  private static final List<Integer> MOBILENET_HALVING = List.of(2, 4, 6, 12);

  /** What follows a convolution. */
  enum Activation {
    /** max(0, x). */
    RELU,
    /** min(6, max(0, x)). */
    RELU6
  }

  /**
   * A convolution without bias, padded to keep the size, followed by batch norm.
   *
   * @param groups 1, or as many as channels for a depthwise convolution
   */
  record Convolution(
      String name, int in, int out, int kernel, int stride, int groups, int outSize) {

    String weight() {
      return name + ".weight";
    }

    /** Only in files of folded weights, instead of the batch norm. */
    String bias() {
      return name + ".bias";
    }

    String scale() {
      return name + ".norm.weight";
    }

    String shift() {
      return name + ".norm.bias";
    }

    String mean() {
      return name + ".norm.mean";
    }

    String variance() {
      return name + ".norm.variance";
    }

    int padding() {
      return kernel / 2;
    }

    /** Returns the shape of the kernels. */
    long[] weightShape() {
      return new long[] {out, in / groups, kernel, kernel};
    }

    /** Returns how many values each output channel's kernel has. */
    int kernelValues() {
      return in / groups * kernel * kernel;
    }
  }

  /** Convolutions between an input and an output. */
  sealed interface Block {

    Stream<Convolution> convolutions();
  }

  /**
   * activation(second(activation(first(x))) + shortcut(x)); without a convolution the shortcut is x
   * itself.
   */
  record ResidualBlock(Convolution first, Convolution second, Optional<Convolution> shortcut)
      implements Block {

    @Override
    public Stream<Convolution> convolutions() {
      return Stream.concat(Stream.of(first, second), shortcut.stream());
    }
  }

  /** activation(pointwise(activation(depthwise(x)))). */
  record SeparableBlock(Convolution depthwise, Convolution pointwise) implements Block {

    @Override
    public Stream<Convolution> convolutions() {
      return Stream.of(depthwise, pointwise);
    }
  }

  static Layers of(NetworkShape shape) {
    if (shape instanceof NetworkShape.Residual residual) {
      return residual(residual);
    }
    return mobileNet((NetworkShape.MobileNet) shape);
  }

  private static Layers residual(NetworkShape.Residual shape) {
    int size = shape.inputSize();
    int channels = shape.stemChannels();
    Convolution stem = new Convolution("stem", 1, channels, 3, 1, 1, size);
    List<Block> blocks = new ArrayList<>();
    for (int s = 0; s < shape.stages().size(); s++) {
      NetworkShape.Stage stage = shape.stages().get(s);
      size = (size + 1) / 2;
      for (int b = 0; b < stage.blocks(); b++) {
        String name = "stage%d.block%d".formatted(s + 1, b + 1);
        blocks.add(residualBlock(name, channels, stage.channels(), b == 0, size));
        channels = stage.channels();
      }
    }
    return new Layers(shape.inputSize(), shape.inputSize(), Activation.RELU, stem, blocks);
  }

  private static Block residualBlock(String name, int in, int out, boolean halves, int outSize) {
    int stride = halves ? 2 : 1;
    return new ResidualBlock(
        new Convolution(name + ".first", in, out, 3, stride, 1, outSize),
        new Convolution(name + ".second", out, out, 3, 1, 1, outSize),
        halves
            ? Optional.of(new Convolution(name + ".shortcut", in, out, 1, stride, 1, outSize))
            : Optional.empty());
  }

  private static Layers mobileNet(NetworkShape.MobileNet shape) {
    int size = (shape.enlargedTo() + 1) / 2;
    int channels = 32;
    Convolution stem = new Convolution("stem", 1, channels, 3, 2, 1, size);
    List<Block> blocks = new ArrayList<>();
    for (int b = 1; b <= MOBILENET_CHANNELS.length; b++) {
      int stride = MOBILENET_HALVING.contains(b) ? 2 : 1;
      size = (size + stride - 1) / stride;
      int out = MOBILENET_CHANNELS[b - 1];
      String name = "block" + b;
      blocks.add(
          new SeparableBlock(
              new Convolution(name + ".depthwise", channels, channels, 3, stride, channels, size),
              new Convolution(name + ".pointwise", channels, out, 1, 1, 1, size)));
      channels = out;
    }
    return new Layers(shape.inputSize(), shape.enlargedTo(), Activation.RELU6, stem, blocks);
  }

  List<Convolution> convolutions() {
    return firstConvolutions(blocks.size());
  }

  /** Returns the stem's convolution and those of so many blocks after it; none with 0 blocks. */
  List<Convolution> firstConvolutions(int blockCount) {
    if (blockCount == 0) {
      return List.of();
    }
    Stream<Block> first = blocks.stream().limit(blockCount);
    return Stream.concat(Stream.of(stem), first.flatMap(Block::convolutions)).toList();
  }

  /**
   * Returns whether convolutions are depthwise and pointwise: these train faster with channels last
   * in memory, but LibTorch rounds differently from run to run then. Dense ones were measured to
   * gain nothing.
   */
  boolean isSeparable() {
    return blocks.get(0) instanceof SeparableBlock;
  }

  /** Returns the channels that the last layer sees. */
  int features() {
    List<Convolution> last = blocks.get(blocks.size() - 1).convolutions().toList();
    return last.get(1).out();
  }

  long parameters() {
    return convolutions().stream().mapToLong(c -> c.out() * (c.kernelValues() + 2L)).sum()
        + CLASSES * (features() + 1L);
  }

  long multiplyAdds() {
    return convolutions().stream()
            .mapToLong(c -> (long) c.out() * c.kernelValues() * c.outSize() * c.outSize())
            .sum()
        + (long) CLASSES * features();
  }
}
