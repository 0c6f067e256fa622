package org.fer4j.training.evaluation;

import java.util.Arrays;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;

/**
 * A copy of a frame's bytes, row by row without gaps, and what pictures suffer.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class Pixels {

  /** Where a Gaussian is cut off, in standard deviations: less than 0.3 % is lost. */
  private static final double GAUSSIAN_REACH = 3;

  private final byte[] values;
  private final PixelFormat format;
  private final int width;
  private final int height;

  /** Tells whether a pixel is in some area. */
  @FunctionalInterface
  interface Area {
    boolean contains(int x, int y);
  }

  /** How much a neighbour at some distance counts. */
  @FunctionalInterface
  private interface Kernel {
    double weight(double distance);
  }

  /** The neighbours that make one new value. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Taps(int first, float[] weights) {}

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
    double reach = GAUSSIAN_REACH * sigma;
    Kernel gaussian = distance -> Math.exp(-distance * distance / (2 * sigma * sigma));
    return filtered(taps(width, width, reach, gaussian), taps(height, height, reach, gaussian));
  }

  /** Scales with linear interpolation, and averages all pixels where it scales down. */
  Pixels resized(int newWidth, int newHeight) {
    return filtered(linear(width, newWidth), linear(height, newHeight));
  }

  private static Taps[] linear(int length, int newLength) {
    double reach = Math.max(1, (double) length / newLength);
    return taps(length, newLength, reach, distance -> 1 - distance / reach);
  }

  /** Pixels beyond the edge don't count. */
  private static Taps[] taps(int length, int newLength, double reach, Kernel kernel) {
    Taps[] taps = new Taps[newLength];
    for (int i = 0; i < newLength; i++) {
      double center = (i + 0.5) * length / newLength - 0.5;
      int first = Math.max(0, (int) Math.ceil(center - reach));
      int last = Math.min(length - 1, (int) Math.floor(center + reach));
      float[] weights = new float[last - first + 1];
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) kernel.weight(Math.abs(first + k - center));
        sum += weights[k];
      }
      for (int k = 0; k < weights.length; k++) {
        weights[k] /= (float) sum;
      }
      taps[i] = new Taps(first, weights);
    }
    return taps;
  }

  private Pixels filtered(Taps[] across, Taps[] down) {
    int bytes = format.bytesPerPixel();
    int newRow = across.length * bytes;
    float[] rows = new float[height * newRow];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < newRow; i++) {
        Taps taps = across[i / bytes];
        int at = (y * width + taps.first()) * bytes + i % bytes;
        float sum = 0;
        for (float weight : taps.weights()) {
          sum += weight * (values[at] & 0xff);
          at += bytes;
        }
        rows[y * newRow + i] = sum;
      }
    }
    byte[] changed = new byte[down.length * newRow];
    for (int y = 0; y < down.length; y++) {
      for (int i = 0; i < newRow; i++) {
        int at = down[y].first() * newRow + i;
        float sum = 0;
        for (float weight : down[y].weights()) {
          sum += weight * rows[at];
          at += newRow;
        }
        changed[y * newRow + i] = (byte) Math.min(255, Math.round(sum));
      }
    }
    return new Pixels(changed, format, across.length, down.length);
  }
}
