package org.fer4j.examples.analysis;

/**
 * How long one image took, in nanoseconds.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param decodeNanos reading the file and turning the picture upright
 * @param detectNanos finding faces
 * @param landmarkNanos finding the faces' landmarks; 0 if nobody asked for them
 * @param classifyNanos cutting the faces and telling their expressions
 * @param totalNanos all of these and what lies between; drawing is not counted
 */
public record ImageTimes(
    long decodeNanos, long detectNanos, long landmarkNanos, long classifyNanos, long totalNanos) {}
