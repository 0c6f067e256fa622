package org.fer4j;

/**
 * A network that is loaded, and what runs it.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param model its name in the manifest
 * @param version of the weights
 * @param sha256 of the network's file, lower-case hexadecimal; checked when it was loaded
 * @param runtime what runs it
 */
public record NetworkDescription(
    String model, String version, String sha256, RuntimeDescription runtime) {

  /** Digits that tell files apart at a glance. */
  private static final int SHOWN_DIGITS = 12;

  /**
   * Checks the hash.
   *
   * @throws IllegalArgumentException if it is none
   */
  public NetworkDescription {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected 64 lower-case hexadecimal digits for the SHA-256, found '" + sha256 + "'");
    }
  }

  /** Returns one line. */
  @Override
  public String toString() {
    return "%s %s, SHA-256 %s..., %s"
        .formatted(model, version, sha256.substring(0, SHOWN_DIGITS), runtime);
  }
}
