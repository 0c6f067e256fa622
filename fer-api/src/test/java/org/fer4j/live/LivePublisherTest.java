package org.fer4j.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.StageTimes;
import org.fer4j.contract.Crowd;
import org.fer4j.contract.FakeStages;
import org.fer4j.video.VideoOptions;
import org.fer4j.video.VideoPipeline;
import org.fer4j.video.VideoResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LivePublisherTest {

  private static final Frame FRAME = Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80);

  private final List<Throwable> failures = new ArrayList<>();
  private final LivePublisher publisher = new LivePublisher(Runnable::run, failures::add);

  /** Writes down its signals. */
  private static class Recorder implements Flow.Subscriber<VideoResult> {

    final List<String> signals = new CopyOnWriteArrayList<>();
    private final List<Flow.Subscription> subscriptions = new CopyOnWriteArrayList<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscriptions.add(given);
      signals.add("begin");
    }

    Flow.Subscription subscription() {
      return subscriptions.get(0);
    }

    @Override
    public void onNext(VideoResult result) {
      signals.add(String.valueOf(result.timestampNanos()));
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(String.valueOf(failure.getMessage()));
    }

    @Override
    public void onComplete() {
      signals.add("end");
    }
  }

  private Recorder subscribed() {
    Recorder recorder = new Recorder();
    publisher.subscribe(recorder);
    return recorder;
  }

  private static VideoResult result(long nanos) {
    return new VideoResult(nanos, List.of(), new StageTimes(0, 0, 0, 0));
  }

  private void publish(long... nanos) {
    for (long one : nanos) {
      publisher.onResult(FRAME, result(one));
    }
  }

  @Test
  void givesAsManyAsRequestedThenKeepsTheNewest() {
    Recorder recorder = subscribed();
    recorder.subscription().request(2);
    publish(1, 2, 3, 4, 5);
    assertEquals(List.of("begin", "1", "2"), recorder.signals);
    assertEquals(2, publisher.droppedResults());
    recorder.subscription().request(1);
    assertEquals(List.of("begin", "1", "2", "5"), recorder.signals);
    assertEquals(2, publisher.droppedResults());
  }

  /** Whoever asks for nothing costs one result, and hinders nobody. */
  @Test
  void asksForNothing() {
    Recorder idle = subscribed();
    Recorder busy = subscribed();
    busy.subscription().request(Long.MAX_VALUE);
    for (int i = 1; i <= 10_000; i++) {
      publish(i);
    }
    assertEquals(List.of("begin"), idle.signals);
    assertEquals(10_001, busy.signals.size());
    assertEquals(9_999, publisher.droppedResults());
    idle.subscription().request(Long.MAX_VALUE);
    idle.subscription().request(Long.MAX_VALUE);
    publish(10_001);
    assertEquals(List.of("begin", "10000", "10001"), idle.signals);
  }

  @Test
  void slowSubscriberGetsTheNewest() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LivePublisher later = new LivePublisher(tasks::add, failures::add);
    Recorder recorder = new Recorder();
    later.subscribe(recorder);
    tasks.remove().run();
    recorder.subscription().request(Long.MAX_VALUE);
    for (int i = 1; i <= 5; i++) {
      later.onResult(FRAME, result(i));
    }
    // One call is under way, whatever comes meanwhile.
    assertEquals(1, tasks.size());
    tasks.remove().run();
    assertEquals(List.of("begin", "5"), recorder.signals);
    assertEquals(4, later.droppedResults());
  }

  @Test
  void requestsFromWithinACallNest() {
    Recorder recorder =
        new Recorder() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            super.onSubscribe(given);
            given.request(1);
          }

          @Override
          public void onNext(VideoResult result) {
            super.onNext(result);
            subscription().request(1);
          }
        };
    publisher.subscribe(recorder);
    publish(1, 2, 3);
    publisher.close();
    assertEquals(List.of("begin", "1", "2", "3", "end"), recorder.signals);
    assertEquals(0, publisher.droppedResults());
  }

  @Test
  void wrongRequestsEndTheSubscription() {
    Recorder recorder = subscribed();
    recorder.subscription().request(0);
    recorder.subscription().request(1);
    publish(1);
    assertEquals(List.of("begin", "expected a request of at least 1, found 0"), recorder.signals);
  }

  @Test
  void cancelledSubscriptionsGetNothing() {
    Recorder recorder = subscribed();
    recorder.subscription().request(1);
    publish(1, 2);
    recorder.subscription().cancel();
    recorder.subscription().cancel();
    recorder.subscription().request(1);
    publish(3);
    publisher.close();
    assertEquals(List.of("begin", "1"), recorder.signals);
  }

  @Test
  void throwingSubscriberIsCancelled() {
    RuntimeException failure = new IllegalStateException("broken");
    Recorder throwing =
        new Recorder() {
          @Override
          public void onNext(VideoResult result) {
            super.onNext(result);
            throw failure;
          }
        };
    try (Uncaught uncaught = new Uncaught()) {
      publisher.subscribe(throwing);
      Recorder other = subscribed();
      throwing.subscription().request(5);
      other.subscription().request(5);
      publish(1, 2);
      assertEquals(List.of("begin", "1"), throwing.signals);
      assertEquals(List.of("begin", "1", "2"), other.signals);
      assertEquals(List.of(failure), uncaught.failures());
    }
  }

  @Test
  void closingCompletes() {
    Recorder first = subscribed();
    first.subscription().request(1);
    Recorder idle = subscribed();
    publish(1);
    publisher.close();
    publisher.close();
    publish(2);
    Recorder tooLate = subscribed();
    assertEquals(List.of("begin", "1", "end"), first.signals);
    assertEquals(List.of("begin", "end"), idle.signals);
    assertEquals(List.of("begin", "end"), tooLate.signals);
    // That which waited for the idle one.
    assertEquals(1, publisher.droppedResults());
  }

  @Test
  void requestedResultComesBeforeTheEnd() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LivePublisher later = new LivePublisher(tasks::add, failures::add);
    Recorder recorder = new Recorder();
    later.subscribe(recorder);
    tasks.remove().run();
    recorder.subscription().request(1);
    later.onResult(FRAME, result(1));
    later.close();
    tasks.remove().run();
    assertEquals(List.of("begin", "1", "end"), recorder.signals);
  }

  @Test
  void failuresOfFramesEndNothing() {
    Recorder recorder = subscribed();
    recorder.subscription().request(1);
    FerException failure = new FerException("broken");
    publisher.onFailure(FRAME, failure);
    publish(1);
    assertEquals(List.of(failure), failures);
    assertEquals(List.of("begin", "1"), recorder.signals);
  }

  @Test
  void executorThatRefusesEndsTheSubscription() {
    LivePublisher refused =
        new LivePublisher(
            task -> {
              throw new RejectedExecutionException("shut down");
            },
            failures::add);
    assertThrows(RejectedExecutionException.class, () -> refused.subscribe(new Recorder()));
    refused.onResult(FRAME, result(1));
    refused.close();
  }

  @Test
  void resultsOfALivePipelineArrive() throws Exception {
    Semaphore arrived = new Semaphore(0);
    Recorder recorder =
        new Recorder() {
          @Override
          public void onNext(VideoResult result) {
            super.onNext(result);
            arrived.release();
          }
        };
    ExecutorService executor = Executors.newSingleThreadExecutor();
    VideoPipeline video =
        VideoPipeline.of(
            FakeStages.pipeline(frame -> List.of(FakeStages.FACE)), VideoOptions.defaults());
    try (LivePublisher results = new LivePublisher(executor, failures::add);
        LiveFramePipeline live = LiveFramePipeline.of(video, results, Runnable::run)) {
      results.subscribe(recorder);
      Semaphore begun = new Semaphore(0);
      executor.execute(begun::release);
      begun.acquire();
      recorder.subscription().request(3);
      for (int i = 1; i <= 3; i++) {
        live.submit(FRAME.withTimestampNanos(i));
        assertTrue(arrived.tryAcquire(60, TimeUnit.SECONDS));
      }
    } finally {
      executor.shutdown();
    }
    assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
    assertEquals(List.of("begin", "1", "2", "3", "end"), recorder.signals);
  }

  /** Requests, results and cancelling from all sides: a subscriber is called by one at a time. */
  @Test
  void signalsNeverOverlap() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    AtomicInteger given = new AtomicInteger();
    int requests = 6_000;
    Recorder recorder =
        new Recorder() {
          @Override
          public void onNext(VideoResult result) {
            if (inside.incrementAndGet() != 1) {
              overlaps.incrementAndGet();
            }
            given.incrementAndGet();
            inside.decrementAndGet();
          }
        };
    ExecutorService executor = Executors.newFixedThreadPool(4);
    LivePublisher crowded = new LivePublisher(executor, failures::add);
    crowded.subscribe(recorder);
    Semaphore begun = new Semaphore(0);
    while (recorder.subscriptions.isEmpty()) {
      executor.execute(begun::release);
      begun.acquire();
    }
    Crowd.run(
        4,
        thread -> {
          for (int i = 0; i < requests / 3; i++) {
            if (thread == 0) {
              crowded.onResult(FRAME, result(i));
            } else {
              recorder.subscription().request(1);
            }
          }
        });
    crowded.close();
    executor.shutdown();
    assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
    assertEquals(0, overlaps.get());
    assertEquals(requests / 3, given.get() + crowded.droppedResults());
    assertEquals("end", recorder.signals.get(recorder.signals.size() - 1));
  }
}
