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
 * @param stem the first convolution
 * @param blocks in order
 */
record Layers(int inputSize, int enlargedTo, Convolution stem, List<Block> blocks) {

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

  /** Stages of MobileFaceNet after its first two convolutions. */
  private static final List<BottleneckStage> MOBILEFACENET_STAGES =
      List.of(
          new BottleneckStage(64, 2, 5, true),
          new BottleneckStage(128, 4, 1, true),
          new BottleneckStage(128, 2, 6, false),
          new BottleneckStage(128, 4, 1, true),
          new BottleneckStage(128, 2, 2, false));

  /** Channels that MobileFaceNet starts and ends with. */
  private static final int MOBILEFACENET_STEM = 64;

  private static final int MOBILEFACENET_FEATURES = 512;

  /** What follows a convolution. */
  enum Activation {
    /** x. */
    NONE,
    /** max(0, x). */
    RELU,
    /** min(6, max(0, x)). */
    RELU6,
    /** max(0, x) + slope min(0, x), with a learned slope for each channel. */
    PRELU
  }

  /**
   * Bottlenecks of the same width.
   *
   * @param expansion how many times wider than their input or output, whichever it was for the
   *     first one, they are inside
   * @param halves whether the first one halves width and height
   */
  private record BottleneckStage(int channels, int expansion, int count, boolean halves) {}

  /** Where a convolution sees zeros around its input. */
  enum Padding {
    /** Nowhere. */
    NONE,
    /** At all sides, as far as its middle can leave the image. */
    ALL_SIDES,
    /** One at the right and one at the bottom, where TensorFlow has them for strides of 2. */
    END
  }

  /**
   * A convolution without bias, followed by batch norm and an activation.
   *
   * @param groups 1, or as many as channels for a depthwise convolution
   */
  record Convolution(
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int groups,
      int outSize,
      Padding padding,
      Activation activation) {

    static Convolution depthwise(
        String name,
        int channels,
        int stride,
        int outSize,
        Padding padding,
        Activation activation) {
      return new Convolution(
          name, channels, channels, 3, stride, channels, outSize, padding, activation);
    }

    static Convolution pointwise(String name, int in, int out, int outSize, Activation activation) {
      return new Convolution(name, in, out, 1, 1, 1, outSize, Padding.NONE, activation);
    }

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

    /** Of a PReLU. */
    String slope() {
      return name + ".slope";
    }

    /** Returns the zeros at the left and at the top. */
    int zerosBefore() {
      return padding == Padding.ALL_SIDES ? kernel / 2 : 0;
    }

    /** Returns the zeros at the right and at the bottom. */
    int zerosAfter() {
      return padding == Padding.END ? 1 : zerosBefore();
    }

    /** Returns the shape of the kernels. */
    long[] weightShape() {
      return new long[] {out, in / groups, kernel, kernel};
    }

    /** Returns how many values of the output each value of the input reaches, without strides. */
    double fanOut() {
      return (double) out / groups * kernel * kernel;
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

  /** relu(second(first(x)) + shortcut(x)); without a convolution the shortcut is x itself. */
  record ResidualBlock(Convolution first, Convolution second, Optional<Convolution> shortcut)
      implements Block {

    @Override
    public Stream<Convolution> convolutions() {
      return Stream.concat(Stream.of(first, second), shortcut.stream());
    }
  }

  /**
   * Depthwise and pointwise convolutions in a chain, and x added to what comes out if asked for.
   */
  record SeparableBlock(List<Convolution> chain, boolean addsInput) implements Block {

    @Override
    public Stream<Convolution> convolutions() {
      return chain.stream();
    }
  }

  static Layers of(NetworkShape shape) {
    if (shape instanceof NetworkShape.Residual residual) {
      return residual(residual);
    }
    if (shape instanceof NetworkShape.MobileNet mobileNet) {
      return mobileNet(mobileNet);
    }
    return mobileFaceNet((NetworkShape.MobileFaceNet) shape);
  }

  private static Layers residual(NetworkShape.Residual shape) {
    int size = shape.inputSize();
    int channels = shape.stemChannels();
    Convolution stem =
        new Convolution("stem", 1, channels, 3, 1, 1, size, Padding.ALL_SIDES, Activation.RELU);
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
    return new Layers(shape.inputSize(), shape.inputSize(), stem, blocks);
  }

  private static Block residualBlock(String name, int in, int out, boolean halves, int outSize) {
    int stride = halves ? 2 : 1;
    return new ResidualBlock(
        new Convolution(
            name + ".first", in, out, 3, stride, 1, outSize, Padding.ALL_SIDES, Activation.RELU),
        new Convolution(
            name + ".second", out, out, 3, 1, 1, outSize, Padding.ALL_SIDES, Activation.NONE),
        halves
            ? Optional.of(
                new Convolution(
                    name + ".shortcut",
                    in,
                    out,
                    1,
                    stride,
                    1,
                    outSize,
                    Padding.NONE,
                    Activation.NONE))
            : Optional.empty());
  }

  private static Layers mobileNet(NetworkShape.MobileNet shape) {
    int size = (shape.enlargedTo() + 1) / 2;
    int channels = 32;
    Convolution stem =
        new Convolution("stem", 1, channels, 3, 2, 1, size, Padding.ALL_SIDES, Activation.RELU6);
    List<Block> blocks = new ArrayList<>();
    for (int b = 1; b <= MOBILENET_CHANNELS.length; b++) {
      int stride = MOBILENET_HALVING.contains(b) ? 2 : 1;
      size = (size + stride - 1) / stride;
      int out = MOBILENET_CHANNELS[b - 1];
      String name = "block" + b;
      blocks.add(
          new SeparableBlock(
              List.of(
                  Convolution.depthwise(
                      name + ".depthwise",
                      channels,
                      stride,
                      size,
                      Padding.ALL_SIDES,
                      Activation.RELU6),
                  Convolution.pointwise(
                      name + ".pointwise", channels, out, size, Activation.RELU6)),
              false));
      channels = out;
    }
    return new Layers(shape.inputSize(), shape.enlargedTo(), stem, blocks);
  }

  private static Layers mobileFaceNet(NetworkShape.MobileFaceNet shape) {
    int size = (shape.enlargedTo() + 1) / 2;
    int channels = MOBILEFACENET_STEM;
    Convolution stem =
        new Convolution("stem", 1, channels, 3, 2, 1, size, Padding.END, Activation.PRELU);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new SeparableBlock(
            List.of(
                Convolution.depthwise(
                    "block0.depthwise", channels, 1, size, Padding.ALL_SIDES, Activation.PRELU),
                Convolution.pointwise("block0.project", channels, channels, size, Activation.NONE)),
            false));
    for (BottleneckStage stage : MOBILEFACENET_STAGES) {
      for (int b = 0; b < stage.count(); b++) {
        boolean halves = b == 0 && stage.halves();
        blocks.add(bottleneck("block" + blocks.size(), channels, stage, halves, size));
        size = halves ? (size + 1) / 2 : size;
        channels = stage.channels();
      }
    }
    blocks.add(wholeFace("block" + blocks.size(), channels, size));
    return new Layers(shape.inputSize(), shape.enlargedTo(), stem, blocks);
  }

  private static Block bottleneck(
      String name, int in, BottleneckStage stage, boolean halves, int size) {
    int inside = in * stage.expansion();
    int outSize = halves ? (size + 1) / 2 : size;
    return new SeparableBlock(
        List.of(
            Convolution.pointwise(name + ".expand", in, inside, size, Activation.PRELU),
            Convolution.depthwise(
                name + ".depthwise",
                inside,
                halves ? 2 : 1,
                outSize,
                halves ? Padding.END : Padding.ALL_SIDES,
                Activation.PRELU),
            Convolution.pointwise(
                name + ".project", inside, stage.channels(), outSize, Activation.NONE)),
        !halves);
  }

  /** Weighs each place of the face by itself, instead of averaging over them. */
  private static Block wholeFace(String name, int in, int size) {
    int out = MOBILEFACENET_FEATURES;
    return new SeparableBlock(
        List.of(
            Convolution.pointwise(name + ".expand", in, out, size, Activation.PRELU),
            new Convolution(
                name + ".whole", out, out, size, 1, out, 1, Padding.NONE, Activation.NONE)),
        false);
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

  /**
   * Returns whether the features leave the last norm as they are, without an activation: as in
   * MobileFaceNet.
   */
  boolean hasLinearFeatures() {
    return isSeparable() && lastConvolution().activation() == Activation.NONE;
  }

  Convolution lastConvolution() {
    List<Convolution> all = blocks.get(blocks.size() - 1).convolutions().toList();
    return all.get(all.size() - 1);
  }

  /** Returns the channels that the last layer sees. */
  int features() {
    return lastConvolution().out();
  }

  long parameters() {
    return convolutions().stream().mapToLong(Layers::parameters).sum()
        + CLASSES * (features() + 1L);
  }

  private static long parameters(Convolution c) {
    int ofNorm = 2;
    int ofActivation = c.activation() == Activation.PRELU ? 1 : 0;
    return (long) c.out() * (c.kernelValues() + ofNorm + ofActivation);
  }

  long multiplyAdds() {
    return convolutions().stream()
            .mapToLong(c -> (long) c.out() * c.kernelValues() * c.outSize() * c.outSize())
            .sum()
        + (long) CLASSES * features();
  }
}
