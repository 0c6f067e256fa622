package org.fer4j.training.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with an image. Safe for use by many threads. */
public enum FindingKind {
  CORRUPT(true, "can't be read"),
  BLANK(true, "nearly the same grey everywhere"),
  EXACT_DUPLICATE(true, "the same pixels as an earlier image of the same split"),
  LEAK(true, "the same picture as one that validates or tests"),
  CONFLICT(true, "the same picture as one with quite another label"),
  NEAR_DUPLICATE(false, "nearly the same picture as an earlier image of the same split"),
  BLUR(false, "no fine detail"),
  EXPOSURE(false, "too dark, too bright or without contrast"),
  NO_FACE(false, "the detector finds no face");

  private final boolean leftOut;
  private final String description;

  FindingKind(boolean leftOut, String description) {
    this.leftOut = leftOut;
    this.description = description;
  }

  /** Returns the name that the command line uses, for example "no-face". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the kind with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FindingKind ofLabel(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(FindingKind::label)
                                .collect(Collectors.joining(", ")),
                            label)));
  }

  /**
   * Tells whether such images are better left out of every training. The others may be worth
   * keeping: a network also has to learn from what is dark or blurred.
   */
  public boolean isLeftOut() {
    return leftOut;
  }

  /** Returns what is wrong, as the end of a sentence that begins with the image. */
  public String description() {
    return description;
  }
}
