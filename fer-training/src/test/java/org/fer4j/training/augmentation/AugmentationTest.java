package org.fer4j.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final int SIZE = 24;

  private static final Augmentation STRONG =
      new Augmentation(
          new Geometry(true, 30, 0.3, 0.2, 0.3),
          new Light(0.4, 0.5, 2, 0.5, 0.8, 0.5, 3),
          new Occlusion(1, 0.5),
          new Quality(0.5, 0.1, 0.5, 0.2, 0.5, 40, 0.5, 0.1));

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
    Augmentation flip = moved(new Geometry(true, 0, 0, 0, 0));
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
    float[] to = apply(moved(new Geometry(false, 0, 0, 0, 0.25)), pixels, 5);
    double sum = 0;
    for (float value : to) {
      sum += value;
    }
    // The cubic's negative weights are cut off at black.
    assertEquals(255, sum, 70);
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
    var e = assertThrows(IllegalArgumentException.class, () -> new Geometry(true, 0, 1.5, 0, 0));
    assertEquals("expected scale from 0.0 to 0.9, found 1.5", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Geometry(true, Double.NaN, 0, 0, 0));
  }

  private static Augmentation moved(Geometry geometry) {
    return new Augmentation(geometry, Light.none(), Occlusion.none(), Quality.none());
  }

  private static Augmentation lit(Light light) {
    return new Augmentation(Geometry.none(), light, Occlusion.none(), Quality.none());
  }

  private static Augmentation degraded(Quality quality) {
    return new Augmentation(Geometry.none(), Light.none(), Occlusion.none(), quality);
  }

  @Test
  void exposureMultipliesByPowersOfTwo() {
    byte[] grey = new byte[SIZE * SIZE];
    Arrays.fill(grey, (byte) 100);
    boolean darker = false;
    boolean cutOff = false;
    for (int seed = 0; seed < 100; seed++) {
      float value = apply(lit(new Light(0, 0, 1, 0, 0, 1, 2)), grey, seed)[5];
      assertTrue(value >= 24.9 && value <= 255, "found " + value);
      darker |= value < 40;
      cutOff |= value == 255;
    }
    assertTrue(darker && cutOff);
  }

  @Test
  void unevenLightDiffersFromPlaceToPlaceAndNotOnAverageByMuch() {
    byte[] grey = new byte[SIZE * SIZE];
    Arrays.fill(grey, (byte) 100);
    double widest = 0;
    for (int seed = 0; seed < 100; seed++) {
      float[] to = apply(lit(new Light(0, 0, 1, 1, 0.5, 0, 0)), grey, seed);
      widest = Math.max(widest, range(to));
      assertTrue(range(to) <= 160, "found " + range(to));
    }
    assertTrue(widest > 60, "found " + widest);
  }

  @Test
  void blurAndLowResolutionTakeDetailAndKeepTheMean() {
    byte[] pixels = pixels();
    double detail = detail(apply(Augmentation.none(), pixels, 1));
    for (Quality quality :
        List.of(new Quality(1, 0.1, 0, 1, 0, 0, 0, 1), new Quality(0, 0, 1, 0.25, 0, 0, 0, 1))) {
      double least = detail;
      for (int seed = 0; seed < 50; seed++) {
        float[] to = apply(degraded(quality), pixels, seed);
        least = Math.min(least, detail(to));
        assertEquals(mean(apply(Augmentation.none(), pixels, 1)), mean(to), 6);
      }
      assertTrue(least < detail / 4, "found " + least + " of " + detail);
    }
  }

  @Test
  void compressionLeavesAnImageThatIsNearlyTheSame() {
    byte[] smooth = new byte[SIZE * SIZE];
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = (byte) (60 + 4 * (i % SIZE) + 2 * (i / SIZE));
    }
    float[] before = apply(Augmentation.none(), smooth, 1);
    float[] after = apply(degraded(new Quality(0, 0, 0, 1, 0, 0, 1, 0.5)), smooth, 1);
    double changed = 0;
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i], after[i], 25);
      changed += Math.abs(before[i] - after[i]);
    }
    assertTrue(changed > 0);
  }

  @Test
  void occlusionHidesAPartAndLeavesTheRest() {
    byte[] grey = new byte[SIZE * SIZE];
    Arrays.fill(grey, (byte) 1);
    Occlusion occlusion = new Occlusion(1, 0.3);
    int hidden = 0;
    for (int seed = 0; seed < 300; seed++) {
      float[] to =
          apply(
              new Augmentation(Geometry.none(), Light.none(), occlusion, Quality.none()),
              grey,
              seed);
      int changed = 0;
      for (float value : to) {
        changed += value == 1 ? 0 : 1;
      }
      hidden += changed;
      assertTrue(changed < 0.6 * to.length, "found " + changed + " of " + to.length);
    }
    double share = (double) hidden / (300 * SIZE * SIZE);
    assertEquals(0.16, share, 0.08);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double range(float[] values) {
    float low = 255;
    float high = 0;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  private static double detail(float[] values) {
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += Math.abs(values[i] - values[i - 1]);
    }
    return sum;
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
