package org.fer4j.training.quality;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.fer4j.training.data.LabeledImage;

/**
 * One image of a dataset with what is wrong with it by itself.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name as {@link org.fer4j.training.data.ExpressionDataset#nameOf} calls it
 * @param part where it belongs
 * @param entry the image itself, which can be read while its dataset is open
 * @param faults what is wrong, with a sentence for people
 * @param fingerprint what other images are compared with; empty if there is nothing to compare
 */
public record InspectedImage(
    String name,
    Part part,
    LabeledImage entry,
    Map<FindingKind, String> faults,
    Optional<Fingerprint> fingerprint) {

  /** Copies the map. */
  public InspectedImage {
    Map<FindingKind, String> copy = new EnumMap<>(FindingKind.class);
    copy.putAll(faults);
    faults = Collections.unmodifiableMap(copy);
  }
}
