package org.fer4j.video;

import java.util.concurrent.atomic.AtomicLong;
import org.fer4j.metrics.LatencyHistogram;
import org.fer4j.metrics.PipelineMetrics;

/**
 * Counts what a video pipeline does.
 *
 * <p>Safe for use by many threads.
 */
final class VideoRecorder {

  private final AtomicLong detectedFrames = new AtomicLong();
  private final AtomicLong trackedFrames = new AtomicLong();
  private final LatencyHistogram total = new LatencyHistogram();

  void record(boolean detected, long nanos) {
    (detected ? detectedFrames : trackedFrames).getAndIncrement();
    total.record(nanos);
  }

  VideoMetrics metrics(PipelineMetrics pipeline) {
    return new VideoMetrics(detectedFrames.get(), trackedFrames.get(), total.snapshot(), pipeline);
  }
}
