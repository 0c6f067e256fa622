package org.fer4j.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time use an object that keeps scratch memory, and none after it is closed.
 * What a thread wrote inside is seen by the next one that enters.
 *
 * <p>Safe for use by many threads.
 */
public final class Turnstile {

  private final String name;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private boolean closed;

  /**
   * Guards an object.
   *
   * @param name of its type, for messages
   */
  public Turnstile(String name) {
    this.name = name;
  }

  /**
   * Begins a use, which {@link #leave()} must end.
   *
   * @throws IllegalStateException after {@link #close}, or while another thread is inside
   */
  public void enter() {
    acquire();
    if (closed) {
      leave();
      throw new IllegalStateException("This " + name + " is closed.");
    }
  }

  /** Ends a use. */
  public void leave() {
    user.set(null);
  }

  /**
   * Lets nobody in any more and frees what the object holds; further calls do nothing.
   *
   * @throws IllegalStateException while another thread is inside
   */
  public void close(Runnable freeing) {
    acquire();
    try {
      if (!closed) {
        closed = true;
        freeing.run();
      }
    } finally {
      leave();
    }
  }

  private void acquire() {
    Thread current = Thread.currentThread();
    if (!user.compareAndSet(null, current)) {
      throw new IllegalStateException(
          "expected one thread at a time in a %s, found %s beside %s: make one for each worker"
              .formatted(name, current.getName(), describe(user.get())));
    }
  }

  private static String describe(@Nullable Thread thread) {
    return thread == null ? "another" : thread.getName();
  }
}
