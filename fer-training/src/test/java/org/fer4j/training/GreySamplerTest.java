package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreySamplerTest {

  private static final int SIDE = 48;

  private static byte[] noise() {
    byte[] pixels = new byte[SIDE * SIDE];
    new Random(1).nextBytes(pixels);
    return pixels;
  }

  @Test
  void greyPixelsOfTheRightSizeAreTakenAsTheyAre() {
    byte[] pixels = noise();
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
    assertArrayEquals(pixels, new GreySampler(SIDE).wholeImage(image));
  }

  @Test
  void greyOf16BitsIsTheSameGrey() {
    byte[] pixels = noise();
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, (pixels[i] & 0xff) * 257);
    }
    assertArrayEquals(pixels, new GreySampler(SIDE).wholeImage(image));
  }

  @Test
  void greyWithAlphaIsTheSameGrey() {
    byte[] pixels = noise();
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            BufferedImage.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(SIDE, SIDE);
    for (int i = 0; i < pixels.length; i++) {
      raster.setSample(i % SIDE, i / SIDE, 0, pixels[i] & 0xff);
      raster.setSample(i % SIDE, i / SIDE, 1, 255);
    }
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertArrayEquals(pixels, new GreySampler(SIDE).wholeImage(image));
  }

  @Test
  void colourBecomesLuma() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x64C832);
    int expected = Math.round(0.299f * 0x64 + 0.587f * 0xC8 + 0.114f * 0x32);
    assertEquals(expected, new GreySampler(1).wholeImage(image)[0] & 0xff);
  }

  @Test
  void shrinkingAverages() {
    BufferedImage image = new BufferedImage(80, 80, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 80; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) % 2 == 0 ? 0 : 200);
      }
    }
    for (byte pixel : new GreySampler(20).wholeImage(image)) {
      assertEquals(100, pixel & 0xff);
    }
  }

  @Test
  void aWideImageKeepsItsShapeAndContinuesAtItsEdges() {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 40; x++) {
      for (int y = 0; y < 20; y++) {
        image.getRaster().setSample(x, y, 0, y < 10 ? 50 : 200);
      }
    }
    byte[] square = new GreySampler(20).wholeImage(image);
    for (int i = 0; i < square.length; i++) {
      assertEquals(i / 20 < 10 ? 50 : 200, square[i] & 0xff);
    }
    image.getRaster().setSample(0, 0, 0, 250);
    square = new GreySampler(40).wholeImage(image);
    assertEquals(250, square[0] & 0xff);
    assertEquals(250, square[10 * 40] & 0xff);
    assertEquals(50, square[11 * 40] & 0xff);
    assertEquals(50, square[1] & 0xff);
  }
}
