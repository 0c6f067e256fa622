package org.fer4j.live;

/**
 * What became of the frames of a {@link LiveFramePipeline} so far. Those that are missing in the
 * sum wait or are in work: two at most.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param submitted all frames that were taken
 * @param processed frames that have a result
 * @param failed frames that a stage refused or failed at
 * @param dropped frames that a newer one replaced, or that waited when the pipeline was closed
 * @param late frames that were not later than one before, and therefore dropped at once
 */
public record LiveCounts(long submitted, long processed, long failed, long dropped, long late) {}
