package org.fer4j.training.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parts of a dataset. Safe for use by many threads.
 *
 * <p>A network learns from the training part, its best state is chosen on the validation part, and
 * the test part is looked at once.
 */
public enum Split {
  TRAIN("Training"),
  VALID("PublicTest"),
  TEST("PrivateTest");

  private final String usage;

  Split(String usage) {
    this.usage = usage;
  }

  /** Returns the name that the command line uses, for example "valid". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the split with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Split ofLabel(String label) {
    return Arrays.stream(values())
        .filter(split -> split.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a split of %s, found '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(Split::label)
                                .collect(Collectors.joining(", ")),
                            label)));
  }

  /** Returns the split that the column "Usage" of fer2013.csv calls so. */
  static Optional<Split> ofUsage(String usage) {
    return Arrays.stream(values()).filter(split -> split.usage.equals(usage)).findFirst();
  }

  /** Returns the folder's name in FER+, for example "FER2013Valid". */
  String ferPlusFolder() {
    return "FER2013" + name().charAt(0) + label().substring(1);
  }
}
