package org.fer4j;

import java.util.List;

/**
 * Finds faces.
 *
 * <p>Confined: an instance keeps scratch memory, so one thread may use it at a time, with a
 * happens-before edge between threads that take turns. Take one for each worker.
 */
public interface FaceDetector extends PipelineStage {

  /**
   * Finds all faces of a frame, best first.
   *
   * @return faces in pixels of the frame as it is stored, whatever its rotation; empty if there is
   *     none
   * @throws FerException if the network fails; the detector stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  List<Face> detect(Frame frame);
}
