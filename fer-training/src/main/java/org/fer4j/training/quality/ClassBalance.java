package org.fer4j.training.quality;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.fer4j.Emotion;

/**
 * How often each expression occurs in a part of the data.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param images how many there are
 * @param labels how many have this label; all expressions are there
 */
public record ClassBalance(int images, Map<Emotion, Integer> labels) {

  /** Copies the map, and adds what is missing with 0. */
  public ClassBalance {
    Map<Emotion, Integer> all = new EnumMap<>(Emotion.class);
    for (Emotion emotion : Emotion.all()) {
      all.put(emotion, labels.getOrDefault(emotion, 0));
    }
    labels = Collections.unmodifiableMap(all);
  }

  /** Returns how many images have this label. */
  public int count(Emotion emotion) {
    return labels.getOrDefault(emotion, 0);
  }

  /** Returns how many images have no certain label. */
  public int unlabeled() {
    return images - labels.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Returns how often the most frequent label occurs for each of the rarest; empty if one lacks.
   */
  public OptionalDouble imbalance() {
    int rarest = Collections.min(labels.values());
    int commonest = Collections.max(labels.values());
    return rarest == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) commonest / rarest);
  }
}
