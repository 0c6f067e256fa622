package org.fer4j.examples.output;

import java.time.Instant;
import java.util.Optional;
import org.fer4j.model.ModelManifest;

/**
 * What was measured, and how.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param data where the images lie
 * @param split which part of them
 * @param backend that ran the networks
 * @param detector its name, or "none"
 * @param model name or folder of the classifier
 * @param manifest of the classifier, if it has one
 * @param prior natural, balanced, or the file that it was read from
 * @param command that measures it again
 * @param version of the application
 * @param time when the measurement began
 */
public record EvaluationSetup(
    String data,
    String split,
    String backend,
    String detector,
    String model,
    Optional<ModelManifest> manifest,
    String prior,
    String command,
    String version,
    Instant time) {}
