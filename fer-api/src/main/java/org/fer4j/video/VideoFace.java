package org.fer4j.video;

import org.fer4j.Face;
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
 */
public record VideoFace(
    long id, boolean detected, FaceResult result, Face shown, SmoothedScores smoothed) {}
