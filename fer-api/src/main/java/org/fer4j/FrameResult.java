package org.fer4j;

import java.util.List;

/**
 * What a pipeline found in one frame.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param timestampNanos of the frame, as the caller gave it
 * @param faces best detection first, or in the caller's order if the caller named them; empty if
 *     there is none
 * @param times how long each stage took
 */
public record FrameResult(long timestampNanos, List<FaceResult> faces, StageTimes times) {

  /** Copies the list. */
  public FrameResult {
    faces = List.copyOf(faces);
  }
}
