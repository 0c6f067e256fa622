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
 * @param calibration how often answers of each confidence are right
 * @param crossFittedCalibrationError the calibration error that is left if a temperature is fitted
 *     on every other image and the rest is measured with it, both ways: what calibrating on such
 *     images can achieve, from 0 to 1
 * @param riskCoverage how many errors are left if only sure answers are given
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
    Calibration calibration,
    double crossFittedCalibrationError,
    RiskCoverage riskCoverage,
    double logLoss,
    double brierScore) {}
