package org.fer4j.training.quality;

import java.util.Optional;

/**
 * One thing that is wrong with one image.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param kind what is wrong
 * @param image with what
 * @param reason the same with its figures, for people
 * @param other the image that it was compared with, if it was
 */
public record Finding(
    FindingKind kind, InspectedImage image, String reason, Optional<InspectedImage> other) {}
