package org.fer4j.video;

import java.util.Optional;
import org.fer4j.Face;
import org.fer4j.FaceMesh;
import org.fer4j.FaceResult;
import org.fer4j.smoothing.SmoothedScores;

/**
 * One face of a video's frame.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param id the same for the same face in all frames
 * @param detected true if the detector found it in this frame; false if its place follows from how
 *     it moved before
 * @param result of this frame alone
 * @param shown box and keypoints, steadied over the last frames
 * @param smoothed scores over the last moments, and the label to show
 * @param shownMesh the face's 468 points, steadied over the last frames; empty where this frame's
 *     result has none
 */
public record VideoFace(
    long id,
    boolean detected,
    FaceResult result,
    Face shown,
    SmoothedScores smoothed,
    Optional<FaceMesh> shownMesh) {

  /** Makes a face without landmarks. */
  public VideoFace(
      long id, boolean detected, FaceResult result, Face shown, SmoothedScores smoothed) {
    this(id, detected, result, shown, smoothed, Optional.empty());
  }
}
