package org.fer4j.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.fer4j.training.internal.Ranges;

/**
 * The shape of a network over a square grey image: all that is needed to build it, but for its
 * weights.
 *
 * <p>Immutable and safe for use by many threads.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NetworkShape.Residual.class, name = "residual"),
  @JsonSubTypes.Type(value = NetworkShape.MobileNet.class, name = "mobilenet"),
  @JsonSubTypes.Type(value = NetworkShape.MobileFaceNet.class, name = "mobilefacenet")
})
public sealed interface NetworkShape {

  /** Returns width and height of the grey input in pixels. */
  int inputSize();

  /** Returns the number of trained values. */
  default long parameters() {
    return Layers.of(this).parameters();
  }

  /** Returns the number of multiplications with addition for one image. */
  default long multiplyAdds() {
    return Layers.of(this).multiplyAdds();
  }

  /**
   * Residual blocks of dense 3x3 convolutions, after He et al., <i>Deep Residual Learning for Image
   * Recognition</i>, 2016.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param inputSize width and height of the grey input in pixels
   * @param stemChannels channels of the first convolution, which keeps the size
   * @param stages each halves width and height with its first block
   */
  record Residual(int inputSize, int stemChannels, List<Stage> stages) implements NetworkShape {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Residual {
      Ranges.require("inputSize", inputSize, 8, 1024);
      Ranges.require("stemChannels", stemChannels, 1, 4096);
      Ranges.require("the number of stages", stages.size(), 1, 8);
      stages = List.copyOf(stages);
    }
  }

  /**
   * Blocks of the same size.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param channels of every convolution
   * @param blocks residual blocks of two convolutions, at least 1
   */
  record Stage(int channels, int blocks) {

    /** Checks the ranges. */
    public Stage {
      Ranges.require("channels of a stage", channels, 1, 4096);
      Ranges.require("blocks of a stage", blocks, 1, 64);
    }
  }

  /**
   * Thirteen pairs of a depthwise and a pointwise convolution, after Howard et al., <i>MobileNets:
   * Efficient Convolutional Neural Networks for Mobile Vision Applications</i>, 2017, of full
   * width. The network enlarges its input by itself, so crops are read at the size that training
   * images have, and no sharper.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param inputSize width and height of the grey input in pixels
   * @param enlargedTo width and height that the convolutions see, at least the input's
   */
  record MobileNet(int inputSize, int enlargedTo) implements NetworkShape {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public MobileNet {
      Ranges.require("inputSize", inputSize, 8, 1024);
      Ranges.require("enlargedTo", enlargedTo, inputSize, 1024);
    }
  }

  /**
   * Bottlenecks of depthwise and pointwise convolutions with PReLU, and at the end a weight for
   * each place of the face instead of an average, after Chen et al., <i>MobileFaceNets: Efficient
   * CNNs for Accurate Real-Time Face Verification on Mobile Devices</i>, 2018. The network enlarges
   * its input by itself, as {@link MobileNet} does.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param inputSize width and height of the grey input in pixels
   * @param enlargedTo width and height that the convolutions see, at least the input's and 64, and
   *     a multiple of 16; in training, no cycle can have another
   */
  record MobileFaceNet(int inputSize, int enlargedTo) implements NetworkShape {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public MobileFaceNet {
      Ranges.require("inputSize", inputSize, 8, 1024);
      Ranges.require("enlargedTo", enlargedTo, Math.max(64, inputSize), 1024);
      if (enlargedTo % 16 != 0) {
        throw new IllegalArgumentException(
            "expected enlargedTo to be a multiple of 16, found " + enlargedTo);
      }
    }
  }
}
