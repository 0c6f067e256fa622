package org.fer4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The expressions that fer4j tells apart, in the order of FER+ (Barsoum et al., <i>Training Deep
 * Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution</i>, ICMI 2016).
 *
 * <p>An expression is what a face shows, not what a person feels.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum Emotion {
  NEUTRAL,
  HAPPINESS,
  SURPRISE,
  SADNESS,
  ANGER,
  DISGUST,
  FEAR,
  CONTEMPT;

  private static final List<Emotion> ALL = List.of(values());

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Returns all expressions in their fixed order, without copying. */
  public static List<Emotion> all() {
    return ALL;
  }

  /** Returns the stable lower-case name that files and outputs use, for example "happiness". */
  public String label() {
    return label;
  }

  /** Returns the expression with this {@link #label()}, or empty if there is none. */
  public static Optional<Emotion> ofLabel(String label) {
    return ALL.stream().filter(emotion -> emotion.label.equals(label)).findFirst();
  }
}
