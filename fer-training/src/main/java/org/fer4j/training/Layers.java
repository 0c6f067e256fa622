package org.fer4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;

/**
 * A {@link NetworkShape} spelled out, with the names of its weights: the one description that
 * training, folding and export share.
 *
 * @param stem the first convolution
 * @param blocks the residual blocks in order
 */
record Layers(Convolution stem, List<Block> blocks) {

  static final int CLASSES = Emotion.all().size();

  static final String HEAD_WEIGHT = "head.weight";
  static final String HEAD_BIAS = "head.bias";

  /** Keeps variances away from zero; LibTorch's default. */
  static final double BATCH_NORM_EPSILON = 1e-5;

  /** A convolution without bias, padded to keep the size, followed by batch norm. */
  record Convolution(String name, int in, int out, int kernel, int stride, int outSize) {

    String weight() {
      return name + ".weight";
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
  }

  /**
   * relu(second(relu(first(x))) + shortcut(x)), after He et al., <i>Deep Residual Learning</i>,
   * 2016; without a convolution the shortcut is x itself.
   */
  record Block(Convolution first, Convolution second, Optional<Convolution> shortcut) {}

  static Layers of(NetworkShape shape) {
    int size = shape.inputSize();
    int channels = shape.stemChannels();
    Convolution stem = new Convolution("stem", 1, channels, 3, 1, size);
    List<Block> blocks = new ArrayList<>();
    for (int s = 0; s < shape.stages().size(); s++) {
      NetworkShape.Stage stage = shape.stages().get(s);
      size = (size + 1) / 2;
      for (int b = 0; b < stage.blocks(); b++) {
        blocks.add(block("stage%d.block%d".formatted(s + 1, b + 1), channels, stage, b == 0, size));
        channels = stage.channels();
      }
    }
    return new Layers(stem, List.copyOf(blocks));
  }

  private static Block block(
      String name, int in, NetworkShape.Stage stage, boolean halves, int outSize) {
    int out = stage.channels();
    int stride = halves ? 2 : 1;
    return new Block(
        new Convolution(name + ".first", in, out, 3, stride, outSize),
        new Convolution(name + ".second", out, out, 3, 1, outSize),
        halves
            ? Optional.of(new Convolution(name + ".shortcut", in, out, 1, stride, outSize))
            : Optional.empty());
  }

  List<Convolution> convolutions() {
    List<Convolution> all = new ArrayList<>();
    all.add(stem);
    for (Block block : blocks) {
      all.add(block.first());
      all.add(block.second());
      block.shortcut().ifPresent(all::add);
    }
    return all;
  }
}
