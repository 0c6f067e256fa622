package org.fer4j.examples.output;

import org.fer4j.examples.analysis.ImageResult;

/**
 * Prints results, one image after the other.
 *
 * <p>Confined to one thread.
 */
public interface ResultWriter {

  /** Prints one result at once. */
  void write(ImageResult result);

  /** Prints what stands below the results. */
  void finish(Summary summary);
}
