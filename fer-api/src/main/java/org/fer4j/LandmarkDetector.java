package org.fer4j;

import java.util.List;
import java.util.Optional;

/**
 * Finds the points of faces whose place is known.
 *
 * <p>Confined: an instance keeps scratch memory, so one thread may use it at a time, with a
 * happens-before edge between threads that take turns. Take one for each worker.
 */
public interface LandmarkDetector extends PipelineStage {

  /**
   * Finds the points of all faces of a frame in one batch.
   *
   * @param faces in pixels of the frame; the eyes among the keypoints tell how a face is turned,
   *     and a face without them is taken to be upright
   * @return one element for each face, in the same order, in pixels of the frame as it is stored;
   *     empty where the network sees no face
   * @throws FerException if the network fails or gives numbers that are not finite; the detector
   *     stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  List<Optional<FaceMesh>> detect(Frame frame, List<Face> faces);
}
