package org.fer4j.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {

  private static final int SIDE = 400;
  private static final FeatureLayout LAYOUT = FeatureLayout.current();

  private final FeatureExtractor extractor = new FeatureExtractor();
  private final float[] face = someFace();
  private final Frame picture = picture(Placement.NONE);

  /** Where a picture and the points on it go: scaled and turned about the middle, then moved. */
  private record Placement(double scale, double degrees, double dx, double dy) {

    static final Placement NONE = new Placement(1, 0, 0, 0);

    Point to(double x, double y) {
      double cosine = Math.cos(Math.toRadians(degrees)) * scale;
      double sine = Math.sin(Math.toRadians(degrees)) * scale;
      double u = x - SIDE / 2.0;
      double v = y - SIDE / 2.0;
      return new Point(
          (float) (SIDE / 2.0 + dx + u * cosine - v * sine),
          (float) (SIDE / 2.0 + dy + u * sine + v * cosine));
    }

    Placement inverse() {
      Placement back = new Placement(1 / scale, -degrees, 0, 0);
      Point origin = back.to(SIDE / 2.0 - dx, SIDE / 2.0 - dy);
      return new Placement(1 / scale, -degrees, origin.x() - SIDE / 2.0, origin.y() - SIDE / 2.0);
    }

    float[] to(float[] mesh) {
      float[] placed = mesh.clone();
      for (int i = 0; i < mesh.length; i += 3) {
        Point point = to(mesh[i], mesh[i + 1]);
        placed[i] = point.x();
        placed[i + 1] = point.y();
        placed[i + 2] = (float) (mesh[i + 2] * scale);
      }
      return placed;
    }
  }

  /** Points at random around a face's place, but for those that its axes are taken from. */
  private static float[] someFace() {
    Random random = new Random(7);
    float[] mesh = new float[3 * FaceMesh.SIZE];
    for (int i = 0; i < mesh.length; i += 3) {
      mesh[i] = 150 + 100 * random.nextFloat();
      mesh[i + 1] = 150 + 120 * random.nextFloat();
      mesh[i + 2] = 30 * random.nextFloat();
    }
    set(mesh, 33, 165, 180, 12);
    set(mesh, 133, 190, 182, 8);
    set(mesh, 362, 212, 182, 8);
    set(mesh, 263, 236, 181, 12);
    set(mesh, 10, 199, 140, 4);
    set(mesh, 2, 201, 222, 0);
    return mesh;
  }

  private static void set(float[] mesh, int point, float x, float y, float z) {
    mesh[3 * point] = x;
    mesh[3 * point + 1] = y;
    mesh[3 * point + 2] = z;
  }

  /** A smooth picture, so that reading it elsewhere changes little. */
  private static Frame picture(Placement placement) {
    Placement back = placement.inverse();
    byte[] pixels = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        Point at = back.to(x + 0.5, y + 0.5);
        double value =
            Math.sin(at.x() / 5) * Math.cos(at.y() / 7)
                + Math.sin(at.x() / 9 + at.y() / 11)
                + at.x() / 200;
        pixels[y * SIDE + x] = (byte) Math.round(120 + 30 * value);
      }
    }
    return Frame.of(pixels, PixelFormat.GRAY8, SIDE, SIDE);
  }

  private FacialFeatures extract(Frame frame, float[] mesh) {
    return extractor.extract(frame, FaceMesh.of(1, mesh));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 31.5, -12.25",
    "1.3, 0, 0, 0",
    "0.8, 0, 0, 0",
    "1, 30, 0, 0",
    "1.2, -48, 9, 7"
  })
  void measuresTheSameWhereverHoweverLargeAndHoweverTurnedTheFaceIs(
      double scale, double degrees, double dx, double dy) {
    Placement placement = new Placement(scale, degrees, dx, dy);
    float[] expected = extract(picture, face).toArray();
    float[] found = extract(picture(placement), placement.to(face)).toArray();
    for (int i = 0; i < LAYOUT.geometryCount(); i++) {
      assertEquals(
          expected[i],
          found[i],
          1e-4f + 1e-4f * Math.abs(expected[i]),
          LAYOUT.features().get(i).name());
    }
    double similarity = similarityOfAppearance(expected, found);
    assertTrue(similarity > 0.98, "similarity " + similarity);
    // It can fail: another picture under the same points looks different.
    float[] other = extract(picture, placement.to(face)).toArray();
    double otherSimilarity = similarityOfAppearance(expected, other);
    assertTrue(otherSimilarity < 0.97, "similarity " + otherSimilarity);
  }

  /** The cosine of both vectors of appearance. */
  private static double similarityOfAppearance(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = LAYOUT.geometryCount(); i < a.length; i++) {
      product += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-25, 10, 40})
  void seesAHeadThatTurnsOrNodsFromTheFront(double degrees) {
    float[] expected = extract(picture, face).toArray();
    for (int axis = 0; axis < 2; axis++) {
      float[] found = extract(picture, turned(face, axis, degrees)).toArray();
      for (int i = 0; i < LAYOUT.geometryCount(); i++) {
        String name = LAYOUT.features().get(i).name();
        if (!name.equals("yaw") && !name.equals("pitch")) {
          assertEquals(expected[i], found[i], 1e-3f + 1e-3f * Math.abs(expected[i]), name);
        }
      }
    }
  }

  @Test
  void tellsHowTheHeadIsTurned() {
    float yaw = extract(picture, face).of("yaw");
    assertEquals(-20, extract(picture, turned(face, 1, 20)).of("yaw") - yaw, 0.5f);
    float pitch = extract(picture, face).of("pitch");
    assertEquals(20, extract(picture, turned(face, 0, 20)).of("pitch") - pitch, 0.5f);
  }

  /** Turns the points about the picture's x axis (0) or y axis (1). */
  private static float[] turned(float[] mesh, int axis, double degrees) {
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    float[] turned = mesh.clone();
    for (int i = 0; i < mesh.length; i += 3) {
      int moving = i + 1 - axis;
      double across = mesh[moving] - SIDE / 2.0;
      double depth = mesh[i + 2];
      turned[moving] = (float) (SIDE / 2.0 + across * cosine + depth * sine);
      turned[i + 2] = (float) (-across * sine + depth * cosine);
    }
    return turned;
  }

  @Test
  void measuresInEyeSpans() {
    set(face, 61, 165, 250, 12);
    set(face, 291, 236, 251, 12);
    FacialFeatures features = extract(picture, face);
    assertEquals(1, features.of("mouth_width"), 1e-3f);
    assertEquals(-0.5f, features.of("lips_61_x"), 0.05f);
    assertEquals(0.35f, features.of("eye_width_right"), 0.05f);
    assertTrue(features.hasGeometry());
  }

  @Test
  void measuresAppearanceWhereOnlyTheEyesAreKnown() {
    Point rightEye = new Point(177, 181);
    Point leftEye = new Point(224, 182);
    FacialFeatures features = extractor.extract(picture, rightEye, leftEye);
    assertFalse(features.hasGeometry());
    float[] values = features.toArray();
    for (int i = 0; i < values.length; i++) {
      assertEquals(i >= LAYOUT.geometryCount(), Float.isFinite(values[i]), "feature " + i);
    }
    assertNotEquals(features, extractor.extract(picture, leftEye, new Point(300, 182)));
  }

  @Test
  void refusesWhatIsNoFace() {
    String points = refusal(() -> extract(picture, new float[3 * FaceMesh.SIZE]));
    assertTrue(points.startsWith("expected a mesh whose eye corners"), points);
    Point eye = new Point(1, 2);
    String one = refusal(() -> extractor.extract(picture, eye, eye));
    assertTrue(one.startsWith("expected two eyes, found both at"), one);
  }

  private static String refusal(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void givesFiniteNumbersForAnEvenPicture() {
    Frame even = Frame.of(new byte[SIDE * SIDE], PixelFormat.GRAY8, SIDE, SIDE);
    for (float value : extract(even, face).toArray()) {
      assertTrue(Float.isFinite(value));
    }
  }
}
