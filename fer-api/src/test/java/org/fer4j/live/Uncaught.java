package org.fer4j.live;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what goes to the uncaught exception handler, until it is closed. The handler itself fails
 * each time, which must not matter.
 */
final class Uncaught implements AutoCloseable {

  private final @Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  Uncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failures.add(failure);
          throw new IllegalStateException("this handler fails as well");
        });
  }

  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
