package org.fer4j.inference;

import java.nio.FloatBuffer;
import org.fer4j.RuntimeDescription;

/**
 * A loaded network with its input and output memory, which is allocated once.
 *
 * <p>Confined: one thread may use it at a time.
 */
public interface InferenceSession extends AutoCloseable {

  /** Returns the largest batch that {@link #run} takes. */
  int maxBatch();

  /**
   * Returns the input's memory: room for {@link #maxBatch()} images, one after another. The same
   * buffer each time.
   */
  FloatBuffer input();

  /**
   * Runs the network on the first images of the input.
   *
   * @param batch from 1 to {@link #maxBatch()}
   * @throws org.fer4j.FerException if the network fails; the session stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  void run(int batch);

  /**
   * Returns the rows of an output, one for each image of the last run; they are overwritten by the
   * next run.
   *
   * @param index in the list of outputs that the session was opened with
   */
  FloatBuffer output(int index);

  /**
   * Tells what really runs the network. Safe for use by many threads, also after {@link #close()}.
   */
  RuntimeDescription runtime();

  /** Frees native memory; further calls do nothing. */
  @Override
  void close();
}
