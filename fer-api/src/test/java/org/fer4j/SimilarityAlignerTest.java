package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarityAlignerTest {

  private static final long SEED = 23;
  private static final Frame FRAME = Frame.of(new byte[600 * 400], PixelFormat.GRAY8, 600, 400);
  private static final BoundingBox BOX = new BoundingBox(100, 50, 40, 60);
  private static final FaceAligner ALIGNER = FaceAligner.standard();

  private static RotatedSquare align(CropRule rule, Face face) {
    FaceCrop crop = ALIGNER.align(FRAME, face, rule);
    assertSame(FRAME, crop.frame());
    return crop.square();
  }

  private static CropRule randomRule(Random random, int points) {
    Map<String, Point> template = new LinkedHashMap<>();
    for (int i = 0; i < points; i++) {
      // On a circle, so that no two fall together.
      double angle = 2 * Math.PI * (i + 0.3 * random.nextDouble()) / points;
      template.put(
          "point" + i,
          new Point(
              (float) (0.5 + 0.3 * Math.cos(angle) + 0.1 * random.nextDouble()),
              (float) (0.6 + 0.3 * Math.sin(angle))));
    }
    return new CropRule(template, 0.1f, -0.2f, 1.5f);
  }

  /** The keypoints of a face that lies in a square exactly as in the template, in random order. */
  private static Face faceIn(RotatedSquare square, CropRule rule, Random random, double noise) {
    List<String> names = new ArrayList<>(rule.template().keySet());
    names.add("elsewhere");
    Collections.shuffle(names, random);
    float[] coordinates = new float[2 * names.size()];
    for (int i = 0; i < names.size(); i++) {
      Point target = rule.template().getOrDefault(names.get(i), new Point(7, -3));
      Point there = square.toFrame(target.x(), target.y());
      coordinates[2 * i] = (float) (there.x() + noise * random.nextGaussian());
      coordinates[2 * i + 1] = (float) (there.y() + noise * random.nextGaussian());
    }
    return new Face(BOX, 1, Landmarks.of(new LandmarkLayout(names), coordinates));
  }

  @Test
  void randomSimilarityTransformsAreRecovered() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      CropRule rule = randomRule(random, 2 + random.nextInt(5));
      RotatedSquare expected = GeometryTest.randomSquare(random);
      RotatedSquare found = align(rule, faceIn(expected, rule, random, 0));
      // Keypoints are floats of up to 1000: exact to 3e-5 pixels.
      assertEquals(expected.centerX(), found.centerX(), 1e-3);
      assertEquals(expected.centerY(), found.centerY(), 1e-3);
      assertEquals(expected.size(), found.size(), 1e-3);
      double turn = Math.IEEEremainder(expected.rotationDegrees() - found.rotationDegrees(), 360);
      assertEquals(0, turn, 1e-3);
    }
  }

  /** No square near the one found brings the keypoints closer to the template. */
  @Test
  void residualIsTheLeast() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      CropRule rule = randomRule(random, 3 + random.nextInt(4));
      Face face = faceIn(GeometryTest.randomSquare(random), rule, random, 5);
      RotatedSquare found = align(rule, face);
      double least = residual(found, face, rule);
      for (int k = 0; k < 20; k++) {
        RotatedSquare other =
            new RotatedSquare(
                found.centerX() + 0.5f * (float) random.nextGaussian(),
                found.centerY() + 0.5f * (float) random.nextGaussian(),
                found.size() * (1 + 0.01f * (float) random.nextGaussian()),
                found.rotationDegrees() + 0.5f * (float) random.nextGaussian());
        assertTrue(residual(other, face, rule) >= least * (1 - 1e-5));
      }
    }
  }

  private static double residual(RotatedSquare square, Face face, CropRule rule) {
    double sum = 0;
    for (Map.Entry<String, Point> target : rule.template().entrySet()) {
      Point wanted = square.toFrame(target.getValue().x(), target.getValue().y());
      Point found = face.keypoints().point(target.getKey()).orElseThrow();
      sum += Math.pow(wanted.x() - found.x(), 2) + Math.pow(wanted.y() - found.y(), 2);
    }
    return sum;
  }

  private static final CropRule EYES =
      new CropRule(
          Map.of("right_eye", new Point(0.3f, 0.4f), "left_eye", new Point(0.7f, 0.4f)),
          0.1f,
          -0.2f,
          1.5f);

  /** The box's size is 50: its centre (120, 80) moves by 5 and -10, and the side is 75. */
  private static final RotatedSquare FROM_BOX = new RotatedSquare(125, 70, 75, 0);

  @Test
  void withoutKeypointsTheBoxCounts() {
    assertSquare(FROM_BOX, align(EYES, Face.of(BOX)));
  }

  @Test
  void withOneSharedKeypointTheBoxCounts() {
    LandmarkLayout layout = new LandmarkLayout(List.of("left_eye", "nose_tip"));
    assertSquare(FROM_BOX, align(EYES, new Face(BOX, 1, Landmarks.of(layout, 1, 2, 3, 4))));
  }

  @Test
  void withKeypointsInOnePlaceTheBoxCounts() {
    LandmarkLayout layout = new LandmarkLayout(List.of("left_eye", "right_eye"));
    assertSquare(FROM_BOX, align(EYES, new Face(BOX, 1, Landmarks.of(layout, 9, 9, 9, 9))));
  }

  @Test
  void withATemplateInOnePlaceTheBoxCounts() {
    CropRule rule =
        new CropRule(
            Map.of("right_eye", new Point(0.5f, 0.5f), "left_eye", new Point(0.5f, 0.5f)),
            0.1f,
            -0.2f,
            1.5f);
    LandmarkLayout layout = new LandmarkLayout(List.of("left_eye", "right_eye"));
    assertSquare(FROM_BOX, align(rule, new Face(BOX, 1, Landmarks.of(layout, 1, 2, 3, 4))));
  }

  @Test
  void rulesWithoutATemplateTakeTheBox() {
    CropRule rule = new CropRule(Map.of(), 0.1f, -0.2f, 1.5f);
    LandmarkLayout layout = new LandmarkLayout(List.of("left_eye", "right_eye"));
    assertSquare(FROM_BOX, align(rule, new Face(BOX, 1, Landmarks.of(layout, 1, 2, 3, 4))));
  }

  /** Up in the picture is left, down and right in the stored pixels. */
  @ParameterizedTest
  @CsvSource({"0, 125, 70", "90, 110, 75", "180, 115, 90", "270, 130, 85"})
  void shiftsOfTheBoxTurnWithThePicture(int rotation, float centerX, float centerY) {
    FaceCrop crop = ALIGNER.align(FRAME.withRotationDegrees(rotation), Face.of(BOX), EYES);
    assertSquare(new RotatedSquare(centerX, centerY, 75, -rotation), crop.square());
  }

  private static void assertSquare(RotatedSquare expected, RotatedSquare found) {
    assertEquals(expected.centerX(), found.centerX(), 1e-4, found::toString);
    assertEquals(expected.centerY(), found.centerY(), 1e-4, found::toString);
    assertEquals(expected.size(), found.size(), 1e-4, found::toString);
    assertEquals(expected.rotationDegrees(), found.rotationDegrees(), 1e-4, found::toString);
  }
}
