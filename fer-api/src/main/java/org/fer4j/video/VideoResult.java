package org.fer4j.video;

import java.util.List;
import org.fer4j.StageTimes;

/**
 * What was found in one frame of a video.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param timestampNanos of the frame
 * @param faces those that the detector found first, best first; empty if there is none
 * @param times how long each stage took; detecting includes tracking
 */
public record VideoResult(long timestampNanos, List<VideoFace> faces, StageTimes times) {

  /** Copies the list. */
  public VideoResult {
    faces = List.copyOf(faces);
  }
}
