package org.fer4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.model.InputSpec.Color;

/**
 * The pixels of one frame, each as an int of four lanes of a byte, whatever the format: luma in the
 * lowest; or red, green, blue and alpha in the order in which they are stored, the first lowest; or
 * Y, U and V. A matrix tells what the lanes are worth in each channel.
 *
 * <p>Confined to one thread.
 */
final class PixelSource {

  private enum Kind {
    LUMA,
    PACKED,
    PLANAR
  }

  /** Weights of the lanes for each channel, then what is added to a pixel of the frame. */
  final float[][] matrix = new float[3][5];

  int width;
  int height;

  private Kind kind = Kind.LUMA;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int offset;
  private int stride;
  private int step;
  private int lastInt;
  private int offsetU;
  private int offsetV;
  private int chromaStride;
  private int chromaStep;

  void bind(Frame frame, Color color) {
    width = frame.width();
    height = frame.height();
    offset = frame.offset();
    stride = frame.strideBytes();
    PixelFormat format = frame.format();
    step = format.bytesPerPixel();
    boolean luma = format == PixelFormat.GRAY8 || (format.isPlanar() && color == Color.GRAY);
    kind = luma ? Kind.LUMA : format.isPlanar() ? Kind.PLANAR : Kind.PACKED;
    bytes = atLeastAnInt(frame.pixels());
    lastInt = bytes.limit() - Integer.BYTES;
    offsetU = frame.offsetU();
    offsetV = frame.offsetV();
    chromaStride = frame.chromaStrideBytes();
    chromaStep = frame.chromaBytesPerPixel();
    for (int channel = 0; channel < color.channels(); channel++) {
      fill(matrix[channel], format, color, channel);
    }
  }

  private static ByteBuffer atLeastAnInt(ByteBuffer pixels) {
    if (pixels.limit() >= Integer.BYTES) {
      return pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer padded = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < pixels.limit(); i++) {
      padded.put(i, pixels.get(i));
    }
    return padded;
  }

  private void fill(float[] row, PixelFormat format, Color color, int channel) {
    Arrays.fill(row, 0);
    switch (kind) {
      case LUMA -> row[0] = 1;
      case PLANAR -> fillFromYuv(row, color == Color.BGR ? 2 - channel : channel);
      case PACKED -> {
        if (color == Color.GRAY) {
          row[laneOf(format, 0)] = 0.299f;
          row[laneOf(format, 1)] = 0.587f;
          row[laneOf(format, 2)] = 0.114f;
        } else {
          row[laneOf(format, color == Color.BGR ? 2 - channel : channel)] = 1;
        }
      }
    }
  }

  /** ITU-T T.871 (JFIF): full range BT.601, with U and V around 128. */
  private static void fillFromYuv(float[] row, int component) {
    float u = component == 0 ? 0 : component == 1 ? -0.344136f : 1.772f;
    float v = component == 0 ? 1.402f : component == 1 ? -0.714136f : 0;
    row[0] = 1;
    row[1] = u;
    row[2] = v;
    row[4] = -128 * (u + v);
  }

  /** Returns the lane of red (0), green (1) or blue (2). */
  private static int laneOf(PixelFormat format, int component) {
    return switch (format) {
      case BGR, BGRA -> 2 - component;
      case ABGR -> 3 - component;
      default -> component;
    };
  }

  /** Returns the one lane that a channel is made of, or -1 if it is made of several. */
  int onlyLane(int channel) {
    int only = -1;
    for (int lane = 0; lane < 5; lane++) {
      if (matrix[channel][lane] != 0) {
        if (only >= 0 || lane == 4) {
          return -1;
        }
        only = lane;
      }
    }
    return only;
  }

  /** Tells whether all pixels of a row can be read as ints without a look at each. */
  boolean isFastRow(int y) {
    return kind == Kind.PACKED && y >= 0 && y < height && index(width - 1, y) <= lastInt;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int index(int x, int y) {
    return offset + y * stride + x * step;
  }

  int step() {
    return step;
  }

  /** Reads a pixel inside the frame. */
  int load(int x, int y) {
    int at = index(x, y);
    if (kind == Kind.PACKED) {
      // The last pixel of three bytes has no fourth behind it.
      return at <= lastInt ? bytes.getInt(at) : bytes.getInt(at - 1) >>> 8;
    }
    int luma = bytes.get(at) & 0xff;
    if (kind == Kind.LUMA) {
      return luma;
    }
    int chroma = (y >> 1) * chromaStride + (x >> 1) * chromaStep;
    return luma
        | ((bytes.get(offsetU + chroma) & 0xff) << 8)
        | ((bytes.get(offsetV + chroma) & 0xff) << 16);
  }

  /** Reads the pixel inside the frame that is nearest. */
  int loadNearest(int x, int y) {
    return load(Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y)));
  }

  boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }
}
