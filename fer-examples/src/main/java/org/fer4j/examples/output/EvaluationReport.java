package org.fer4j.examples.output;

import java.io.PrintWriter;
import java.util.Optional;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.Robustness;

/**
 * What a measurement of a classifier found, ready to be printed.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param setup what was measured, and how
 * @param evaluation figures of the images in which a face was found
 * @param withoutFace images in which no face was found
 * @param withoutLabel images that were left out, because they have no certain label
 * @param leftOut images that a list left out
 * @param unreadable images that could not be read
 * @param robustness figures of corrupted copies of the images, if they were asked for
 * @param seconds from the first to the last image
 */
public record EvaluationReport(
    EvaluationSetup setup,
    Evaluation evaluation,
    long withoutFace,
    long withoutLabel,
    long leftOut,
    long unreadable,
    Optional<Robustness> robustness,
    double seconds) {

  long images() {
    return evaluation.images() + withoutFace;
  }

  /** A face that is not found counts as a wrong answer here. */
  double accuracyOfAll() {
    return (double) evaluation.confusion().correct() / images();
  }

  /** Prints the figures for people. */
  public void printTable(PrintWriter out) {
    new EvaluationTables(this).print(out);
  }

  /** Prints one object; shares have six decimals. */
  public void printJson(PrintWriter out) {
    new EvaluationJson(this).print(out);
  }

  /** Returns one HTML file with all figures and plots, which needs nothing else. */
  public String toHtml() {
    return new EvaluationPage(this).toHtml();
  }
}
