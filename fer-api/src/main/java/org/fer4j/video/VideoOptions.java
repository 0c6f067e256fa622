package org.fer4j.video;

import org.fer4j.smoothing.SmoothingOptions;
import org.fer4j.tracking.TrackerOptions;

/**
 * How a video is looked at.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param detectEvery the detector looks at each so manieth frame, from 1 on, and at others when a
 *     face's place has become uncertain
 * @param tracker how long faces are remembered
 * @param smoothing how steady results are made
 */
public record VideoOptions(int detectEvery, TrackerOptions tracker, SmoothingOptions smoothing) {

  private static final VideoOptions DEFAULTS =
      new VideoOptions(1, TrackerOptions.defaults(), SmoothingOptions.defaults());

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if detectEvery is below 1
   */
  public VideoOptions {
    if (detectEvery < 1) {
      throw new IllegalArgumentException("expected detectEvery from 1 on, found " + detectEvery);
    }
  }

  /** Returns detection in every frame, and the defaults of tracker and smoothing. */
  public static VideoOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another number of frames for each detection. */
  public VideoOptions withDetectEvery(int frames) {
    return new VideoOptions(frames, tracker, smoothing);
  }
}
