package org.fer4j;

import java.util.Optional;

/**
 * What a pipeline is made of and what it really runs on.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param detector what finds faces
 * @param classifier what tells expressions
 * @param landmarks what finds landmarks, if that was asked for
 */
public record PipelineDescription(
    StageDescription detector, StageDescription classifier, Optional<StageDescription> landmarks) {

  /** Returns a line for each stage and each network. */
  @Override
  public String toString() {
    return "detector "
        + detector
        + "\nclassifier "
        + classifier
        + landmarks.map(stage -> "\nlandmarks " + stage).orElse("");
  }
}
