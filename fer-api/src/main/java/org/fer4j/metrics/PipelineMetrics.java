package org.fer4j.metrics;

/**
 * What a pipeline has done up to one moment, or between two. While it runs, the numbers of a frame
 * that is just ending may be counted in part.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param frames that gave a result; detection alone gives none
 * @param faces in these results
 * @param failedFrames calls that ended with an exception
 * @param detect finding faces, where that was asked for
 * @param landmarks finding landmarks, where that was asked for, in frames with faces
 * @param align deciding how faces are cut, for frames with faces
 * @param classify cutting faces and telling their expressions, for frames with faces
 * @param total whole calls that gave a result
 */
public record PipelineMetrics(
    long frames,
    long faces,
    long failedFrames,
    LatencySnapshot detect,
    LatencySnapshot landmarks,
    LatencySnapshot align,
    LatencySnapshot classify,
    LatencySnapshot total) {

  /**
   * Returns what was done since an earlier moment.
   *
   * @param earlier metrics of the same pipeline
   * @throws IllegalArgumentException if they are not earlier
   */
  public PipelineMetrics since(PipelineMetrics earlier) {
    return new PipelineMetrics(
        frames - earlier.frames,
        faces - earlier.faces,
        failedFrames - earlier.failedFrames,
        detect.since(earlier.detect),
        landmarks.since(earlier.landmarks),
        align.since(earlier.align),
        classify.since(earlier.classify),
        total.since(earlier.total));
  }

  /** Returns a line for the counters and one for each stage. */
  @Override
  public String toString() {
    return frames
        + (" frames, " + faces + " faces, " + failedFrames + " failed")
        + ("\n  detect    " + detect)
        + ("\n  landmarks " + landmarks)
        + ("\n  align     " + align)
        + ("\n  classify  " + classify)
        + ("\n  total     " + total);
  }
}
