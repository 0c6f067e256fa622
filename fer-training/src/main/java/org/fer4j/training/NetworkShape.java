package org.fer4j.training;

import java.util.List;

/**
 * The shape of a {@link ResidualNetwork}.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param inputSize width and height of the grey input in pixels
 * @param stemChannels channels of the first convolution, which keeps the size
 * @param stages each halves width and height with its first block
 */
public record NetworkShape(int inputSize, int stemChannels, List<Stage> stages) {

  /**
   * Blocks of the same size.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param channels of every convolution
   * @param blocks residual blocks of two convolutions, at least 1
   */
  public record Stage(int channels, int blocks) {

    /** Checks the ranges. */
    public Stage {
      Ranges.require("channels of a stage", channels, 1, 4096);
      Ranges.require("blocks of a stage", blocks, 1, 64);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public NetworkShape {
    Ranges.require("inputSize", inputSize, 8, 1024);
    Ranges.require("stemChannels", stemChannels, 1, 4096);
    Ranges.require("the number of stages", stages.size(), 1, 8);
    stages = List.copyOf(stages);
  }

  /** Returns the number of trained values. */
  public long parameters() {
    return Layers.of(this).convolutions().stream()
            .mapToLong(c -> (long) c.out() * ((long) c.in() * c.kernel() * c.kernel() + 2))
            .sum()
        + Layers.CLASSES * (lastChannels() + 1L);
  }

  /** Returns the number of multiplications with addition for one image. */
  public long multiplyAdds() {
    return Layers.of(this).convolutions().stream()
            .mapToLong(
                c -> (long) c.out() * c.in() * c.kernel() * c.kernel() * c.outSize() * c.outSize())
            .sum()
        + (long) Layers.CLASSES * lastChannels();
  }

  int lastChannels() {
    return stages.get(stages.size() - 1).channels();
  }
}
