package org.fer4j.training.evaluation;

import java.util.Arrays;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.training.internal.Filter;

/**
 * A copy of a frame's bytes, row by row without gaps, and what pictures suffer.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class Pixels {

  private final byte[] values;
  private final PixelFormat format;
  private final int width;
  private final int height;

  /** Tells whether a pixel is in some area. */
  @FunctionalInterface
  interface Area {
    boolean contains(int x, int y);
  }

  private Pixels(byte[] values, PixelFormat format, int width, int height) {
    this.values = values;
    this.format = format;
    this.width = width;
    this.height = height;
  }

  /**
   * Copies a frame.
   *
   * @throws IllegalArgumentException if its format is planar
   */
  static Pixels of(Frame frame) {
    PixelFormat format = frame.format();
    if (format.isPlanar()) {
      throw new IllegalArgumentException(
          "expected a frame of one, three or four bytes a pixel, found " + format);
    }
    int rowBytes = frame.width() * format.bytesPerPixel();
    byte[] values = new byte[rowBytes * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      int row = frame.offset() + y * frame.strideBytes();
      frame.pixels().get(row, values, y * rowBytes, rowBytes);
    }
    return new Pixels(values, format, frame.width(), frame.height());
  }

  Frame toFrame() {
    return Frame.of(values, format, width, height);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns a number that is the same for the same picture, wherever it was read from. */
  long contentHash() {
    return Arrays.hashCode(values);
  }

  Pixels multiplied(double gain) {
    byte[] changed = new byte[values.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (byte) Math.min(255, Math.round((values[i] & 0xff) * gain));
    }
    return new Pixels(changed, format, width, height);
  }

  Pixels painted(Area area, int grey) {
    byte[] changed = values.clone();
    int bytes = format.bytesPerPixel();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (area.contains(x, y)) {
          int first = (y * width + x) * bytes;
          Arrays.fill(changed, first, first + bytes, (byte) grey);
        }
      }
    }
    return new Pixels(changed, format, width, height);
  }

  /** Filters with a Gaussian of this standard deviation in pixels. */
  Pixels blurred(double sigma) {
    return filtered(Filter.gaussian(width, sigma), Filter.gaussian(height, sigma));
  }

  /** Scales with linear interpolation, and averages all pixels where it scales down. */
  Pixels resized(int newWidth, int newHeight) {
    return filtered(Filter.linear(width, newWidth), Filter.linear(height, newHeight));
  }

  private Pixels filtered(Filter across, Filter down) {
    float[] from = new float[values.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = values[i] & 0xff;
    }
    float[] to = Filter.apply(from, format.bytesPerPixel(), across, down);
    byte[] changed = new byte[to.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (byte) Math.min(255, Math.round(to[i]));
    }
    return new Pixels(changed, format, across.newLength(), down.newLength());
  }
}
