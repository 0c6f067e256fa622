package org.fer4j.training;

/**
 * How a run ended.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param end why it ended
 * @param bestEpoch the epoch whose weights were kept; 0 if none was finished
 * @param bestAccuracy its accuracy on validation, 0 to 1; -1 if no epoch was finished
 */
public record TrainingResult(End end, int bestEpoch, double bestAccuracy) {

  /**
   * Why a run ended.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum End {
    /** All epochs are done. */
    FINISHED,
    /** The accuracy had stopped rising. */
    STOPPED_EARLY,
    /** The thread was interrupted; the run can be resumed where it is. */
    INTERRUPTED
  }
}
