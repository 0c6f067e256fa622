package org.fer4j.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.model.InputSpec.Color;

/**
 * The pixels of one frame, each as an int of four lanes of a byte, whatever the format: luma in the
 * lowest; or red, green, blue in the order in which they are stored, the first lowest; or Y, U and
 * V. A matrix tells what the lanes are worth in each channel.
 *
 * <p>Confined to one thread.
 */
final class PixelSource {

  private enum Kind {
    LUMA,
    PACKED,
    PLANAR
  }

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle BUFFER_INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int CACHE_LINE = 64;

  private static final byte[] NO_ARRAY = {};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(Integer.BYTES);

  /** Weights of the lanes for each channel, then what is added to a pixel of the frame. */
  final float[][] matrix = new float[3][5];

  int width;
  int height;

  private Kind kind = Kind.LUMA;

  /** The pixels, in an array where there is one: that is faster to read. */
  private ByteBuffer bytes = NOTHING;

  private byte[] array = NO_ARRAY;
  private int offset;
  private int stride;
  private int step;
  private int lastInt;
  private int offsetU;
  private int offsetV;
  private int chromaStride;
  private int chromaStep;

  /** Where the two rows of {@link #openRows} begin in what it returned. */
  int upperStart;

  int lowerStart;

  /** Of what was read to bring it into the cache: a read whose result is unused is left out. */
  @SuppressWarnings("UnusedVariable")
  private int sumOfLines;

  /** Two rows of a frame without an array. */
  private byte[] copies = NO_ARRAY;

  void bind(Frame frame, Color color) {
    width = frame.width();
    height = frame.height();
    PixelFormat format = frame.format();
    // Alpha before the colours is skipped, so that green is in the second lane of every format.
    offset = frame.offset() + (format == PixelFormat.ABGR ? 1 : 0);
    stride = frame.strideBytes();
    step = format.bytesPerPixel();
    boolean luma = format == PixelFormat.GRAY8 || (format.isPlanar() && color == Color.GRAY);
    kind = luma ? Kind.LUMA : format.isPlanar() ? Kind.PLANAR : Kind.PACKED;
    bytes = atLeastAnInt(frame.pixels());
    lastInt = bytes.limit() - Integer.BYTES;
    offsetU = frame.offsetU();
    offsetV = frame.offsetV();
    if (bytes.hasArray()) {
      array = bytes.array();
      offset += bytes.arrayOffset();
      offsetU += bytes.arrayOffset();
      offsetV += bytes.arrayOffset();
      lastInt += bytes.arrayOffset();
    } else {
      array = NO_ARRAY;
    }
    chromaStride = frame.chromaStrideBytes();
    chromaStep = frame.chromaBytesPerPixel();
    for (int channel = 0; channel < color.channels(); channel++) {
      fill(matrix[channel], format, color, channel);
    }
  }

  private static ByteBuffer atLeastAnInt(ByteBuffer pixels) {
    if (pixels.limit() >= Integer.BYTES) {
      return pixels;
    }
    ByteBuffer padded = ByteBuffer.allocate(Integer.BYTES);
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
      case BGR, BGRA, ABGR -> 2 - component;
      default -> component;
    };
  }

  /** Lets go of the frame. */
  void release() {
    bytes = NOTHING;
    array = NO_ARRAY;
  }

  /** Tells whether the colours of a pixel stand together. */
  boolean isPacked() {
    return kind == Kind.PACKED;
  }

  /**
   * Reads one byte of each cache line around a grid, if the pixels are packed in an array. The
   * networks that ran since the frame was last read have pushed it out of the caches: these reads
   * don't wait for each other, while samples that miss the caches one by one take three times as
   * long.
   */
  void bringIntoCache(SampleGrid grid) {
    if (fastWidth() == 0) {
      return;
    }
    int left = clamp(grid.centerX - grid.reach, width);
    int right = clamp(grid.centerX + grid.reach, width);
    int top = clamp(grid.centerY - grid.reach, height);
    int bottom = clamp(grid.centerY + grid.reach, height);
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      int end = Math.min(index(right, y), lastInt + Integer.BYTES);
      for (int at = index(left, y); at < end; at += CACHE_LINE) {
        sum += array[at];
      }
    }
    sumOfLines = sum;
  }

  private static int clamp(double position, int largest) {
    return (int) Math.max(0, Math.min(largest, position));
  }

  /** Tells whether a row lies in the frame and {@link #openRows} takes it. */
  boolean hasRow(int y) {
    return y >= 0 && y < height && (array.length == 0 || index(width - 1, y) <= lastInt);
  }

  /**
   * Returns an array from which {@link #intAt} reads the pixels of two packed rows: the frame's own
   * if it has one, else one that they are copied to.
   */
  byte[] openRows(int upper, int lower) {
    if (array.length > 0) {
      upperStart = index(0, upper);
      lowerStart = index(0, lower);
      return array;
    }
    // Without what stands behind the last colour, which may be the end of the frame's memory.
    int length = (width - 1) * step + 3;
    if (copies.length < 2 * length + 1) {
      copies = new byte[2 * length + 1];
    }
    bytes.get(index(0, upper), copies, 0, length);
    bytes.get(index(0, lower), copies, length, length);
    upperStart = 0;
    lowerStart = length;
    return copies;
  }

  /**
   * Returns the width of the part that can be read by {@link #intAt} from {@link #array}; 0 if
   * there is none.
   */
  int fastWidth() {
    return isPacked() && array.length > 0 ? width : 0;
  }

  /**
   * Returns the height of the part that can be read by {@link #intAt}: the last pixel of the last
   * row may have no fourth byte.
   */
  int fastHeight() {
    return height - 1;
  }

  /** Returns the array that holds the pixels; empty if there is none. */
  byte[] array() {
    return array;
  }

  /** Returns where a pixel of a packed format, or its luma, begins. */
  int index(int x, int y) {
    return offset + y * stride + x * step;
  }

  int stride() {
    return stride;
  }

  int step() {
    return step;
  }

  /** Reads four bytes, the first lowest. */
  static int intAt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index);
  }

  private int loadInt(int index) {
    return array.length > 0 ? intAt(array, index) : (int) BUFFER_INT.get(bytes, index);
  }

  private int loadByte(int index) {
    return (array.length > 0 ? array[index] : bytes.get(index)) & 0xff;
  }

  /** Reads a pixel inside the frame. */
  int load(int x, int y) {
    int at = index(x, y);
    if (kind == Kind.PACKED) {
      // The last pixel may have no fourth byte behind its colours.
      return at <= lastInt ? loadInt(at) : loadInt(at - 1) >>> 8;
    }
    int luma = loadByte(at);
    if (kind == Kind.LUMA) {
      return luma;
    }
    int chroma = (y >> 1) * chromaStride + (x >> 1) * chromaStep;
    return luma | (loadByte(offsetU + chroma) << 8) | (loadByte(offsetV + chroma) << 16);
  }

  /** Reads the pixel inside the frame that is nearest. */
  int loadNearest(int x, int y) {
    return load(Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y)));
  }

  boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }
}
