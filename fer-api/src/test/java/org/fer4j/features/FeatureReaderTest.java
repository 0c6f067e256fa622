package org.fer4j.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.PixelFormat;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.junit.jupiter.api.Test;

class FeatureReaderTest {

  private static final CropRule RULE =
      new CropRule(
          Map.of("right_eye", new Point(0.3f, 0.4f), "left_eye", new Point(0.7f, 0.4f)),
          0,
          -0.1f,
          1.25f);

  /** Finds no points in faces whose box is smaller than 50 pixels. */
  private final class FakeLandmarks implements LandmarkDetector {

    @Override
    public List<Optional<FaceMesh>> detect(Frame frame, List<Face> faces) {
      asked.add(faces);
      List<Optional<FaceMesh>> meshes = new ArrayList<>();
      for (Face face : faces) {
        float[] points = new float[3 * FaceMesh.SIZE];
        for (int i = 0; i < FaceMesh.SIZE; i++) {
          points[3 * i] = face.box().centerX() + i % 20;
          points[3 * i + 1] = face.box().centerY() + i / 20f;
        }
        meshes.add(
            face.box().width() < 50 ? Optional.empty() : Optional.of(FaceMesh.of(0.8f, points)));
      }
      return meshes;
    }

    @Override
    public void close() {
      throw new AssertionError("the reader closes nothing");
    }
  }

  private final List<List<Face>> asked = new ArrayList<>();
  private final FeatureReader reader = new FeatureReader(new FakeLandmarks(), RULE);
  private final Frame frame = Frame.of(new byte[200 * 200], PixelFormat.GRAY8, 200, 200);

  /** A box of 80 pixels whose crop is 100 wide and lies 8 pixels higher. */
  @Test
  void looksForPointsWhereTheRuleWouldHaveCutTheFaceFrom() {
    reader.read(List.of(new FaceCrop(frame, new RotatedSquare(100, 92, 100, 0))));
    Face face = asked.get(0).get(0);
    assertEquals(100, face.box().centerX(), 1e-3);
    assertEquals(100, face.box().centerY(), 1e-3);
    assertEquals(80, face.box().width(), 1e-3);
    assertEquals(80, face.box().height(), 1e-3);
    assertEquals(new Point(80, 82), face.keypoints().point("right_eye").orElseThrow());
    assertEquals(new Point(120, 82), face.keypoints().point("left_eye").orElseThrow());
  }

  @Test
  void measuresAppearanceWhereNoPointsAreFound() {
    List<FacialFeatures> found =
        reader.read(
            List.of(
                new FaceCrop(frame, new RotatedSquare(100, 92, 100, 0)),
                new FaceCrop(frame, new RotatedSquare(100, 92, 40, 20))));
    assertEquals(1, asked.size());
    assertTrue(found.get(0).hasGeometry());
    assertEquals(0.8f, found.get(0).presence());
    assertFalse(found.get(1).hasGeometry());
    assertEquals(0, found.get(1).presence());
  }

  @Test
  void asksOnceForEachFrame() {
    Frame other = Frame.of(new byte[200 * 200], PixelFormat.GRAY8, 200, 200);
    RotatedSquare square = new RotatedSquare(100, 92, 100, 0);
    reader.read(
        List.of(
            new FaceCrop(frame, square), new FaceCrop(other, square), new FaceCrop(other, square)));
    assertEquals(List.of(1, 2), asked.stream().map(List::size).toList());
  }

  @Test
  void needsTheEyesInTheRule() {
    CropRule blind = new CropRule(Map.of("mouth", new Point(0.5f, 0.8f)), 0, 0, 1);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new FeatureReader(new FakeLandmarks(), blind));
    assertEquals(
        "expected 'right_eye' in the crop rule of a classifier of features, found [mouth]",
        refusal.getMessage());
  }
}
