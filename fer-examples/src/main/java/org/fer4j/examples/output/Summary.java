package org.fer4j.examples.output;

/**
 * What came out of all images together.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param images that were analysed
 * @param faces in these
 * @param failures files that could not be analysed
 * @param wallNanos from the first to the last image
 */
public record Summary(int images, int faces, int failures, long wallNanos) {}
