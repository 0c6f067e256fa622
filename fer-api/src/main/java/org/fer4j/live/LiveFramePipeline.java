package org.fer4j.live;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.events.FrameEvents;
import org.fer4j.video.VideoPipeline;
import org.fer4j.video.VideoResult;
import org.jspecify.annotations.Nullable;

/**
 * Tells the expressions of a camera's faces while they happen, on a thread of its own: a frame is
 * handed in and the caller goes on, the newest frame is looked at next, and all that came between
 * are dropped.
 *
 * <pre>{@code
 * LiveListener listener = (frame, result) -> panel.show(result.faces());
 * try (LiveFramePipeline live = LiveFramePipeline.create(listener, SwingUtilities::invokeLater)) {
 *   while (camera.isOpen()) {
 *     Frame frame = Frame.of(camera.grab()).withTimestampNanos(System.nanoTime());
 *     live.submit(frame);
 *   }
 *   System.out.println(live.counts());
 * }
 * }</pre>
 *
 * <p><b>What is dropped.</b> One frame is in work from the moment that the networks begin until the
 * listener has returned; one more may wait. A newer frame takes the place of the one that waits,
 * which is dropped. So a slow listener or a slow machine costs frames, never memory and never
 * delay: each result is of the newest frame that was there when the one before was done. A frame
 * that is not later than one submitted before is dropped at once. {@link #counts()} tells how many.
 *
 * <p><b>Whose the pixels are.</b> From {@link #submit(Frame, Runnable)} on they are the pipeline's;
 * they are the caller's again when the frame's {@code release} is called, exactly once: after the
 * listener has returned, or when the frame is dropped. A camera that writes into its buffers again
 * needs three of them: one in work, one that waits, and one to write to.
 *
 * <pre>{@code
 * ByteBuffer buffer = free.take();
 * camera.read(buffer);
 * Frame frame = Frame.of(buffer, PixelFormat.NV21, 640, 480, 640).withTimestampNanos(nanoTime());
 * live.submit(frame, () -> free.add(buffer));
 * }</pre>
 *
 * <p>For subscribers of {@link java.util.concurrent.Flow} hand in a {@link LivePublisher} as the
 * listener.
 *
 * <p>Safe for use by many threads.
 */
public final class LiveFramePipeline implements AutoCloseable {

  /** A frame takes milliseconds; a longer wait would look like a hang. */
  private static final long CLOSE_WAIT_MILLIS = 5_000;

  private final VideoPipeline pipeline;
  private final boolean owned;
  private final LiveListener listener;
  private final Executor executor;
  private final long closeWaitMillis;
  private final Thread worker = new Thread(this::work, "fer4j-live");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All of these are guarded by the lock.
  private @Nullable Submission waiting;
  private @Nullable Thread listening;
  private boolean closed;
  private long newestNanos = Long.MIN_VALUE;
  private long submitted;
  private long processed;
  private long failed;
  private long dropped;
  private long late;

  /** A frame and what is called when nobody reads its pixels any more. */
  private record Submission(Frame frame, Runnable release) {}

  /** A call of the listener, which the executor makes at some time, or never. */
  private final class Delivery implements Runnable {

    private final Runnable call;
    private boolean begun;
    private boolean over;

    Delivery(Runnable call) {
      this.call = call;
    }

    @Override
    public void run() {
      if (!begin()) {
        return;
      }
      try {
        guarded(call);
      } finally {
        end();
      }
    }

    private boolean begin() {
      lock.lock();
      try {
        boolean wanted = !begun && !over && !closed;
        if (wanted) {
          begun = true;
          listening = Thread.currentThread();
        }
        return wanted;
      } finally {
        lock.unlock();
      }
    }

    private void end() {
      lock.lock();
      try {
        over = true;
        listening = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Has the call made, unless the executor refuses or the pipeline is closed before. */
    void complete() {
      boolean refused = !guarded(() -> executor.execute(this));
      lock.lock();
      try {
        while (!over && (begun || !(closed || refused))) {
          changed.awaitUninterruptibly();
        }
        over = true;
      } finally {
        lock.unlock();
      }
    }
  }

  LiveFramePipeline(
      VideoPipeline pipeline,
      boolean owned,
      LiveListener listener,
      Executor executor,
      long closeWaitMillis) {
    this.pipeline = pipeline;
    this.owned = owned;
    this.listener = listener;
    this.executor = executor;
    this.closeWaitMillis = closeWaitMillis;
    // Whoever forgets to close a pipeline can still leave the program.
    worker.setDaemon(true);
  }

  /**
   * Opens the preferred backend's networks for video and calls the listener on the pipeline's own
   * thread.
   *
   * @throws FerException if there is no backend, or its networks can't be loaded
   */
  public static LiveFramePipeline create(LiveListener listener) {
    return create(listener, Runnable::run);
  }

  /**
   * Opens the preferred backend's networks for video.
   *
   * @param executor makes the listener's calls, one at a time, for example on the thread of a user
   *     interface. A call that it refuses is left out, and its exception goes to the uncaught
   *     exception handler; one that it discards without a word holds up all others
   * @throws FerException if there is no backend, or its networks can't be loaded
   */
  public static LiveFramePipeline create(LiveListener listener, Executor executor) {
    return started(
        new LiveFramePipeline(VideoPipeline.create(), true, listener, executor, CLOSE_WAIT_MILLIS));
  }

  /**
   * Uses the caller's pipeline, which it never closes and nobody else may use meanwhile.
   *
   * @param executor makes the listener's calls, as in {@link #create(LiveListener, Executor)};
   *     {@code Runnable::run} is the pipeline's own thread
   */
  public static LiveFramePipeline of(
      VideoPipeline pipeline, LiveListener listener, Executor executor) {
    return started(new LiveFramePipeline(pipeline, false, listener, executor, CLOSE_WAIT_MILLIS));
  }

  static LiveFramePipeline started(LiveFramePipeline live) {
    try {
      live.worker.start();
    } catch (RuntimeException | Error e) {
      if (live.owned) {
        live.pipeline.close();
      }
      throw e;
    }
    return live;
  }

  /**
   * Hands in a frame whose pixels nobody will write to again.
   *
   * @param frame with the time at which it was taken
   * @return false if the frame is dropped because it is not later than one before
   * @throws IllegalArgumentException if it is the second one whose time is 0, which means that none
   *     was set
   * @throws IllegalStateException after {@link #close()}
   */
  public boolean submit(Frame frame) {
    return submit(frame, () -> {});
  }

  /**
   * Hands in a frame and returns at once.
   *
   * @param frame with the time at which it was taken, on any steady clock
   * @param release called once when the pixels may be written to again, maybe before this returns:
   *     by this thread, by one that submits a later frame or closes, or by the pipeline's own. It
   *     should return soon. It is not called if this method throws: the pixels are the caller's
   *     then
   * @return false if the frame is dropped because it is not later than one before
   * @throws IllegalArgumentException if it is the second one whose time is 0, which means that none
   *     was set
   * @throws IllegalStateException after {@link #close()}
   */
  public boolean submit(Frame frame, Runnable release) {
    Submission unwanted = new Submission(frame, release);
    boolean accepted;
    lock.lock();
    try {
      requireOpen();
      accepted = isLater(frame.timestampNanos());
      submitted++;
      if (accepted) {
        Submission replaced = waiting;
        waiting = unwanted;
        unwanted = replaced;
        newestNanos = frame.timestampNanos();
        dropped += replaced == null ? 0 : 1;
        changed.signalAll();
      } else {
        late++;
      }
    } finally {
      lock.unlock();
    }
    drop(unwanted, accepted ? "a newer frame came" : "it is not later than one before");
    return accepted;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This LiveFramePipeline is closed.");
    }
  }

  private boolean isLater(long timestampNanos) {
    if (timestampNanos == 0 && newestNanos == 0) {
      throw new IllegalArgumentException(
          "expected a frame later than 0 ns, found 0: set it by Frame.withTimestampNanos");
    }
    return timestampNanos > newestNanos;
  }

  /** Returns what became of the frames so far. */
  public LiveCounts counts() {
    lock.lock();
    try {
      return new LiveCounts(submitted, processed, failed, dropped, late);
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (Submission next = next(); next != null; next = next()) {
        Delivery delivery = new Delivery(analyzed(next.frame()));
        delivery.complete();
        guarded(next.release());
      }
    } finally {
      dropWaiting();
      if (owned) {
        guarded(pipeline::close);
      }
    }
  }

  /** Waits for a frame; null is the end. */
  private @Nullable Submission next() {
    lock.lock();
    try {
      while (waiting == null && !closed) {
        changed.awaitUninterruptibly();
      }
      Submission next = waiting;
      waiting = null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Looks at a frame and returns what to tell the listener. */
  private Runnable analyzed(Frame frame) {
    try {
      VideoResult result = pipeline.process(frame);
      count(true);
      return () -> listener.onResult(frame, result);
    } catch (RuntimeException | Error e) {
      count(false);
      return () -> listener.onFailure(frame, e);
    }
  }

  private void count(boolean success) {
    lock.lock();
    try {
      processed += success ? 1 : 0;
      failed += success ? 0 : 1;
    } finally {
      lock.unlock();
    }
  }

  private static void drop(@Nullable Submission submission, String reason) {
    if (submission != null) {
      FrameEvents.dropped(submission.frame(), reason);
      guarded(submission.release());
    }
  }

  /** Runs the caller's code, whose failures are not the pipeline's; tells whether it went well. */
  static boolean guarded(Runnable code) {
    try {
      code.run();
      return true;
    } catch (RuntimeException | Error e) {
      tellHandler(e);
      return false;
    }
  }

  /** As when a thread ends by a failure, what the handler itself throws is ignored. */
  private static void tellHandler(Throwable failure) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (RuntimeException | Error ignored) {
      return;
    }
  }

  /**
   * Drops the frame that waits, waits for the one in work, and ends the thread; further calls do
   * nothing. No call of the listener begins any more, and one that has begun is waited for. If that
   * takes longer than five seconds, or this thread is interrupted or is the one that the listener
   * runs on, this returns before: the pipeline's thread ends, and frees what {@link #create}
   * opened, as soon as it can.
   */
  @Override
  public void close() {
    boolean fromListener = dropWaiting();
    if (!fromListener && Thread.currentThread() != worker) {
      try {
        TimeUnit.MILLISECONDS.timedJoin(worker, closeWaitMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes no more frames; tells whether the listener is running on this thread. */
  private boolean dropWaiting() {
    Submission left;
    boolean fromListener;
    lock.lock();
    try {
      closed = true;
      left = waiting;
      waiting = null;
      dropped += left == null ? 0 : 1;
      fromListener = Thread.currentThread() == listening;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    drop(left, "the pipeline was closed");
    return fromListener;
  }
}
