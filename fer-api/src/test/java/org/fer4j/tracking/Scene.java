package org.fer4j.tracking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.fer4j.BoundingBox;
import org.fer4j.Face;

/**
 * Faces whose true way is known, as a detector sees them: boxes jump, some are missed, what is
 * behind another face is not seen.
 *
 * @param seconds how long it lasts
 * @param actors the nearest to the camera first
 */
record Scene(double seconds, List<Actor> actors) {

  static final double FRAMES_PER_SECOND = 30;

  private static final double MISSED = 0.05;
  private static final double NOISE = 0.04;
  private static final double HIDDEN = 0.5;

  /** Where a face is, while it is in the picture. */
  @FunctionalInterface
  interface Actor {
    Optional<BoundingBox> at(double seconds);
  }

  /** What a tracker made of a scene. */
  record Score(int visible, int misses, int switches, int strangers, double meanError) {}

  static BoundingBox box(double centerX, double centerY, double side) {
    return new BoundingBox(
        (float) (centerX - side / 2), (float) (centerY - side / 2), (float) side, (float) side);
  }

  /**
   * Plays the scene.
   *
   * @param every the detector looks at each so manieth frame
   * @return misses: visible faces without a tracked one; switches: a face has another id than
   *     before; strangers: tracked faces where none is; mean error: of the middle, in sides
   */
  Score play(FaceTracker tracker, int every, long seed) {
    Random random = new Random(seed);
    Map<Integer, Long> ids = new HashMap<>();
    int visible = 0;
    int misses = 0;
    int switches = 0;
    int strangers = 0;
    double error = 0;
    for (int frame = 0; frame < seconds * FRAMES_PER_SECOND; frame++) {
      double time = frame / FRAMES_PER_SECOND;
      long nanos = (long) (time * 1e9);
      Map<Integer, BoundingBox> truth = visibleAt(time);
      List<TrackedFace> faces =
          frame % every == 0
              ? tracker.update(detect(truth, random), nanos)
              : tracker.predict(nanos);
      List<TrackedFace> unmatched = new ArrayList<>(faces);
      for (Map.Entry<Integer, BoundingBox> actor : truth.entrySet()) {
        visible++;
        Optional<TrackedFace> nearest = nearest(unmatched, actor.getValue());
        if (nearest.isEmpty()) {
          misses++;
          continue;
        }
        unmatched.remove(nearest.get());
        error += distance(nearest.get(), actor.getValue());
        Long before = ids.put(actor.getKey(), nearest.get().id());
        switches += before != null && before != nearest.get().id() ? 1 : 0;
      }
      // One that is hidden may be where it must be.
      unmatched.removeIf(
          face -> actors.stream().anyMatch(a -> a.at(time).filter(b -> near(face, b)).isPresent()));
      strangers += unmatched.size();
    }
    return new Score(visible, misses, switches, strangers, error / (visible - misses));
  }

  private Map<Integer, BoundingBox> visibleAt(double time) {
    Map<Integer, BoundingBox> visible = new HashMap<>();
    for (int i = 0; i < actors.size(); i++) {
      Optional<BoundingBox> box = actors.get(i).at(time);
      if (box.isPresent()
          && visible.values().stream()
              .noneMatch(front -> front.intersection(box.get()) > HIDDEN * box.get().area())) {
        visible.put(i, box.get());
      }
    }
    return visible;
  }

  private static List<Face> detect(Map<Integer, BoundingBox> truth, Random random) {
    List<Face> faces = new ArrayList<>();
    for (BoundingBox box : truth.values()) {
      if (random.nextDouble() >= MISSED) {
        double noise = NOISE * box.width();
        faces.add(
            Face.of(
                box(
                    box.centerX() + noise * random.nextGaussian(),
                    box.centerY() + noise * random.nextGaussian(),
                    box.width() * Math.exp(NOISE * random.nextGaussian()))));
      }
    }
    Collections.shuffle(faces, random);
    return faces;
  }

  private static Optional<TrackedFace> nearest(List<TrackedFace> faces, BoundingBox box) {
    return faces.stream()
        .filter(face -> near(face, box))
        .min((a, b) -> Double.compare(distance(a, box), distance(b, box)));
  }

  private static boolean near(TrackedFace face, BoundingBox box) {
    return distance(face, box) < 0.5;
  }

  private static double distance(TrackedFace face, BoundingBox box) {
    BoundingBox found = face.face().box();
    return Math.hypot(found.centerX() - box.centerX(), found.centerY() - box.centerY())
        / box.width();
  }
}
