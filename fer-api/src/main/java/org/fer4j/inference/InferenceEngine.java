package org.fer4j.inference;

import java.util.List;
import org.fer4j.RuntimeOptions;
import org.fer4j.model.Model;

/**
 * Opens networks with one library: all that a backend has to supply.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface InferenceEngine {

  /**
   * An output that is read.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param name in the network
   * @param length floats for each image
   */
  record Output(String name, int length) {}

  /**
   * Loads a network and checks its input and outputs against what is expected.
   *
   * @param outputs to be read, in the order of {@link InferenceSession#output}
   * @param maxBatch the most images in one run; a network with a fixed batch of 1 is run once for
   *     each image
   * @param options the device that they name is used or refused; under {@link
   *     org.fer4j.Device#AUTO} the session's {@link InferenceSession#runtime()} says why another
   *     one is not used
   * @throws IllegalArgumentException if the batch does not fit into memory that a buffer can hold
   * @throws org.fer4j.FerException if it can't be loaded, the device can't be used, or an input or
   *     output is missing or has another shape; the message names both
   */
  InferenceSession open(Model model, List<Output> outputs, int maxBatch, RuntimeOptions options);
}
