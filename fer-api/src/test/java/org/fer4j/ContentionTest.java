package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fer4j.contract.Crowd;
import org.fer4j.contract.FakeStages;
import org.fer4j.video.VideoOptions;
import org.fer4j.video.VideoPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread rules of pipelines and values hold while many threads press in. */
@Timeout(120)
class ContentionTest {

  private static final int THREADS = 8;
  private static final int CALLS = 3_000;
  private static final Frame FRAME = Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80);

  /**
   * Calls a pipeline from many threads. The first call lasts until each other thread was refused
   * once; then all go on hammering. The stages fail if two threads reach them at once.
   */
  private static void hammer(String name, Function<FramePipeline, Consumer<Frame>> opening)
      throws Exception {
    CountDownLatch othersRefused = new CountDownLatch(THREADS - 1);
    CountDownLatch inside = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    FramePipeline frames =
        FakeStages.pipeline(
            frame -> {
              inside.countDown();
              awaitZero(othersRefused);
              return List.of(FakeStages.FACE);
            });
    Consumer<Frame> pipeline = opening.apply(frames);
    Crowd.run(
        THREADS,
        thread -> {
          if (thread > 0) {
            awaitZero(inside);
          }
          for (int i = 0; i < CALLS; i++) {
            try {
              pipeline.accept(FRAME);
              answered.incrementAndGet();
            } catch (IllegalStateException e) {
              String message = String.valueOf(e.getMessage());
              assertTrue(message.startsWith("expected one thread at a time in a " + name), message);
              refused.incrementAndGet();
              if (i == 0) {
                othersRefused.countDown();
              }
            }
          }
        });
    assertEquals(THREADS * CALLS, answered.get() + refused.get());
    assertTrue(answered.get() >= 1, "answered " + answered);
    assertTrue(refused.get() >= THREADS - 1, "refused " + refused);
    // Whoever comes alone is let in.
    pipeline.accept(FRAME);
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void framePipelineLetsOneThreadIn() throws Exception {
    hammer("FramePipeline", pipeline -> pipeline::process);
  }

  /** Detects seldom: what is guarded is its own state, and not only the pipeline below it. */
  @Test
  void videoPipelineLetsOneThreadIn() throws Exception {
    AtomicLong clock = new AtomicLong();
    hammer(
        "VideoPipeline",
        frames -> {
          VideoPipeline video =
              VideoPipeline.of(frames, VideoOptions.defaults().withDetectEvery(1000));
          return frame -> process(video, clock);
        });
  }

  private static void process(VideoPipeline video, AtomicLong clock) {
    try {
      video.process(FRAME.withTimestampNanos(clock.incrementAndGet()));
    } catch (IllegalArgumentException e) {
      // Another thread was in between with a later time.
      assertTrue(String.valueOf(e.getMessage()).startsWith("expected a frame later"));
    }
  }

  @Test
  void valuesAreShared() throws Exception {
    EmotionScores scores = EmotionScores.ofLogits(0.1f, 2, 0.3f, -1, 0, 0.5f, -0.2f, 0.4f);
    Landmarks points =
        Landmarks.of(new LandmarkLayout(List.of("right_eye", "left_eye")), 1, 2, 3, 4);
    Face face = new Face(new BoundingBox(1, 2, 30, 40), 0.5f, points);
    byte[] pixels = new byte[64 * 48 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    Frame frame = Frame.of(pixels, PixelFormat.RGB, 64, 48);
    String expected = describe(scores, face, frame);
    Crowd.run(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            assertEquals(expected, describe(scores, face, frame));
          }
        });
  }

  private static String describe(EmotionScores scores, Face face, Frame frame) {
    Frame part = frame.view(3, 4, 10, 10).withRotationDegrees(90).withTimestampNanos(5);
    long sum = 0;
    for (int i = 0; i < 10; i++) {
      sum = 31 * sum + part.pixels().get(part.offset() + i);
    }
    return scores
        + " "
        + scores.hashCode()
        + " "
        + scores.top()
        + " "
        + face.plus(1, 1)
        + " "
        + part
        + sum;
  }
}
