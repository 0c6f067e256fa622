package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreyImagesTest {

  @Test
  void greyPixelsOfTheRightSizeAreTakenAsTheyAre() {
    byte[] pixels = new byte[48 * 48];
    new Random(1).nextBytes(pixels);
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, 48, 48, pixels);
    assertArrayEquals(pixels, GreyImages.square(image, 48));
  }

  @Test
  void colourBecomesLuma() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x64C832);
    int expected = Math.round(0.299f * 0x64 + 0.587f * 0xC8 + 0.114f * 0x32);
    assertEquals(expected, GreyImages.square(image, 1)[0] & 0xff);
  }

  @Test
  void shrinkingAverages() {
    BufferedImage image = new BufferedImage(80, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 80; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) % 2 == 0 ? 0 : 200);
      }
    }
    for (byte pixel : GreyImages.square(image, 10)) {
      assertEquals(100, pixel & 0xff, 2);
    }
  }

  @Test
  void enlargingKeepsAPlainImagePlain() {
    BufferedImage image = new BufferedImage(3, 5, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 3; x++) {
        image.getRaster().setSample(x, y, 0, 77);
      }
    }
    for (byte pixel : GreyImages.square(image, 48)) {
      assertEquals(77, pixel & 0xff);
    }
  }
}
