package org.fer4j.internal;

import java.util.List;
import org.fer4j.FerException;

/**
 * Closes several resources, all of them whatever happens.
 *
 * <p>Safe for use by many threads.
 */
public final class Resources {

  private Resources() {}

  /**
   * Closes resources in their order.
   *
   * @param message what the failure is called; what the first resource said follows
   * @throws FerException after the last one, if one of them failed; further failures are suppressed
   *     in it
   */
  public static void closeAll(List<? extends AutoCloseable> resources, String message) {
    FerException failure = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new FerException(message + ": " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes resources because of a failure, which keeps what goes wrong here. */
  public static void closeAfter(Throwable failure, List<? extends AutoCloseable> resources) {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
