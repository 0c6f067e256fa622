package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.RotatedSquare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptionTest {

  private static final int SIZE = 48;

  /** Waves with noise on them, from 60 to 150, so that nothing is cut off at a gain of 1.6. */
  private static byte[] picture(int size, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[size * size];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / size;
      double wave = Math.sin(12.0 * (i % size) / size) * Math.cos(9.0 * row / size);
      pixels[i] = (byte) (105 + 35 * wave + random.nextInt(21) - 10);
    }
    return pixels;
  }

  private static byte[] corrupted(Corruption corruption, byte[] pixels, int size, int strength) {
    Frame frame = Frame.of(pixels, PixelFormat.GRAY8, size, size);
    return bytes(corruption.apply(frame, RotatedSquare.around(frame), strength));
  }

  private static byte[] bytes(Frame frame) {
    byte[] bytes = new byte[frame.pixels().limit()];
    frame.pixels().get(0, bytes);
    return bytes;
  }

  private static double mean(byte[] pixels) {
    double sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xff;
    }
    return sum / pixels.length;
  }

  private static double gradientEnergy(byte[] pixels, int size) {
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (i % size < size - 1) {
        double step = (pixels[i + 1] & 0xff) - (pixels[i] & 0xff);
        sum += step * step;
      }
    }
    return sum;
  }

  private static int changes(byte[] before, byte[] after) {
    int changes = 0;
    for (int i = 0; i < before.length; i++) {
      changes += before[i] == after[i] ? 0 : 1;
    }
    return changes;
  }

  @ParameterizedTest
  @EnumSource
  void samePictureIsChangedTheSameWay(Corruption corruption) {
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      byte[] picture = picture(SIZE, 1);
      byte[] copy = picture.clone();
      byte[] once = corrupted(corruption, picture, SIZE, strength);
      assertArrayEquals(once, corrupted(corruption, copy, SIZE, strength));
      assertArrayEquals(copy, picture, "the picture itself stays as it is");
      assertTrue(changes(picture, once) > 0.02 * picture.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void strongerIsFartherFromThePicture(Corruption corruption) {
    byte[] picture = picture(SIZE, 2);
    double last = 0;
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      byte[] after = corrupted(corruption, picture, SIZE, strength);
      double distance = 0;
      for (int i = 0; i < after.length; i++) {
        distance += Math.abs((after[i] & 0xff) - (picture[i] & 0xff));
      }
      assertTrue(distance > last, corruption + " " + strength);
      last = distance;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN_BLUR", "LOW_RESOLUTION"})
  void detailIsLostAndLightIsKept(Corruption corruption) {
    byte[] picture = picture(SIZE, 3);
    double last = gradientEnergy(picture, SIZE);
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      byte[] after = corrupted(corruption, picture, SIZE, strength);
      double energy = gradientEnergy(after, SIZE);
      assertTrue(energy < last, corruption + " " + strength);
      assertEquals(mean(picture), mean(after), 1.5);
      last = energy;
    }
  }

  @Test
  void gainsMultiply() {
    byte[] pixels = {(byte) 100, (byte) 200, 0, (byte) 255};
    assertArrayEquals(
        new byte[] {70, (byte) 140, 0, (byte) 179}, corrupted(Corruption.DARK, pixels, 2, 1));
    assertArrayEquals(
        new byte[] {120, (byte) 240, 0, (byte) 255}, corrupted(Corruption.BRIGHT, pixels, 2, 1));
  }

  @Test
  void occlusionCoversItsShareInOneGrey() {
    for (int seed = 0; seed < 5; seed++) {
      byte[] black = new byte[SIZE * SIZE];
      black[0] = (byte) (seed + 1);
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        byte[] after = corrupted(Corruption.OCCLUSION, black, SIZE, strength);
        double share = (double) changes(black, after) / black.length;
        assertEquals(Corruption.OCCLUSION.amounts().get(strength - 1), share, 0.02);
        assertTrue(Arrays.equals(after, corrupted(Corruption.OCCLUSION, black, SIZE, strength)));
      }
    }
    assertNotEquals(
        firstChange(picture(SIZE, 5)), firstChange(picture(SIZE, 6)), "another picture");
  }

  private static int firstChange(byte[] picture) {
    return Arrays.mismatch(picture, corrupted(Corruption.OCCLUSION, picture, SIZE, 5));
  }

  @Test
  void occlusionStaysInTheFacesSquare() {
    byte[] black = new byte[100 * 100];
    Frame frame = Frame.of(black, PixelFormat.GRAY8, 100, 100);
    RotatedSquare face = new RotatedSquare(70, 30, 40, 30);
    byte[] after = bytes(Corruption.OCCLUSION.apply(frame, face, 5));
    assertEquals(0.25 * 40 * 40, changes(black, after), 15);
    for (int i = 0; i < after.length; i++) {
      if (after[i] != 0) {
        int row = i / 100;
        assertTrue(Math.hypot(i % 100 - 70, row - 30) < 30, "at " + i);
      }
    }
  }

  /** A face of twice the size is blurred twice as wide, so that the classifier sees the same. */
  @Test
  void strengthsAreRelativeToTheFace() {
    byte[] edge = new byte[SIZE * SIZE];
    byte[] largeEdge = new byte[4 * SIZE * SIZE];
    for (int i = 0; i < largeEdge.length; i++) {
      largeEdge[i] = i % (2 * SIZE) < SIZE ? 0 : (byte) 200;
      edge[i / 4] = i / 4 % SIZE < SIZE / 2 ? 0 : (byte) 200;
    }
    byte[] small = corrupted(Corruption.GAUSSIAN_BLUR, edge, SIZE, 5);
    byte[] large = corrupted(Corruption.GAUSSIAN_BLUR, largeEdge, 2 * SIZE, 5);
    for (int x = 0; x < SIZE; x++) {
      double there = ((large[2 * x] & 0xff) + (large[2 * x + 1] & 0xff)) / 2.0;
      assertEquals(small[x] & 0xff, there, 3);
    }
  }

  @Test
  void coloursAreFilteredApart() {
    byte[] pixels = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
      pixels[i + 1] = (byte) 100;
      pixels[i + 2] = (byte) 50;
    }
    Frame frame = Frame.of(pixels, PixelFormat.BGR, SIZE, SIZE);
    for (Corruption corruption :
        new Corruption[] {Corruption.GAUSSIAN_BLUR, Corruption.LOW_RESOLUTION}) {
      assertArrayEquals(pixels, bytes(corruption.apply(frame, RotatedSquare.around(frame), 5)));
    }
  }

  @Test
  void smallFacesAreNotScaledDown() {
    byte[] picture = picture(20, 7);
    assertArrayEquals(picture, corrupted(Corruption.LOW_RESOLUTION, picture, 20, 1));
  }

  @Test
  void onlyFiveStrengthsOfPackedPixels() {
    Frame grey = Frame.of(new byte[4], PixelFormat.GRAY8, 2, 2);
    Frame planar = Frame.of(new byte[6], PixelFormat.I420, 2, 2);
    RotatedSquare face = RotatedSquare.around(grey);
    for (int strength : new int[] {0, 6}) {
      assertThrows(
          IllegalArgumentException.class, () -> Corruption.DARK.apply(grey, face, strength));
    }
    assertThrows(IllegalArgumentException.class, () -> Corruption.DARK.apply(planar, face, 1));
    for (Corruption corruption : Corruption.all()) {
      assertEquals(Corruption.STRENGTHS, corruption.amounts().size());
    }
  }
}
