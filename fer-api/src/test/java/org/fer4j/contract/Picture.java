package org.fer4j.contract;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;

/**
 * The pixels of a test, from which frames of every format and memory are made.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Picture {

  /** Stands in every byte of a frame that is no pixel, so that reading it shows. */
  private static final byte GARBAGE = (byte) 0xa5;

  private static final String PORTRAIT = "samples/astronaut.jpg";

  private final int width;
  private final int height;
  private final int[] rgb;

  /** Where the bytes of a frame stand. */
  public enum Memory {
    HEAP,
    DIRECT,
    READ_ONLY_HEAP,
    READ_ONLY_DIRECT
  }

  private Picture(int width, int height, int[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Returns the sample portrait: 512x512 pixels with one smiling face. */
  public static Picture portrait() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(PORTRAIT))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("expected " + PORTRAIT + " above the working directory");
    }
    try {
      return of(ImageIO.read(folder.resolve(PORTRAIT).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies an image's pixels. */
  public static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    return new Picture(width, height, image.getRGB(0, 0, width, height, null, 0, width));
  }

  /** Returns a picture of one colour, 0xRRGGBB. */
  public static Picture filled(int width, int height, int color) {
    int[] rgb = new int[width * height];
    Arrays.fill(rgb, color);
    return new Picture(width, height, rgb);
  }

  /** Returns a picture of independent random pixels, the hardest case for interpolation. */
  public static Picture noise(int width, int height, long seed) {
    Random random = new Random(seed);
    int[] rgb = new int[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(1 << 24);
    }
    return new Picture(width, height, rgb);
  }

  /** Returns slow waves of different directions in red, green and blue. */
  public static Picture waves(int width, int height) {
    int[] rgb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[y * width + x] =
            wave(x * 0.031 + y * 0.017) << 16 | wave(x * -0.023 + y * 0.029) << 8 | wave(y * 0.037);
      }
    }
    return new Picture(width, height, rgb);
  }

  private static int wave(double phase) {
    return (int) Math.round(128 + 100 * Math.sin(phase));
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns one component of a pixel: 0 red, 1 green, 2 blue. */
  public int component(int x, int y, int component) {
    return rgb[y * width + x] >> (16 - 8 * component) & 0xff;
  }

  /** Returns a copy of a part. */
  public Picture part(int x, int y, int partWidth, int partHeight) {
    int[] part = new int[partWidth * partHeight];
    for (int row = 0; row < partHeight; row++) {
      System.arraycopy(rgb, (y + row) * width + x, part, row * partWidth, partWidth);
    }
    return new Picture(partWidth, partHeight, part);
  }

  /** Returns this picture with another copied onto it. */
  public Picture with(Picture other, int x, int y) {
    int[] combined = rgb.clone();
    for (int row = 0; row < other.height; row++) {
      System.arraycopy(other.rgb, row * other.width, combined, (y + row) * width + x, other.width);
    }
    return new Picture(width, height, combined);
  }

  /** Returns this picture turned clockwise by 0, 90, 180 or 270 degrees. */
  public Picture turnedClockwise(int degrees) {
    if (degrees == 0) {
      return this;
    }
    int[] turned = new int[rgb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned[x * height + height - 1 - y] = rgb[y * width + x];
      }
    }
    return new Picture(/* width= */ height, /* height= */ width, turned)
        .turnedClockwise(degrees - 90);
  }

  /** Returns the means of 2x2 pixels, rounded half up; both sides must be even. */
  public Picture halved() {
    int[] half = new int[rgb.length / 4];
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        for (int c = 0; c < 3; c++) {
          int sum =
              component(2 * x, 2 * y, c)
                  + component(2 * x + 1, 2 * y, c)
                  + component(2 * x, 2 * y + 1, c)
                  + component(2 * x + 1, 2 * y + 1, c);
          half[y * (width / 2) + x] |= ((sum + 2) / 4) << (16 - 8 * c);
        }
      }
    }
    return new Picture(width / 2, height / 2, half);
  }

  /** Returns this picture without colour: every component is the rounded luma. */
  public Picture gray() {
    int[] gray = new int[rgb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        gray[y * width + x] = (int) Math.round(luma(x, y)) * 0x010101;
      }
    }
    return new Picture(width, height, gray);
  }

  private double luma(int x, int y) {
    return 0.299 * component(x, y, 0) + 0.587 * component(x, y, 1) + 0.114 * component(x, y, 2);
  }

  /** Returns a frame on the heap whose rows follow each other without gaps. */
  public Frame frame(PixelFormat format) {
    return frame(format, Memory.HEAP, 0);
  }

  /**
   * Returns a frame whose buffer begins before its pixels and ends behind them.
   *
   * @param padding pixels of garbage behind each row; even for planar formats
   */
  public Frame frame(PixelFormat format, Memory memory, int padding) {
    int columns = format.isPlanar() ? (width + 1) / 2 * 2 : width;
    int stride = (columns + padding) * format.bytesPerPixel();
    byte[] bytes = bytes(format, stride);
    boolean direct = memory == Memory.DIRECT || memory == Memory.READ_ONLY_DIRECT;
    int before = 13;
    int after = 7;
    int capacity = before + bytes.length + after;
    ByteBuffer buffer =
        direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    for (int i = 0; i < capacity; i++) {
      buffer.put(i, GARBAGE);
    }
    buffer.put(before, bytes).position(before).limit(before + bytes.length);
    boolean readOnly = memory == Memory.READ_ONLY_HEAP || memory == Memory.READ_ONLY_DIRECT;
    return Frame.of(readOnly ? buffer.asReadOnlyBuffer() : buffer, format, width, height, stride);
  }

  private byte[] bytes(PixelFormat format, int stride) {
    int chromaRows = format.isPlanar() ? (height + 1) / 2 : 0;
    int chromaStride = format == PixelFormat.NV21 ? stride : 2 * ((stride + 1) / 2);
    byte[] bytes = new byte[stride * height + chromaStride * chromaRows];
    Arrays.fill(bytes, GARBAGE);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        writePixel(format, x, y, bytes, y * stride + x * format.bytesPerPixel());
      }
    }
    int columns = (width + 1) / 2;
    for (int row = 0; row < chromaRows; row++) {
      for (int column = 0; column < columns; column++) {
        byte u = chroma(column, row, -0.168736, -0.331264, 0.5);
        byte v = chroma(column, row, 0.5, -0.418688, -0.081312);
        if (format == PixelFormat.NV21) {
          int at = stride * (height + row) + 2 * column;
          bytes[at] = v;
          bytes[at + 1] = u;
        } else {
          int half = (stride + 1) / 2;
          bytes[stride * height + half * row + column] = u;
          bytes[stride * height + half * (chromaRows + row) + column] = v;
        }
      }
    }
    return bytes;
  }

  private void writePixel(PixelFormat format, int x, int y, byte[] bytes, int at) {
    byte red = (byte) component(x, y, 0);
    byte green = (byte) component(x, y, 1);
    byte blue = (byte) component(x, y, 2);
    switch (format) {
      case GRAY8, NV21, I420 -> bytes[at] = (byte) Math.round(luma(x, y));
      case RGB, RGBA -> put(bytes, at, red, green, blue);
      case BGR, BGRA -> put(bytes, at, blue, green, red);
      case ABGR -> put(bytes, at + 1, blue, green, red);
    }
  }

  private static void put(byte[] bytes, int at, byte first, byte second, byte third) {
    bytes[at] = first;
    bytes[at + 1] = second;
    bytes[at + 2] = third;
  }

  /** Returns a colour difference of ITU-T T.871, of the mean of the pixels it stands for. */
  private byte chroma(int column, int row, double red, double green, double blue) {
    double sum = 0;
    int count = 0;
    for (int y = 2 * row; y < Math.min(height, 2 * row + 2); y++) {
      for (int x = 2 * column; x < Math.min(width, 2 * column + 2); x++) {
        sum += red * component(x, y, 0) + green * component(x, y, 1) + blue * component(x, y, 2);
        count++;
      }
    }
    return (byte) Math.max(0, Math.min(255, Math.round(128 + sum / count)));
  }
}
