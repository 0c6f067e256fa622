package org.fer4j.training.evaluation;

/**
 * The figures of one classifier on one set of labelled images.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param images how many, at least 1
 * @param accuracy share of images whose most probable expression is the true one, from 0 to 1
 * @param accuracyInterval where the accuracy lies with 95 % confidence, after Wilson
 * @param confusion what was taken for what; it has figures for each expression and macro averages
 * @param expectedCalibrationError mean distance of confidence and accuracy over {@value
 *     EvaluationMeter#BINS} equal bins of confidence, weighted by their images, from 0 to 1 (Guo et
 *     al., <i>On Calibration of Modern Neural Networks</i>, ICML 2017)
 * @param logLoss mean of -ln of the true expression's probability, in nats
 * @param brierScore mean over the images of the squared distances of all eight probabilities from 1
 *     for the true expression and 0 for the others, from 0 to 2 (Brier, <i>Verification of
 *     forecasts expressed in terms of probability</i>, Monthly Weather Review 78, 1950)
 */
public record Evaluation(
    long images,
    double accuracy,
    ConfidenceInterval accuracyInterval,
    ConfusionMatrix confusion,
    double expectedCalibrationError,
    double logLoss,
    double brierScore) {}
