package org.fer4j.video;

import org.fer4j.metrics.LatencySnapshot;
import org.fer4j.metrics.PipelineMetrics;

/**
 * What a video pipeline has done up to one moment, or between two.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param detectedFrames frames with a result in which the detector looked for faces
 * @param trackedFrames frames with a result in which the tracker predicted where they are
 * @param total detection, tracking and classification together, for frames with a result
 * @param pipeline of the frame pipeline that is used, whoever else uses it; its total time does not
 *     hold detection, which is a call of its own
 */
public record VideoMetrics(
    long detectedFrames, long trackedFrames, LatencySnapshot total, PipelineMetrics pipeline) {

  /**
   * Returns what was done since an earlier moment.
   *
   * @param earlier metrics of the same pipeline
   * @throws IllegalArgumentException if they are not earlier
   */
  public VideoMetrics since(VideoMetrics earlier) {
    return new VideoMetrics(
        detectedFrames - earlier.detectedFrames,
        trackedFrames - earlier.trackedFrames,
        total.since(earlier.total),
        pipeline.since(earlier.pipeline));
  }

  /** Returns a line for the frames, one for their time, and those of the frame pipeline. */
  @Override
  public String toString() {
    return detectedFrames
        + (" frames with detection, " + trackedFrames + " with tracking alone")
        + ("\n  video    " + total + "\n" + pipeline);
  }
}
