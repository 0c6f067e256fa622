package org.fer4j.training.internal;

/**
 * Checks of arguments, with one wording.
 *
 * <p>Safe for use by many threads.
 */
public final class Ranges {

  private Ranges() {}

  public static void require(String name, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalArgumentException(
          "expected %s from %s to %s, found %s".formatted(name, from, to, value));
    }
  }
}
