package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.fer4j.contract.FakeStages;
import org.fer4j.live.LiveFramePipeline;
import org.fer4j.live.LivePublisher;
import org.fer4j.video.VideoOptions;
import org.fer4j.video.VideoPipeline;
import org.fer4j.video.VideoResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap stays as it is, however many frames come. Real networks have their own test. */
@Timeout(120)
class FlatMemoryTest {

  private static final int FRAMES = 6_000;
  private static final int WARM_UP = 2_000;
  private static final long MILLI = 1_000_000;

  /** A tenth of what the frames alone would take if they were kept. */
  private static final long HEAP_TOLERANCE = 2 << 20;

  private static final int WIDTH = 80;
  private static final int HEIGHT = 60;

  private static Frame frame(long millis) {
    return Frame.of(new byte[WIDTH * HEIGHT], PixelFormat.GRAY8, WIDTH, HEIGHT)
        .withTimestampNanos(millis * MILLI);
  }

  /** A new face every twenty frames, so that ids come and go. */
  private static List<Face> passers(Frame frame) {
    long number = frame.timestampNanos() / MILLI;
    float x = number / 20 % 2 * 1000 + number % 20;
    return number % 20 < 15 ? List.of(Face.of(new BoundingBox(x, 10, 40, 40))) : List.of();
  }

  @Test
  void live() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    LivePublisher nobodyAsks = new LivePublisher(Runnable::run, failure -> {});
    nobodyAsks.subscribe(new Idle());
    Semaphore released = new Semaphore(0);
    VideoPipeline video =
        VideoPipeline.of(FakeStages.pipeline(FlatMemoryTest::passers), VideoOptions.defaults());
    try (LiveFramePipeline live = LiveFramePipeline.of(video, nobodyAsks, Runnable::run)) {
      Step step =
          () -> {
            // The second of three may replace the first: nothing else waits for anything.
            for (int i = 0; i < 3; i++) {
              live.submit(frame(clock.incrementAndGet()), released::release);
            }
            released.acquire(3);
          };
      assertFlat(step);
      assertEquals(clock.get(), live.counts().submitted());
    }
  }

  /** Subscribes and asks for nothing. */
  private static final class Idle implements Flow.Subscriber<VideoResult> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(VideoResult result) {
      throw new AssertionError("never requested");
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }

  @Test
  void bulk() throws InterruptedException {
    AtomicInteger seen = new AtomicInteger();
    try (BulkPipeline<FramePipeline> bulk =
        BulkPipeline.of(3, () -> FakeStages.pipeline(FlatMemoryTest::passers))) {
      var results =
          bulk.process(
              IntStream.iterate(0, i -> i + 1).iterator(),
              (FramePipeline pipeline, Integer item) -> pipeline.process(frame(item)));
      Step step =
          () -> {
            BulkResult<Integer, FrameResult> result = results.next();
            assertEquals(seen.getAndIncrement(), result.item());
          };
      assertFlat(step);
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static void assertFlat(Step step) throws InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    long before = usedHeap();
    for (int i = 0; i < FRAMES; i++) {
      step.run();
    }
    long grown = usedHeap() - before;
    assertTrue(grown <= HEAP_TOLERANCE, "the heap grew by " + grown + " bytes");
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
