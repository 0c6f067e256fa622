package org.fer4j.training;

/**
 * Hears how a training run goes.
 *
 * <p>Confined to the thread that trains, which is the only one to call it.
 */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** A run starts, or goes on from a checkpoint. */
  default void started(Start start) {}

  /** A step is done. */
  default void stepped(Step step) {}

  /** An epoch is done and measured. */
  default void epochEnded(EpochResult result) {}

  /**
   * What a run starts with.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param trainingImages images that training uses
   * @param validationImages images that accuracy is measured on
   * @param stepsPerEpoch batches
   * @param parameters trained values of the network
   * @param multiplyAdds multiplications with addition for one image
   * @param epoch the epoch that comes first, from 1
   * @param step steps of that epoch that are done already
   */
  record Start(
      int trainingImages,
      int validationImages,
      int stepsPerEpoch,
      long parameters,
      long multiplyAdds,
      int epoch,
      int step) {}

  /**
   * One step.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param epoch from 1
   * @param step from 1
   * @param stepsPerEpoch steps of an epoch
   * @param loss cross entropy of the batch in nats
   */
  record Step(int epoch, int step, int stepsPerEpoch, double loss) {}
}
