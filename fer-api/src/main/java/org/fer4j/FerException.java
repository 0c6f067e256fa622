package org.fer4j;

import org.jspecify.annotations.Nullable;

/**
 * A model could not be loaded or run, or a backend is not usable. Mistakes of the caller are {@link
 * IllegalArgumentException} instead.
 *
 * <p>The message is a full sentence with the value found, the value expected and what to do. A
 * pipeline that threw this stays usable.
 *
 * <p>Safe for use by many threads once it is thrown.
 */
public class FerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception without a cause. */
  public FerException(String message) {
    super(message);
  }

  /** Creates an exception that keeps what caused it. */
  public FerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
