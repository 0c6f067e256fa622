package org.fer4j.training.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.fer4j.Frame;
import org.fer4j.training.GreySampler;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final int PICTURES = 60;

  private final GreySampler sampler = new GreySampler(Fingerprint.SIDE);

  private Fingerprint of(BufferedImage image) {
    Frame frame = Frame.of(image);
    return Fingerprint.of(frame, sampler.wholeImage(frame));
  }

  private static int distance(Fingerprint a, Fingerprint b) {
    return Long.bitCount(a.hash() ^ b.hash());
  }

  @Test
  void lightAndCompressionKeepThePictureButNotThePixels() {
    for (int seed = 0; seed < PICTURES; seed++) {
      Fingerprint original = of(Faces.picture(seed));
      BufferedImage dimmed = Faces.lit(Faces.picture(seed), 0.8f, 10);
      for (BufferedImage changed : new BufferedImage[] {dimmed, Faces.compressed(dimmed, 0.8f)}) {
        Fingerprint other = of(changed);
        assertNotEquals(original.pixels(), other.pixels());
        assertTrue(distance(original, other) <= NearHashes.MAX_DISTANCE, "picture " + seed);
        double likeness = Likeness.of(original.grey(), other.grey());
        assertTrue(likeness >= Likeness.SAME_PICTURE, "picture %d: %f".formatted(seed, likeness));
      }
    }
  }

  @Test
  void aShiftOfAPixelKeepsTheLikeness() {
    for (int seed = 0; seed < PICTURES; seed++) {
      byte[] shifted = of(Faces.picture(seed, 1)).grey();
      double likeness = Likeness.of(of(Faces.picture(seed)).grey(), shifted);
      assertTrue(likeness >= Likeness.SAME_PICTURE, "picture %d: %f".formatted(seed, likeness));
    }
  }

  @Test
  void otherPicturesDiffer() {
    for (int seed = 0; seed < PICTURES; seed++) {
      Fingerprint one = of(Faces.picture(seed));
      Fingerprint other = of(Faces.picture(seed + PICTURES));
      assertTrue(distance(one, other) > NearHashes.MAX_DISTANCE, "pictures " + seed);
      assertTrue(Likeness.of(one.grey(), other.grey()) < 0.8, "pictures " + seed);
    }
  }

  @Test
  void pixelsAreEqualWhereverTheyLie() {
    BufferedImage large = new BufferedImage(60, 50, BufferedImage.TYPE_BYTE_GRAY);
    large.setData(Faces.picture(3).getData());
    assertEquals(of(Faces.picture(3)).pixels(), of(large.getSubimage(0, 0, 48, 48)).pixels());
    assertNotEquals(of(Faces.picture(3)).pixels(), of(large).pixels());
  }

  @Test
  void oneGreyIsLikeNothing() {
    byte[] blank = of(Faces.blank(90)).grey();
    assertEquals(0, Likeness.of(blank, of(Faces.picture(1)).grey()));
    assertEquals(0, Likeness.of(blank, blank));
  }
}
