package org.fer4j.training;

import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.InputSpec;

/**
 * Reads images as grey squares, through what a network reads them through when it is used.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class GreySampler {

  /** Training has time to hear every pixel of large images, which live frames have not. */
  private static final int MAX_TAPS = 16;

  private final TensorSampler sampler;
  private final FloatBuffer values;

  /**
   * Creates a sampler.
   *
   * @param size of a side of the squares in pixels, 1 to 4096
   */
  public GreySampler(int size) {
    InputSpec grey =
        new InputSpec(
            "grey",
            InputSpec.Layout.NCHW,
            size,
            InputSpec.Color.GRAY,
            List.of(0f),
            List.of(1f),
            InputSpec.Border.REPLICATE);
    sampler = new TensorSampler(grey, MAX_TAPS);
    values = FloatBuffer.allocate(grey.length());
  }

  /** Does the same as {@link #wholeImage(Frame)}. */
  byte[] wholeImage(BufferedImage image) {
    return wholeImage(Frame.of(image));
  }

  /**
   * Returns the smallest square around the whole image as unsigned bytes, row by row; the pixels at
   * the edges fill what the image does not cover.
   */
  public byte[] wholeImage(Frame frame) {
    sampler.sample(frame, RotatedSquare.around(frame), values, 0);
    byte[] pixels = new byte[values.capacity()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(values.get(i));
    }
    return pixels;
  }
}
