package org.fer4j.inference;

import org.fer4j.FerException;

/** Failures of networks that run, but say nothing that makes sense. */
final class BadOutput {

  private BadOutput() {}

  /**
   * Returns the failure of a network that gave a number that is not finite.
   *
   * @param output its name
   * @param place of the model
   */
  static FerException notFinite(String output, String place, float found) {
    return new FerException(
        "expected finite numbers in output '%s' of '%s', found %s".formatted(output, place, found));
  }
}
