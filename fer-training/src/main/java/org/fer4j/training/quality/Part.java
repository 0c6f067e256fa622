package org.fer4j.training.quality;

import java.util.Optional;
import org.fer4j.training.data.Split;

/**
 * A split of a dataset, or all of one that has no splits.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param dataset its title
 * @param split empty if the dataset does not say
 */
public record Part(String dataset, Optional<Split> split) {

  /** Returns for example "ferplus.zip train". */
  public String label() {
    return split.map(s -> dataset + " " + s.label()).orElse(dataset);
  }
}
