package org.fer4j.features;

/**
 * What one number of a {@link FeatureLayout} means.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name stable, lower case; left and right are the person's own
 * @param group which part of the layout it belongs to
 * @param unit of the number
 * @param formula how it is computed; see {@link FeatureLayout#toMarkdown()} for the notation
 * @param source what the formula is taken from, or which facial action it follows
 */
public record Feature(String name, Group group, String unit, String formula, String source) {

  /**
   * What is needed to measure a feature.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum Group {
    /** Needs the points of the face mesh; missing (NaN) without them. */
    GEOMETRY,
    /** Needs pixels; the patches are put where parts usually lie if there are no points. */
    APPEARANCE
  }
}
