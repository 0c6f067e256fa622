package org.fer4j;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.nio.ByteBuffer;

/**
 * A view on the pixels of one picture: a photograph or one moment of a video. Nothing is copied;
 * whoever hands pixels in must not change them until the call that uses the frame has returned.
 *
 * <p>Immutable itself and safe for use by many threads while nobody writes to its pixels.
 */
public final class Frame {

  /** The largest width and height, in pixels. */
  public static final int MAX_SIZE = 32_767;

  private final ByteBuffer pixels;
  private final int offset;
  private final PixelFormat format;
  private final int width;
  private final int height;
  private final int strideBytes;
  private final Chroma chroma;
  private final long timestampNanos;
  private final int rotationDegrees;

  /** Where the colour planes of NV21 and I420 begin; all zero for packed formats. */
  private record Chroma(int offsetU, int offsetV, int strideBytes, int bytesPerPixel) {
    static final Chroma NONE = new Chroma(0, 0, 0, 0);
  }

  private Frame(
      ByteBuffer pixels,
      int offset,
      PixelFormat format,
      int width,
      int height,
      int strideBytes,
      Chroma chroma,
      long timestampNanos,
      int rotationDegrees) {
    this.pixels = pixels;
    this.offset = offset;
    this.format = format;
    this.width = width;
    this.height = height;
    this.strideBytes = strideBytes;
    this.chroma = chroma;
    this.timestampNanos = timestampNanos;
    this.rotationDegrees = rotationDegrees;
  }

  /**
   * Wraps the bytes from the buffer's position on, without copying; heap or direct.
   *
   * @param pixels holds the rows from top to bottom; for NV21 and I420, the planes one after
   *     another
   * @param format how bytes form pixels
   * @param width in pixels, 1 to {@value #MAX_SIZE}
   * @param height in pixels, 1 to {@value #MAX_SIZE}
   * @param strideBytes from the beginning of one row to that of the next; at least a row's bytes.
   *     The chroma rows of NV21 have the same stride, those of I420 half of it, rounded up
   * @throws IllegalArgumentException if a number is out of its range or the buffer is too short
   */
  public static Frame of(
      ByteBuffer pixels, PixelFormat format, int width, int height, int strideBytes) {
    requireSize("width", width);
    requireSize("height", height);
    int rowBytes = width * format.bytesPerPixel();
    if (format == PixelFormat.NV21) {
      rowBytes = (width + 1) / 2 * 2;
    }
    if (strideBytes < rowBytes) {
      throw new IllegalArgumentException(
          "expected a stride of at least %d bytes for %d pixels of %s, found %d"
              .formatted(rowBytes, width, format, strideBytes));
    }
    long lumaBytes = (long) strideBytes * height;
    long needed = lumaBytes - strideBytes + (long) width * format.bytesPerPixel();
    Chroma chroma = Chroma.NONE;
    if (format.isPlanar()) {
      int chromaRows = (height + 1) / 2;
      int chromaWidth = (width + 1) / 2;
      int chromaStride =
          format == PixelFormat.NV21 ? strideBytes : strideBytes / 2 + strideBytes % 2;
      int step = format == PixelFormat.NV21 ? 2 : 1;
      long first = lumaBytes;
      long second =
          format == PixelFormat.NV21 ? first + 1 : first + (long) chromaStride * chromaRows;
      needed =
          second + (long) chromaStride * (chromaRows - 1) + (long) step * (chromaWidth - 1) + 1;
      requireBytes(pixels, needed, format, width, height, strideBytes);
      chroma =
          format == PixelFormat.NV21
              ? new Chroma((int) second, (int) first, chromaStride, step)
              : new Chroma((int) first, (int) second, chromaStride, step);
    } else {
      requireBytes(pixels, needed, format, width, height, strideBytes);
    }
    return new Frame(pixels.slice(), 0, format, width, height, strideBytes, chroma, 0, 0);
  }

  /**
   * Wraps an array whose rows follow each other without gaps.
   *
   * @throws IllegalArgumentException if a size is out of its range or the array is too short
   */
  public static Frame of(byte[] pixels, PixelFormat format, int width, int height) {
    requireSize("width", width);
    int stride = format == PixelFormat.NV21 ? (width + 1) / 2 * 2 : width * format.bytesPerPixel();
    return of(ByteBuffer.wrap(pixels), format, width, height, stride);
  }

  /**
   * Makes a frame of an image. {@code TYPE_BYTE_GRAY}, {@code TYPE_3BYTE_BGR} and {@code
   * TYPE_4BYTE_ABGR}, also premultiplied, are wrapped without copying; other grey images are
   * copied, and all other types are drawn into a BGR copy, at each call. Transparency is not
   * resolved where an image is wrapped and stands on black where it is drawn: put images that have
   * it on a background first.
   *
   * @throws IllegalArgumentException if a side is longer than {@value #MAX_SIZE} pixels
   */
  public static Frame of(BufferedImage image) {
    requireSize("width", image.getWidth());
    requireSize("height", image.getHeight());
    return switch (image.getType()) {
      case BufferedImage.TYPE_BYTE_GRAY -> wrap(image, PixelFormat.GRAY8);
      case BufferedImage.TYPE_3BYTE_BGR -> wrap(image, PixelFormat.BGR);
      case BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_4BYTE_ABGR_PRE ->
          wrap(image, PixelFormat.ABGR);
      default ->
          isGray(image.getColorModel())
              ? of(grayBytes(image), PixelFormat.GRAY8, image.getWidth(), image.getHeight())
              : wrap(drawnAsBgr(image), PixelFormat.BGR);
    };
  }

  private static boolean isGray(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getNumColorComponents() == 1
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && (model.getTransferType() == DataBuffer.TYPE_BYTE
            || model.getTransferType() == DataBuffer.TYPE_USHORT)
        && model.getComponentSize(0) >= 8;
  }

  /**
   * Copies luminance as it is stored. Drawing would take it for linear light and brighten it,
   * unlike the same picture as {@code TYPE_BYTE_GRAY}.
   */
  private static byte[] grayBytes(BufferedImage image) {
    int width = image.getWidth();
    int shift = image.getColorModel().getComponentSize(0) - 8;
    byte[] pixels = new byte[width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) (row[x] >> shift);
      }
    }
    return pixels;
  }

  private static Frame wrap(BufferedImage image, PixelFormat format) {
    Raster raster = image.getRaster();
    ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
    DataBufferByte data = (DataBufferByte) raster.getDataBuffer();
    int firstBand = Integer.MAX_VALUE;
    for (int bandOffset : model.getBandOffsets()) {
      firstBand = Math.min(firstBand, bandOffset);
    }
    int begin =
        data.getOffset()
            + firstBand
            - raster.getSampleModelTranslateY() * model.getScanlineStride()
            - raster.getSampleModelTranslateX() * model.getPixelStride();
    byte[] bytes = data.getData();
    return of(
        ByteBuffer.wrap(bytes, begin, bytes.length - begin),
        format,
        image.getWidth(),
        image.getHeight(),
        model.getScanlineStride());
  }

  private static BufferedImage drawnAsBgr(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = copy.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return copy;
  }

  /** Returns the same pixels with the moment at which they were captured, on any steady clock. */
  public Frame withTimestampNanos(long timestampNanos) {
    return new Frame(
        pixels,
        offset,
        format,
        width,
        height,
        strideBytes,
        chroma,
        timestampNanos,
        rotationDegrees);
  }

  /**
   * Returns the same pixels with the turn that makes the picture upright, as cameras report it.
   * Only how faces are looked for changes: coordinates stay those of the pixels as they are stored.
   *
   * @param rotationDegrees clockwise: 0, 90, 180 or 270
   * @throws IllegalArgumentException for any other value
   */
  public Frame withRotationDegrees(int rotationDegrees) {
    requireRotation(rotationDegrees);
    return new Frame(
        pixels,
        offset,
        format,
        width,
        height,
        strideBytes,
        chroma,
        timestampNanos,
        rotationDegrees);
  }

  /**
   * Returns a view on a part of this frame; nothing is copied.
   *
   * @param x left edge in pixels; even for NV21 and I420
   * @param y top edge in pixels; even for NV21 and I420
   * @throws IllegalArgumentException if the part is empty, leaves the frame, or begins at an odd
   *     pixel of a planar format
   */
  public Frame view(int x, int y, int width, int height) {
    if (x < 0
        || y < 0
        || width < 1
        || height < 1
        || width > this.width - x
        || height > this.height - y) {
      throw new IllegalArgumentException(
          "expected a part inside the frame of %d x %d pixels, found x %d, y %d, %d x %d pixels"
              .formatted(this.width, this.height, x, y, width, height));
    }
    Chroma part = chroma;
    if (format.isPlanar()) {
      if ((x | y) % 2 != 0) {
        throw new IllegalArgumentException(
            "expected even x and y for a part of %s, found x %d, y %d".formatted(format, x, y));
      }
      int shift = y / 2 * chroma.strideBytes + x / 2 * chroma.bytesPerPixel;
      part =
          new Chroma(
              chroma.offsetU + shift,
              chroma.offsetV + shift,
              chroma.strideBytes,
              chroma.bytesPerPixel);
    }
    int begin = offset + y * strideBytes + x * format.bytesPerPixel();
    return new Frame(
        pixels, begin, format, width, height, strideBytes, part, timestampNanos, rotationDegrees);
  }

  /** Returns the width in pixels, at least 1. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels, at least 1. */
  public int height() {
    return height;
  }

  /** Returns how bytes form pixels. */
  public PixelFormat format() {
    return format;
  }

  /** Returns the bytes from one row to the next; for NV21 and I420, of the luma plane. */
  public int strideBytes() {
    return strideBytes;
  }

  /** Returns the moment of capture on the caller's clock; 0 if none was given. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** Returns how far clockwise the picture must be turned to be upright: 0, 90, 180 or 270. */
  public int rotationDegrees() {
    return rotationDegrees;
  }

  /**
   * Returns the buffer that holds the pixels, for absolute reads only; its position means nothing.
   * The first pixel is at {@link #offset()}.
   */
  public ByteBuffer pixels() {
    return pixels;
  }

  /** Returns the index in {@link #pixels()} of the first byte of the first pixel. */
  public int offset() {
    return offset;
  }

  /** Returns the index of the first byte of the U plane; only for NV21 and I420. */
  public int offsetU() {
    return chroma.offsetU;
  }

  /** Returns the index of the first byte of the V plane; only for NV21 and I420. */
  public int offsetV() {
    return chroma.offsetV;
  }

  /** Returns the bytes from one row of a colour plane to the next; only for NV21 and I420. */
  public int chromaStrideBytes() {
    return chroma.strideBytes;
  }

  /** Returns the bytes from one value of a colour plane to the next; only for NV21 and I420. */
  public int chromaBytesPerPixel() {
    return chroma.bytesPerPixel;
  }

  /** Returns, for example, {@code Frame[640 x 480 BGR]}. */
  @Override
  public String toString() {
    return "Frame[%d x %d %s]".formatted(width, height, format);
  }

  static void requireRotation(int degrees) {
    if (degrees < 0 || degrees > 270 || degrees % 90 != 0) {
      throw new IllegalArgumentException(
          "expected a rotation of 0, 90, 180 or 270 degrees, found " + degrees);
    }
  }

  private static void requireSize(String name, int value) {
    if (value < 1 || value > MAX_SIZE) {
      throw new IllegalArgumentException(
          "expected a %s of 1 to %d pixels, found %d".formatted(name, MAX_SIZE, value));
    }
  }

  private static void requireBytes(
      ByteBuffer pixels, long needed, PixelFormat format, int width, int height, int strideBytes) {
    if (pixels.remaining() < needed) {
      throw new IllegalArgumentException(
          "expected at least %d bytes for %d x %d pixels of %s with a stride of %d, found %d"
              .formatted(needed, width, height, format, strideBytes, pixels.remaining()));
    }
  }
}
