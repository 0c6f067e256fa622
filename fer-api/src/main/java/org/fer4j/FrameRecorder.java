package org.fer4j;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.fer4j.events.FrameEvents;
import org.fer4j.metrics.LatencyHistogram;
import org.fer4j.metrics.PipelineMetrics;

/**
 * Reads the clock between a pipeline's stages, and counts. Recording takes tens of nanoseconds and
 * makes no garbage.
 *
 * <p>Confined to the pipeline's thread, but for {@link #metrics()}.
 */
final class FrameRecorder {

  private final LongSupplier nanoClock;
  private final FrameEvents events = new FrameEvents();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong faces = new AtomicLong();
  private final AtomicLong failedFrames = new AtomicLong();
  private final LatencyHistogram detect = new LatencyHistogram();
  private final LatencyHistogram landmarks = new LatencyHistogram();
  private final LatencyHistogram align = new LatencyHistogram();
  private final LatencyHistogram classify = new LatencyHistogram();
  private final LatencyHistogram total = new LatencyHistogram();
  private boolean recording = true;

  FrameRecorder(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Stops recording, or goes on with it. */
  void setRecording(boolean wanted) {
    recording = wanted;
  }

  long now() {
    return nanoClock.getAsLong();
  }

  /** Begins a frame and returns the time. */
  long begin() {
    if (recording) {
      events.begin();
    }
    return now();
  }

  /** Ends detection and returns the time. */
  long detected(long start, int found) {
    long now = now();
    if (recording) {
      detect.record(now - start);
      events.endStage("detect", found);
    }
    return now;
  }

  /** Ends the search for landmarks and returns the time. */
  long landmarked(long detected, int found) {
    long now = now();
    if (recording && found > 0) {
      landmarks.record(now - detected);
      events.endStage("landmarks", found);
    }
    return now;
  }

  /** Ends alignment and returns the time. */
  long aligned(long meshed, int found) {
    long now = now();
    if (recording && found > 0) {
      align.record(now - meshed);
      events.endStage("align", found);
    }
    return now;
  }

  /** Ends a frame with a result. */
  StageTimes classified(
      Frame frame, long start, long detected, long meshed, long aligned, int found) {
    long end = now();
    StageTimes times =
        new StageTimes(
            detected - start, meshed - detected, aligned - meshed, end - aligned, end - start);
    if (recording) {
      if (found > 0) {
        classify.record(times.classifyNanos());
        events.endStage("classify", found);
      }
      total.record(times.totalNanos());
      frames.getAndIncrement();
      faces.getAndAdd(found);
      events.end(frame, found, times);
    }
    return times;
  }

  /** Ends a call with an exception. */
  void failed(Frame frame) {
    if (recording) {
      failedFrames.getAndIncrement();
      events.fail(frame);
    }
  }

  /** Returns what has been recorded; safe for use by many threads. */
  PipelineMetrics metrics() {
    return new PipelineMetrics(
        frames.get(),
        faces.get(),
        failedFrames.get(),
        detect.snapshot(),
        landmarks.snapshot(),
        align.snapshot(),
        classify.snapshot(),
        total.snapshot());
  }
}
