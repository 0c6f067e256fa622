package org.fer4j.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Crowd;
import org.fer4j.contract.FakeStages;
import org.fer4j.video.VideoFace;
import org.fer4j.video.VideoOptions;
import org.fer4j.video.VideoPipeline;
import org.fer4j.video.VideoResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom is told by semaphores, never by time. */
@Timeout(120)
class LiveFramePipelineTest {

  private static final long MILLI = 1_000_000;
  private static final long CLOSE_WAIT_MILLIS = 60_000;

  private final Semaphore detecting = new Semaphore(0);
  private final Semaphore mayDetect = new Semaphore(0);
  private final List<Long> released = new CopyOnWriteArrayList<>();
  private final Recorder recorder = new Recorder();
  private volatile Thread worker = Thread.currentThread();

  /** What the detector does before it finds a face. */
  private volatile Consumer<Frame> detection = frame -> {};

  /** Writes down what it is told. */
  private static class Recorder implements LiveListener {

    final List<Long> results = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final Semaphore calls = new Semaphore(0);

    @Override
    public void onResult(Frame frame, VideoResult result) {
      assertEquals(frame.timestampNanos(), result.timestampNanos());
      results.add(frame.timestampNanos() / MILLI);
      calls.release();
    }

    @Override
    public void onFailure(Frame frame, Throwable failure) {
      failures.add(failure);
      calls.release();
    }
  }

  private final VideoPipeline video =
      VideoPipeline.of(FakeStages.pipeline(this::detect), VideoOptions.defaults());

  private List<Face> detect(Frame frame) {
    worker = Thread.currentThread();
    detection.accept(frame);
    return List.of(FakeStages.FACE);
  }

  /** Makes the detector wait for a permit in each frame. */
  private void holdDetection() {
    detection =
        frame -> {
          detecting.release();
          await(mayDetect);
        };
  }

  private LiveFramePipeline live(LiveListener listener) {
    return live(listener, Runnable::run);
  }

  private LiveFramePipeline live(LiveListener listener, Executor executor) {
    return live(listener, executor, CLOSE_WAIT_MILLIS);
  }

  private LiveFramePipeline live(LiveListener listener, Executor executor, long closeWaitMillis) {
    return LiveFramePipeline.started(
        new LiveFramePipeline(video, true, listener, executor, closeWaitMillis));
  }

  private static Frame frame(long millis) {
    return Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80)
        .withTimestampNanos(millis * MILLI);
  }

  private boolean submit(LiveFramePipeline live, long millis) {
    return live.submit(frame(millis), () -> released.add(millis));
  }

  private static void await(Semaphore semaphore) {
    try {
      assertTrue(semaphore.tryAcquire(60, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitEnd() throws InterruptedException {
    worker.join(TimeUnit.SECONDS.toMillis(60));
    assertFalse(worker.isAlive());
  }

  @AfterEach
  void noThreadIsLeft() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("fer4j-live")));
  }

  @Test
  void slowProducerLosesNothing() {
    List<Long> ids = new CopyOnWriteArrayList<>();
    Semaphore calls = new Semaphore(0);
    LiveListener listener =
        (frame, result) -> {
          result.faces().stream().map(VideoFace::id).forEach(ids::add);
          calls.release();
        };
    LiveFramePipeline live = live(listener);
    for (int i = 0; i < 20; i++) {
      assertTrue(submit(live, i));
      await(calls);
    }
    live.close();
    assertEquals(20, ids.size());
    assertTrue(ids.stream().allMatch(id -> id == 1));
    assertEquals(20, released.size());
    assertEquals(new LiveCounts(20, 20, 0, 0, 0), live.counts());
  }

  @Test
  void slowDetectorGetsTheNewestFrame() {
    holdDetection();
    LiveFramePipeline live = live(recorder);
    submit(live, 1);
    await(detecting);
    submit(live, 2);
    submit(live, 3);
    submit(live, 4);
    // Frame 1 is in work, 4 waits.
    assertEquals(List.of(2L, 3L), released);
    assertEquals(new LiveCounts(4, 0, 0, 2, 0), live.counts());
    mayDetect.release(2);
    await(recorder.calls);
    await(recorder.calls);
    live.close();
    assertEquals(List.of(1L, 4L), recorder.results);
    assertEquals(List.of(2L, 3L, 1L, 4L), released);
    assertEquals(new LiveCounts(4, 2, 0, 2, 0), live.counts());
  }

  @Test
  void slowListenerGetsTheNewestFrame() {
    Semaphore mayReturn = new Semaphore(0);
    Recorder slow =
        new Recorder() {
          @Override
          public void onResult(Frame frame, VideoResult result) {
            super.onResult(frame, result);
            await(mayReturn);
          }
        };
    LiveFramePipeline live = live(slow);
    submit(live, 1);
    await(slow.calls);
    submit(live, 2);
    submit(live, 3);
    submit(live, 4);
    // The listener may read the pixels of frame 1 as long as it runs.
    assertEquals(List.of(2L, 3L), released);
    mayReturn.release();
    await(slow.calls);
    mayReturn.release();
    live.close();
    assertEquals(List.of(1L, 4L), slow.results);
    assertEquals(List.of(2L, 3L, 1L, 4L), released);
  }

  @Test
  void listenerIsCalledByTheExecutor() throws Exception {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    LiveFramePipeline live = live(recorder, tasks::add);
    submit(live, 1);
    Runnable first = tasks.take();
    submit(live, 2);
    submit(live, 3);
    // Had the pipeline gone on meanwhile, it might have taken 2 for work.
    assertEquals(List.of(2L), released);
    assertEquals(List.of(), recorder.results);
    first.run();
    first.run();
    assertEquals(List.of(1L), recorder.results);
    tasks.take().run();
    live.close();
    assertEquals(List.of(1L, 3L), recorder.results);
    assertEquals(List.of(2L, 1L, 3L), released);
  }

  @Test
  void throwingListenerLosesOnlyItsOwnCall() {
    RuntimeException first = new IllegalStateException("first");
    Error second = new AssertionError("second");
    Recorder throwing =
        new Recorder() {
          @Override
          public void onResult(Frame frame, VideoResult result) {
            super.onResult(frame, result);
            if (results.size() == 1) {
              throw first;
            }
            if (results.size() == 2) {
              throw second;
            }
          }
        };
    try (Uncaught uncaught = new Uncaught()) {
      LiveFramePipeline live = live(throwing);
      for (int i = 0; i < 3; i++) {
        submit(live, i);
        await(throwing.calls);
      }
      live.close();
      assertEquals(List.of(first, second), uncaught.failures());
    }
    assertEquals(List.of(0L, 1L, 2L), throwing.results);
    assertEquals(List.of(0L, 1L, 2L), released);
  }

  @Test
  void failuresReachTheListener() {
    List<Throwable> failures =
        List.of(
            new FerException("broken"),
            new IllegalArgumentException("odd"),
            new StackOverflowError());
    AtomicInteger frames = new AtomicInteger();
    detection =
        frame -> {
          int number = frames.getAndIncrement();
          if (number < failures.size()) {
            sneak(failures.get(number));
          }
        };
    LiveFramePipeline live = live(recorder);
    for (int i = 0; i < 4; i++) {
      submit(live, i);
      await(recorder.calls);
    }
    live.close();
    assertEquals(failures, recorder.failures);
    assertEquals(List.of(3L), recorder.results);
    assertEquals(List.of(0L, 1L, 2L, 3L), released);
    assertEquals(new LiveCounts(4, 1, 3, 0, 0), live.counts());
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  /** The region of interest lies outside of small frames. */
  @Test
  void framesThatDoNotFitReachTheListener() {
    FakeStages stages = new FakeStages(frame -> List.of());
    FramePipeline frames =
        FramePipeline.builder()
            .detector(stages)
            .classifier(stages)
            .regionOfInterest(new BoundingBox(200, 0, 10, 10))
            .build();
    LiveFramePipeline live =
        LiveFramePipeline.of(
            VideoPipeline.of(frames, VideoOptions.defaults()), recorder, Runnable::run);
    live.submit(frame(1));
    await(recorder.calls);
    live.submit(
        Frame.of(new byte[300 * 20], PixelFormat.GRAY8, 300, 20).withTimestampNanos(2 * MILLI));
    await(recorder.calls);
    live.close();
    assertEquals(1, recorder.failures.size());
    assertEquals(IllegalArgumentException.class, recorder.failures.get(0).getClass());
    assertEquals(List.of(2L), recorder.results);
  }

  @Test
  void failuresThatNobodyTakesAreNotSilent() {
    FerException failure = new FerException("broken");
    detection =
        frame -> {
          throw failure;
        };
    Semaphore done = new Semaphore(0);
    try (Uncaught uncaught = new Uncaught()) {
      LiveFramePipeline live = live((frame, result) -> {});
      live.submit(frame(1), done::release);
      await(done);
      live.close();
      assertEquals("A live frame failed: broken", uncaught.failures().get(0).getMessage());
      assertSame(failure, uncaught.failures().get(0).getCause());
    }
  }

  @Test
  void throwingReleaseHarmsNobody() {
    RuntimeException failure = new IllegalStateException("no such buffer");
    try (Uncaught uncaught = new Uncaught()) {
      LiveFramePipeline live = live(recorder);
      live.submit(
          frame(1),
          () -> {
            throw failure;
          });
      await(recorder.calls);
      submit(live, 2);
      await(recorder.calls);
      live.close();
      assertEquals(List.of(failure), uncaught.failures());
    }
    assertEquals(List.of(1L, 2L), recorder.results);
  }

  @Test
  void lateFramesAreDroppedAtOnce() {
    holdDetection();
    LiveFramePipeline live = live(recorder);
    assertTrue(submit(live, 50));
    await(detecting);
    assertFalse(submit(live, 40));
    assertTrue(submit(live, 60));
    assertFalse(submit(live, 55));
    assertFalse(submit(live, 60));
    assertEquals(List.of(40L, 55L, 60L), released);
    mayDetect.release(2);
    await(recorder.calls);
    await(recorder.calls);
    live.close();
    assertEquals(List.of(50L, 60L), recorder.results);
    assertEquals(new LiveCounts(5, 2, 0, 0, 3), live.counts());
  }

  @Test
  void forgottenTimesAreNamed() {
    LiveFramePipeline live = live(recorder);
    assertTrue(submit(live, 0));
    assertEquals(
        "expected a frame later than 0 ns, found 0: set it by Frame.withTimestampNanos",
        assertThrows(IllegalArgumentException.class, () -> submit(live, 0)).getMessage());
    await(recorder.calls);
    live.close();
    assertEquals(List.of(0L), released);
    assertEquals(new LiveCounts(1, 1, 0, 0, 0), live.counts());
  }

  @Test
  void closingDuringWorkDropsWhatWaitsAndWaitsForTheRest() throws Exception {
    holdDetection();
    Semaphore waitingReleased = new Semaphore(0);
    LiveFramePipeline live = live(recorder);
    submit(live, 1);
    await(detecting);
    live.submit(frame(2), waitingReleased::release);
    Thread closer = new Thread(live::close);
    closer.start();
    await(waitingReleased);
    assertEquals(
        "This LiveFramePipeline is closed.",
        assertThrows(IllegalStateException.class, () -> submit(live, 3)).getMessage());
    assertTrue(closer.isAlive());
    assertEquals(List.of(), released);
    mayDetect.release();
    closer.join();
    // No call of the listener begins after close().
    assertEquals(List.of(), recorder.results);
    assertEquals(List.of(1L), released);
    assertEquals(new LiveCounts(2, 1, 0, 1, 0), live.counts());
    assertFalse(worker.isAlive());
    assertThrows(IllegalStateException.class, () -> video.process(frame(9)));
    live.close();
  }

  @Test
  void closingGivesUpWaitingForAStuckNetwork() throws Exception {
    holdDetection();
    LiveFramePipeline live = live(recorder, Runnable::run, 1);
    submit(live, 1);
    await(detecting);
    live.close();
    live.close();
    // The pipeline's thread is still inside; nothing is freed under it.
    assertEquals(List.of(), released);
    assertThrows(IllegalStateException.class, video::close);
    mayDetect.release();
    awaitEnd();
    assertEquals(List.of(1L), released);
    assertEquals(
        "This VideoPipeline is closed.",
        assertThrows(IllegalStateException.class, () -> video.process(frame(9))).getMessage());
  }

  @Test
  void listenerMayClose() throws Exception {
    List<LiveFramePipeline> own = new ArrayList<>();
    Semaphore closed = new Semaphore(0);
    LiveListener closing =
        (frame, result) -> {
          own.get(0).close();
          closed.release();
        };
    own.add(live(closing));
    submit(own.get(0), 1);
    await(closed);
    awaitEnd();
    assertEquals(List.of(1L), released);
  }

  @Test
  void listenerOnAnExecutorMayClose() throws Exception {
    List<LiveFramePipeline> own = new ArrayList<>();
    Semaphore closed = new Semaphore(0);
    LiveListener closing =
        (frame, result) -> {
          own.get(0).close();
          // The pixels are still this call's.
          assertEquals(List.of(), released);
          closed.release();
        };
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Uncaught uncaught = new Uncaught()) {
      own.add(live(closing, executor));
      submit(own.get(0), 1);
      await(closed);
      awaitEnd();
      assertEquals(List.of(1L), released);
      assertEquals(List.of(), uncaught.failures());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void executorThatRunsNothingHoldsNothingUpForEver() throws Exception {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    LiveFramePipeline live = live(recorder, tasks::add);
    submit(live, 1);
    Runnable task = tasks.take();
    live.close();
    assertEquals(List.of(1L), released);
    task.run();
    assertEquals(List.of(), recorder.results);
  }

  @Test
  void executorThatRefusesLosesOnlyThatCall() {
    RejectedExecutionException refusal = new RejectedExecutionException("busy");
    AtomicInteger calls = new AtomicInteger();
    Semaphore done = new Semaphore(0);
    try (Uncaught uncaught = new Uncaught()) {
      LiveFramePipeline live =
          live(
              recorder,
              task -> {
                if (calls.getAndIncrement() == 0) {
                  throw refusal;
                }
                task.run();
              });
      live.submit(frame(1), done::release);
      await(done);
      live.submit(frame(2), done::release);
      await(done);
      live.close();
      assertEquals(List.of(refusal), uncaught.failures());
    }
    assertEquals(List.of(2L), recorder.results);
  }

  @Test
  void interruptedCloserDoesNotWait() throws Exception {
    holdDetection();
    LiveFramePipeline live = live(recorder);
    submit(live, 1);
    await(detecting);
    Thread.currentThread().interrupt();
    live.close();
    assertTrue(Thread.interrupted());
    mayDetect.release();
    awaitEnd();
    assertEquals(List.of(1L), released);
  }

  @Test
  void pipelineOfTheCallerStaysOpen() {
    LiveFramePipeline live = LiveFramePipeline.of(video, recorder, Runnable::run);
    live.submit(frame(1));
    await(recorder.calls);
    live.close();
    assertNotNull(video.process(frame(2)));
  }

  @Test
  void withoutABackendTheReasonIsNamed() {
    assertThrows(FerException.class, () -> LiveFramePipeline.create(recorder));
  }

  /** Many cameras' worth of threads: each frame is accounted for and released once. */
  @Test
  void manyThreadsSubmit() throws Exception {
    int threads = 8;
    int framesOfEach = 2_000;
    AtomicLong clock = new AtomicLong();
    AtomicInteger out = new AtomicInteger();
    AtomicInteger mostOut = new AtomicInteger();
    AtomicInteger releases = new AtomicInteger();
    LiveFramePipeline live = live(recorder);
    Crowd.run(
        threads,
        thread -> {
          for (int i = 0; i < framesOfEach; i++) {
            int now = out.incrementAndGet();
            mostOut.accumulateAndGet(now, Math::max);
            live.submit(
                frame(clock.incrementAndGet()),
                () -> {
                  out.decrementAndGet();
                  releases.incrementAndGet();
                });
          }
        });
    live.close();
    LiveCounts counts = live.counts();
    assertEquals(releases.get(), counts.submitted());
    assertEquals(
        counts.submitted(),
        counts.processed() + counts.failed() + counts.dropped() + counts.late());
    assertEquals(0, counts.failed());
    assertEquals(threads * framesOfEach, releases.get());
    assertTrue(mostOut.get() <= threads + 2, mostOut + " frames at once");
    assertEquals(recorder.results.stream().sorted().distinct().toList(), recorder.results);
    // The one in work when close() was called has no call of the listener.
    assertTrue(counts.processed() - recorder.results.size() <= 1);
  }

  @Test
  void submittingAndClosingAtOnceLosesNoFrame() throws Exception {
    AtomicLong clock = new AtomicLong();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger releases = new AtomicInteger();
    LiveFramePipeline live = live(recorder);
    Crowd.run(
        6,
        thread -> {
          try {
            for (int i = 0; i < 1_000; i++) {
              if (thread == 0 && i == 100) {
                live.close();
              }
              live.submit(frame(clock.incrementAndGet()), releases::incrementAndGet);
              taken.incrementAndGet();
            }
          } catch (IllegalStateException e) {
            assertEquals("This LiveFramePipeline is closed.", e.getMessage());
          }
        });
    live.close();
    assertEquals(taken.get(), releases.get());
    assertEquals(taken.get(), live.counts().submitted());
  }
}
