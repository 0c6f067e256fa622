package org.fer4j.benchmarks;

import java.util.List;
import java.util.function.Function;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/** Checks of what is measured, so that what is broken can't look fast. */
final class Answers {

  private Answers() {}

  /** Expects so many faces, all of them happy; allocates nothing, since that is measured, too. */
  static <T> void requireHappy(int faces, List<T> found, Function<T, EmotionScores> scores) {
    int happy = 0;
    for (int i = 0; i < found.size(); i++) {
      happy += scores.apply(found.get(i)).top() == Emotion.HAPPINESS ? 1 : 0;
    }
    if (happy != faces || found.size() != faces) {
      throw new IllegalStateException("expected %d happy faces, found %s".formatted(faces, found));
    }
  }

  static void requireFaces(int expected, int found) {
    if (found != expected) {
      throw new IllegalStateException("expected %d faces, found %d".formatted(expected, found));
    }
  }

  static float requireFinite(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalStateException("expected finite outputs, found " + value);
    }
    return value;
  }

  static float requireSame(float expected, float found) {
    if (found != expected) {
      throw new IllegalStateException("expected %s, found %s".formatted(expected, found));
    }
    return found;
  }
}
