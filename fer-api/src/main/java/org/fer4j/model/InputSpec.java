package org.fer4j.model;

import java.util.List;

/**
 * How pixels become a network's input: value = (pixel - mean) / std for each channel, with pixels
 * from 0 to 255.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name of the input in the network
 * @param layout order of the tensor's dimensions
 * @param size width and height in pixels, 1 to 4096
 * @param color which channels, in which order
 * @param mean for each channel, in pixel values
 * @param std for each channel, in pixel values, above 0
 * @param border what stands beyond the frame's edges
 */
public record InputSpec(
    String name,
    Layout layout,
    int size,
    Color color,
    List<Float> mean,
    List<Float> std,
    Border border)
    implements TensorSpec {

  /**
   * The order of a tensor's dimensions: batch, channels, height, width.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum Layout {
    NCHW,
    NHWC
  }

  /**
   * The channels of a network's input.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum Color {
    /** One channel, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
    GRAY(1),
    RGB(3),
    BGR(3);

    private final int channels;

    Color(int channels) {
      this.channels = channels;
    }

    /** Returns the number of channels. */
    public int channels() {
      return channels;
    }
  }

  /**
   * What a network sees beyond the edges of a frame.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum Border {
    /** Black: pixel value 0. */
    ZERO,
    /** The nearest pixel of the frame. */
    REPLICATE
  }

  /**
   * Checks the ranges and copies the lists.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public InputSpec {
    if (size < 1 || size > 4096) {
      throw new IllegalArgumentException(
          "expected an input of 1 to 4096 pixels a side, found " + size);
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != color.channels() || std.size() != color.channels()) {
      throw new IllegalArgumentException(
          "expected %d values of mean and std for %s, found %d and %d"
              .formatted(color.channels(), color, mean.size(), std.size()));
    }
    for (int i = 0; i < mean.size(); i++) {
      if (!Float.isFinite(mean.get(i)) || !Float.isFinite(std.get(i)) || !(std.get(i) > 0)) {
        throw new IllegalArgumentException(
            "expected a finite mean and a finite std above 0, found %s and %s"
                .formatted(mean.get(i), std.get(i)));
      }
    }
  }

  /** Returns the number of values of one image. */
  @Override
  public int length() {
    return size * size * color.channels();
  }

  /** Returns the tensor's shape for a batch. */
  @Override
  public long[] shape(int batch) {
    return layout == Layout.NCHW
        ? new long[] {batch, color.channels(), size, size}
        : new long[] {batch, size, size, color.channels()};
  }
}
