package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final int SIZE = 24;

  private static final Augmentation STRONG =
      new Augmentation(true, 30, 0.3, 0.2, 0.3, 0.4, 0.5, 2, 1, 0.5);

  @Test
  void noneChangesNothing() {
    byte[] pixels = pixels();
    float[] to = apply(Augmentation.none(), pixels, 1);
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i] & 0xff, to[i], 1e-3);
    }
  }

  @Test
  void flipMirrorsAboutHalf() {
    byte[] pixels = pixels();
    Augmentation flip = new Augmentation(true, 0, 0, 0, 0, 0, 0, 1, 0, 0);
    int mirrored = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] to = apply(flip, pixels, seed);
      boolean same = Math.abs(to[0] - (pixels[0] & 0xff)) < 1e-3;
      if (!same) {
        mirrored++;
        for (int x = 0; x < SIZE; x++) {
          assertEquals(pixels[SIZE - 1 - x] & 0xff, to[x], 1e-3);
        }
      }
    }
    assertEquals(100, mirrored, 30);
  }

  @Test
  void shiftMovesByWholePixelsWhenTold() {
    byte[] pixels = new byte[SIZE * SIZE];
    pixels[12 * SIZE + 12] = (byte) 255;
    float[] to = apply(new Augmentation(false, 0, 0, 0, 0.25, 0, 0, 1, 0, 0), pixels, 5);
    double sum = 0;
    for (float value : to) {
      sum += value;
    }
    assertEquals(255, sum, 1);
  }

  @Test
  void everythingFollowsFromTheRandomSource() {
    assertArrayEquals(apply(STRONG, pixels(), 3), apply(STRONG, pixels(), 3));
  }

  @Test
  void valuesStayGreyValuesWhateverIsDrawn() {
    for (int seed = 0; seed < 500; seed++) {
      for (float value : apply(STRONG, pixels(), seed)) {
        assertTrue(value >= 0 && value <= 255, "found " + value);
      }
    }
  }

  @Test
  void amountsOutOfRangeAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Augmentation(true, 0, 1.5, 0, 0, 0, 0, 1, 0, 0));
    assertEquals("expected scale from 0.0 to 0.9, found 1.5", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Augmentation(true, Double.NaN, 0, 0, 0, 0, 0, 1, 0, 0));
  }

  private static float[] apply(Augmentation augmentation, byte[] pixels, long seed) {
    float[] to = new float[SIZE * SIZE];
    augmentation.apply(pixels, SIZE, to, 0, new SplittableRandom(seed));
    return to;
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[SIZE * SIZE];
    new Random(1).nextBytes(pixels);
    return pixels;
  }
}
