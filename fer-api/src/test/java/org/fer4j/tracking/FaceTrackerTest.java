package org.fer4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.junit.jupiter.api.Test;

class FaceTrackerTest {

  private static final long FRAME = 33_333_333;

  private final FaceTracker tracker = new FaceTracker(TrackerOptions.defaults());

  private static Face face(double x, double y, double side) {
    return Face.of(new BoundingBox((float) x, (float) y, (float) side, (float) side));
  }

  @Test
  void idsFollowFacesWhateverTheirOrder() {
    Face left = face(100, 100, 80);
    Face right = face(300, 100, 80);
    assertEquals(
        List.of(new TrackedFace(1, left, true), new TrackedFace(2, right, true)),
        tracker.update(List.of(left, right), 0));
    assertEquals(
        List.of(new TrackedFace(2, right, true), new TrackedFace(1, left, true)),
        tracker.update(List.of(right, left), FRAME));
  }

  @Test
  void predictsPlaceSizeAndKeypoints() {
    LandmarkLayout layout = new LandmarkLayout(List.of("nose"));
    for (int i = 0; i < 30; i++) {
      double side = 80 * Math.exp(0.01 * i);
      BoundingBox box = face(100 + 4 * i, 50 + 2 * i, side).box();
      Landmarks nose = Landmarks.of(layout, box.centerX(), box.centerY());
      tracker.update(List.of(new Face(box, 0.9f, nose)), i * FRAME);
    }
    TrackedFace found = tracker.predict(32 * FRAME).get(0);
    assertFalse(found.detected());
    assertEquals(1, found.id());
    assertEquals(0.9f, found.face().score());
    BoundingBox box = found.face().box();
    double side = 80 * Math.exp(0.32);
    assertEquals(228, box.x(), 0.05 * side);
    assertEquals(114, box.y(), 0.05 * side);
    assertEquals(side, box.width(), 0.05 * side);
    assertEquals(box.centerX(), found.face().keypoints().x(0), 0.1);
    assertEquals(box.centerY(), found.face().keypoints().y(0), 0.1);
  }

  @Test
  void missedFaceIsReportedForAWhileAndKeepsItsIdForLonger() {
    tracker.update(List.of(face(100, 100, 80)), 0);
    List<TrackedFace> missed = tracker.update(List.of(), 200_000_000);
    assertEquals(1, missed.size());
    assertFalse(missed.get(0).detected());
    assertEquals(List.of(), tracker.update(List.of(), 1_000_000_000));
    assertEquals(1, tracker.update(List.of(face(110, 100, 80)), 1_400_000_000L).get(0).id());
    assertEquals(2, tracker.update(List.of(face(110, 100, 80)), 3_000_000_000L).get(0).id());
  }

  @Test
  void farFaceIsAnotherOne() {
    tracker.update(List.of(face(100, 100, 80)), 0);
    assertEquals(2, tracker.update(List.of(face(300, 100, 80)), FRAME).get(0).id());
    tracker.reset();
    assertEquals(3, tracker.update(List.of(face(100, 100, 80)), 0).get(0).id());
  }

  @Test
  void becomesUnsureWithTime() {
    assertFalse(tracker.isUnsure(0));
    for (int i = 0; i < 10; i++) {
      tracker.update(List.of(face(100, 100, 80)), i * FRAME);
    }
    assertFalse(tracker.isUnsure(9 * FRAME));
    assertFalse(tracker.isUnsure(10 * FRAME));
    assertTrue(tracker.isUnsure(9 * FRAME + TrackerOptions.defaults().maxPredictedNanos()));
  }

  @Test
  void timeGoesForward() {
    tracker.update(List.of(), 5);
    var e = assertThrows(IllegalArgumentException.class, () -> tracker.predict(4));
    assertEquals(
        "expected a frame of 5 ns or later, found one of 4: frames come in the order of time",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new TrackerOptions(-1, 5));
    assertThrows(IllegalArgumentException.class, () -> new TrackerOptions(6, 5));
  }
}
