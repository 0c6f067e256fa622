package org.fer4j.examples.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file is not an image that can be analysed. The message is one sentence that follows the file's
 * name: what was found, what was expected, what to do.
 *
 * <p>Safe for use by many threads.
 */
public final class UnreadableImageException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception without a cause. */
  public UnreadableImageException(String message) {
    super(message);
  }

  /** Creates an exception that keeps what caused it. */
  public UnreadableImageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
