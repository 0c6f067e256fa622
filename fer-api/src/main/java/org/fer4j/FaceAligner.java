package org.fer4j;

/**
 * Decides which square of the frame shows a face the way a classifier wants it.
 *
 * <p>Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface FaceAligner {

  /**
   * Returns the crop of a face.
   *
   * @param frame in which the face was found
   * @param face in pixels of that frame
   * @param rule of the classifier that will look at the crop
   */
  FaceCrop align(Frame frame, Face face, CropRule rule);

  /**
   * Returns the aligner that is used unless another is named: the similarity transform that brings
   * the face's keypoints closest to the rule's template, or the rule's square around the box for a
   * face without keypoints.
   */
  static FaceAligner standard() {
    return SimilarityAligner.INSTANCE;
  }
}
