package org.fer4j.model;

/**
 * How good a network is, and how to measure that again.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param dataset what was measured on
 * @param images how many
 * @param accuracy share of right answers, from 0 to 1
 * @param low lower end of its 95 % confidence interval
 * @param high upper end of its 95 % confidence interval
 * @param command that measures it
 */
public record MeasuredAccuracy(
    String dataset, int images, double accuracy, double low, double high, String command) {}
