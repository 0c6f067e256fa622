package org.fer4j;

import java.util.List;

/**
 * Tells the expression of faces.
 *
 * <p>Confined: an instance keeps scratch memory, so one thread may use it at a time, with a
 * happens-before edge between threads that take turns. Take one for each worker.
 */
public interface EmotionClassifier extends PipelineStage {

  /** Returns how this classifier wants faces cut. */
  CropRule cropRule();

  /**
   * Scores all crops in one batch; they may come from several frames.
   *
   * @return one element for each crop, in the same order
   * @throws FerException if the network fails or gives numbers that are not finite; the classifier
   *     stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  List<EmotionScores> classify(List<FaceCrop> crops);
}
