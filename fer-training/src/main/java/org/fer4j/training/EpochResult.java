package org.fer4j.training;

/**
 * How an epoch went.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param epoch from 1
 * @param learningRate at its end
 * @param trainingLoss mean cross entropy in nats over the varied images
 * @param validationLoss mean cross entropy in nats against the labels
 * @param validationAccuracy share of the labelled validation images whose most probable expression
 *     is right, 0 to 1
 * @param best whether no epoch before was as accurate
 * @param imagesPerSecond in training, since the run was started or resumed within this epoch
 * @param seconds of this epoch, since the run was started or resumed within it
 */
public record EpochResult(
    int epoch,
    double learningRate,
    double trainingLoss,
    double validationLoss,
    double validationAccuracy,
    boolean best,
    double imagesPerSecond,
    double seconds) {}
