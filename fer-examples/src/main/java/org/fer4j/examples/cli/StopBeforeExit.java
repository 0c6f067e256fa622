package org.fer4j.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets work write its checkpoint when the process is asked to end: until it is closed, the end of
 * the JVM interrupts the thread that made it and waits until it closes this.
 *
 * <p>Confined to the thread that does the work, but for {@link #stopAndWait}.
 */
final class StopBeforeExit implements AutoCloseable {

  /** A training step takes less than a second. */
  private static final long STOP_MILLIS = 20_000;

  /*
   * Waiting for the thread itself to end would be wrong: the main thread calls System.exit, which
   * waits for the hook.
   */
  private final CountDownLatch ended = new CountDownLatch(1);

  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::stopAndWait, "fer4j-stop-before-exit");

  /** Watches over what the calling thread does from now on. */
  StopBeforeExit() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does the work, which an end of the JVM interrupts and waits for, and returns its result. */
  static <R> R during(Supplier<R> work) {
    StopBeforeExit stop = new StopBeforeExit();
    try {
      return work.get();
    } finally {
      stop.close();
    }
  }

  /** Interrupts the work and waits for its end, a limited time; what has ended is left alone. */
  void stopAndWait() {
    if (ended.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (!ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        System.err.println("fer: the work did not stop; its last checkpoint stands.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells that the work has ended; further calls do nothing. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs or has run: there is nothing left to remove.
      return;
    }
  }
}
