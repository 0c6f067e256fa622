package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is {@link BufferedImage#getRGB} for colour and the raster for grey. */
class FrameOfImageTest {

  private static final long SEED = 11;

  static IntStream colorTypes() {
    return IntStream.of(
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_USHORT_555_RGB,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED);
  }

  @ParameterizedTest
  @MethodSource("colorTypes")
  void pixelsOfEveryColorType(int type) {
    BufferedImage image = colored(new BufferedImage(37, 23, type));
    assertSamePixels(image, Frame.of(image));
  }

  @ParameterizedTest
  @MethodSource("colorTypes")
  void pixelsOfSubimages(int type) {
    BufferedImage image = colored(new BufferedImage(37, 23, type)).getSubimage(8, 5, 20, 11);
    assertSamePixels(image, Frame.of(image));
    BufferedImage inner = image.getSubimage(8, 3, 7, 8);
    assertSamePixels(inner, Frame.of(inner));
  }

  private static BufferedImage colored(BufferedImage image) {
    Random random = new Random(SEED);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, 0xff000000 | random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static void assertSamePixels(BufferedImage image, Frame frame) {
    assertEquals(image.getWidth(), frame.width());
    assertEquals(image.getHeight(), frame.height());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int expected = image.getRGB(x, y);
        int found = rgb(frame, x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          assertEquals(
              expected >> shift & 0xff,
              found >> shift & 0xff,
              roundingOf(image),
              "at " + x + ", " + y);
        }
      }
    }
  }

  /** Five and six bits become eight in more than one way; all other types are exact. */
  private static int roundingOf(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_USHORT_565_RGB
            || image.getType() == BufferedImage.TYPE_USHORT_555_RGB
        ? 1
        : 0;
  }

  private static int rgb(Frame frame, int x, int y) {
    int at = frame.offset() + y * frame.strideBytes() + x * frame.format().bytesPerPixel();
    return switch (frame.format()) {
      case GRAY8 -> (frame.pixels().get(at) & 0xff) * 0x010101;
      case BGR -> bgr(frame, at);
      case ABGR -> bgr(frame, at + 1);
      default -> throw new AssertionError("unexpected format " + frame.format());
    };
  }

  private static int bgr(Frame frame, int at) {
    return (frame.pixels().get(at) & 0xff)
        | (frame.pixels().get(at + 1) & 0xff) << 8
        | (frame.pixels().get(at + 2) & 0xff) << 16;
  }

  @Test
  void commonTypesAreWrapped() {
    assertWrapped(PixelFormat.GRAY8, BufferedImage.TYPE_BYTE_GRAY);
    assertWrapped(PixelFormat.BGR, BufferedImage.TYPE_3BYTE_BGR);
    assertWrapped(PixelFormat.ABGR, BufferedImage.TYPE_4BYTE_ABGR);
  }

  private static void assertWrapped(PixelFormat format, int type) {
    BufferedImage image = new BufferedImage(5, 4, type);
    Frame frame = Frame.of(image.getSubimage(1, 1, 3, 2));
    assertEquals(format, frame.format());
    assertEquals(0, rgb(frame, 2, 1));
    image.setRGB(3, 2, 0xffffffff);
    assertEquals(0xffffff, rgb(frame, 2, 1));
  }

  @Test
  void alphaIsIgnoredWhereColorsAreKeptApart() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.getRaster().setPixel(0, 0, new int[] {10, 20, 30, 0});
    assertEquals(0x0a141e, rgb(Frame.of(image), 0, 0));
  }

  /** Luminance stays as it is stored: no conversion between colour spaces brightens it. */
  @Test
  void grayKeepsItsValues() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    fillGray(image.getRaster(), 1);
    assertGray(Frame.of(image), 0);
    assertEquals(PixelFormat.GRAY8, Frame.of(image).format());
  }

  @Test
  void sixteenBitGrayKeepsItsUpperByte() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    fillGray(image.getRaster(), 257);
    assertGray(Frame.of(image), 0);
  }

  /** What ImageIO makes of grey PNGs with transparency. */
  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
  void grayWithAlphaKeepsItsValues(int dataType) {
    int[] bits = dataType == DataBuffer.TYPE_BYTE ? new int[] {8, 8} : new int[] {16, 16};
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            bits,
            true,
            false,
            Transparency.TRANSLUCENT,
            dataType);
    WritableRaster raster = model.createCompatibleWritableRaster(16, 16);
    fillGray(raster, dataType == DataBuffer.TYPE_BYTE ? 1 : 257);
    for (int i = 0; i < 256; i++) {
      raster.setSample(i % 16, i / 16, 1, dataType == DataBuffer.TYPE_BYTE ? 255 : 65_535);
    }
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertEquals(BufferedImage.TYPE_CUSTOM, image.getType());
    assertGray(Frame.of(image), 0);
    assertGray(Frame.of(image.getSubimage(3, 2, 13, 14)), 2 * 16 + 3);
  }

  private static void fillGray(WritableRaster raster, int factor) {
    for (int i = 0; i < 256; i++) {
      raster.setSample(i % 16, i / 16, 0, i * factor);
    }
  }

  private static void assertGray(Frame frame, int first) {
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int value = first + y * 16 + x;
        assertEquals(value * 0x010101, rgb(frame, x, y), "grey " + value);
      }
    }
  }

  /** Red, green, blue in this order have no constant in BufferedImage. */
  @Test
  void customByteOrder() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, 9, 7, 9 * 3, 3, new int[] {0, 1, 2}, null);
    BufferedImage image = colored(new BufferedImage(model, raster, false, null));
    assertEquals(BufferedImage.TYPE_CUSTOM, image.getType());
    assertSamePixels(image, Frame.of(image));
  }

  /** What ImageIO makes of PNGs with 16 bits for each colour. */
  @Test
  void sixteenBitColor() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(9, 7);
    BufferedImage image = colored(new BufferedImage(model, raster, false, null));
    assertSamePixels(image, Frame.of(image));
  }

  /** One band of a colour image: its values lie three bytes apart. */
  @Test
  void oneBandOfAnother() {
    BufferedImage colors = colored(new BufferedImage(9, 7, BufferedImage.TYPE_3BYTE_BGR));
    WritableRaster green = colors.getRaster().createWritableChild(2, 1, 6, 5, 0, 0, new int[] {1});
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    Frame frame = Frame.of(new BufferedImage(model, green, false, null));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        int value = colors.getRGB(2 + x, 1 + y) >> 8 & 0xff;
        assertEquals(value * 0x010101, rgb(frame, x, y));
      }
    }
  }

  @Test
  void packedPixelsOfUnusualMasks() {
    DirectColorModel model = new DirectColorModel(24, 0x0000ff, 0xff0000, 0x00ff00);
    BufferedImage image =
        colored(new BufferedImage(model, model.createCompatibleWritableRaster(8, 8), false, null));
    assertSamePixels(image, Frame.of(image));
  }

  @Test
  void imagesThatAreTooLongAreNamed() {
    BufferedImage image = new BufferedImage(32_768, 1, BufferedImage.TYPE_BYTE_GRAY);
    assertEquals(
        "expected a width of 1 to 32767 pixels, found 32768",
        assertThrows(IllegalArgumentException.class, () -> Frame.of(image)).getMessage());
  }
}
