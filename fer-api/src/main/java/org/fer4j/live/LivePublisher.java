package org.fer4j.live;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fer4j.Frame;
import org.fer4j.video.VideoResult;
import org.jspecify.annotations.Nullable;

/**
 * Hands the results of a {@link LiveFramePipeline} to any number of subscribers, each at its own
 * pace.
 *
 * <pre>{@code
 * try (LivePublisher results = new LivePublisher(executor, Throwable::printStackTrace);
 *     LiveFramePipeline live = LiveFramePipeline.create(results)) {
 *   results.subscribe(subscriber);
 *   while (camera.isOpen()) {
 *     live.submit(Frame.of(camera.grab()).withTimestampNanos(System.nanoTime()));
 *   }
 * }
 * }</pre>
 *
 * <p><b>What is dropped.</b> A subscriber gets a result only for what it {@linkplain
 * Flow.Subscription#request requested}. While it has requested nothing or is still busy, the newest
 * result waits for it and takes the place of the one that waited before, which is dropped for this
 * subscriber and counted. So a subscriber that asks for nothing costs one result of memory, and a
 * slow one gets new results, not old ones. The networks run for all frames that they can keep up
 * with, whatever is requested.
 *
 * <p>A frame that fails has no result and ends no subscription: it goes to the function that the
 * publisher was made with. A subscriber that throws is cancelled, and what it threw goes to the
 * uncaught exception handler. {@link #close()} completes all subscriptions.
 *
 * <p>Safe for use by many threads. Each subscriber is called by one thread at a time.
 */
public final class LivePublisher
    implements LiveListener, Flow.Publisher<VideoResult>, AutoCloseable {

  private final Executor executor;
  private final Consumer<? super Throwable> failures;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();
  private boolean closed;

  /**
   * Creates a publisher without subscribers.
   *
   * @param executor calls the subscribers; with several threads, several subscribers at a time
   * @param failures takes what frames failed with, one at a time
   */
  public LivePublisher(Executor executor, Consumer<? super Throwable> failures) {
    this.executor = executor;
    this.failures = failures;
  }

  /**
   * Adds a subscriber, which gets the results of frames from now on; after {@link #close()} it is
   * completed at once.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more work
   */
  @Override
  public void subscribe(Flow.Subscriber<? super VideoResult> subscriber) {
    Subscription subscription = new Subscription(Objects.requireNonNull(subscriber));
    synchronized (this) {
      if (closed) {
        subscription.complete();
      } else {
        subscriptions.add(subscription);
      }
    }
    subscription.schedule();
  }

  /** Called by the pipeline. */
  @Override
  public void onResult(Frame frame, VideoResult result) {
    // What is wrong with one subscriber keeps nothing from the others.
    subscriptions.forEach(one -> LiveFramePipeline.guarded(() -> one.offer(result)));
  }

  /** Called by the pipeline. */
  @Override
  public void onFailure(Frame frame, Throwable failure) {
    failures.accept(failure);
  }

  /** Returns how many results were dropped so far, counted once for each subscriber. */
  public long droppedResults() {
    return dropped.get();
  }

  /**
   * Completes all subscriptions, each after the result that waits if it was requested; further
   * calls do nothing. Close the pipeline first.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Subscription subscription : subscriptions) {
      subscription.complete();
      // As in onResult: one that can't be told keeps nothing from the others.
      LiveFramePipeline.guarded(subscription::schedule);
    }
  }

  /** One subscriber, whose signals are given one after the other by {@link #run()}. */
  private final class Subscription implements Flow.Subscription, Runnable {

    private final Flow.Subscriber<? super VideoResult> subscriber;

    // All of these are guarded by this.
    private @Nullable VideoResult waiting;
    private @Nullable IllegalArgumentException wrongRequest;
    private long demand;
    private boolean begun;
    private boolean running;
    private boolean completed;
    private boolean ended;

    Subscription(Flow.Subscriber<? super VideoResult> subscriber) {
      this.subscriber = subscriber;
    }

    void offer(VideoResult result) {
      synchronized (this) {
        if (ended || completed) {
          return;
        }
        replaceWaiting(result);
      }
      schedule();
    }

    private void replaceWaiting(@Nullable VideoResult result) {
      if (waiting != null) {
        dropped.incrementAndGet();
      }
      waiting = result;
    }

    synchronized void complete() {
      completed = true;
    }

    @Override
    public void request(long count) {
      synchronized (this) {
        if (count < 1) {
          wrongRequest =
              new IllegalArgumentException("expected a request of at least 1, found " + count);
        } else {
          demand = count > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + count;
        }
      }
      schedule();
    }

    @Override
    public void cancel() {
      synchronized (this) {
        end();
      }
    }

    private void end() {
      ended = true;
      replaceWaiting(null);
      subscriptions.remove(this);
    }

    /** Has {@link #run()} called if there is something to signal and nobody does so yet. */
    void schedule() {
      synchronized (this) {
        if (running || !isDue()) {
          return;
        }
        running = true;
      }
      try {
        executor.execute(this);
      } catch (RuntimeException | Error e) {
        cancel();
        throw e;
      }
    }

    private boolean isDue() {
      boolean resultDue = waiting != null && demand > 0;
      return !begun || (!ended && (resultDue || completed || wrongRequest != null));
    }

    @Override
    public void run() {
      for (Runnable signal = next(); signal != null; signal = next()) {
        if (!LiveFramePipeline.guarded(signal)) {
          cancel();
        }
      }
    }

    private synchronized @Nullable Runnable next() {
      if (!isDue()) {
        running = false;
        return null;
      }
      if (!begun) {
        begun = true;
        return () -> subscriber.onSubscribe(this);
      }
      IllegalArgumentException wrong = wrongRequest;
      if (wrong != null) {
        end();
        return () -> subscriber.onError(wrong);
      }
      VideoResult result = waiting;
      if (result != null && demand > 0) {
        waiting = null;
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        return () -> subscriber.onNext(result);
      }
      end();
      return subscriber::onComplete;
    }
  }
}
