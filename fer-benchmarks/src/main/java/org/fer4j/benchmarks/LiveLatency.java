package org.fer4j.benchmarks;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.fer4j.Emotion;
import org.fer4j.Frame;
import org.fer4j.benchmarks.history.Latency;
import org.fer4j.video.VideoFace;
import org.fer4j.video.VideoPipeline;

/**
 * How late results are when a camera takes 30 frames of 640 x 480 a second, one face each, and
 * another thread keeps a core busy. The latest frame wins: one that waits when the next comes is
 * dropped. Latency counts from the moment at which a frame is due, so that waiting counts, too.
 *
 * <pre>{@code
 * ./bench
 * }</pre>
 *
 * <p>Safe for use by many threads, though one at a time measures better.
 */
public final class LiveLatency {

  private static final int FRAMES_PER_SECOND = 30;
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / FRAMES_PER_SECOND;
  private static final int WARM_UP_FRAMES = 400;

  private LiveLatency() {}

  /**
   * Measures for as long as the camera takes.
   *
   * @throws IllegalStateException if a face is missed, gets another id or does not look happy, or
   *     this thread is interrupted
   */
  public static Latency measure(int frames) {
    Frame picture = Portrait.frame("640x480", 1);
    BlockingQueue<Frame> waiting = new ArrayBlockingQueue<>(1);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (VideoPipeline pipeline = VideoPipeline.create()) {
      long id = warmUp(pipeline, picture);
      threads.execute(() -> keepBusy(over));
      Future<long[]> latencies = threads.submit(() -> analyze(pipeline, id, waiting, picture));
      long start = System.nanoTime();
      for (int i = 0; i < frames; i++) {
        long due = start + i * PERIOD_NANOS;
        waitUntil(due);
        waiting.poll();
        waiting.add(picture.withTimestampNanos(due));
      }
      // The picture itself is the end; the last frame may still wait.
      waiting.offer(picture, 1, TimeUnit.SECONDS);
      return Latency.of(FRAMES_PER_SECOND, frames, latencies.get());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Live frames failed: " + e, e);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  /** Returns the face's id. */
  private static long warmUp(VideoPipeline pipeline, Frame picture) {
    long id = 0;
    for (int i = 0; i < WARM_UP_FRAMES; i++) {
      List<VideoFace> faces =
          pipeline.process(picture.withTimestampNanos(System.nanoTime())).faces();
      Answers.requireFaces(1, faces.size());
      id = faces.get(0).id();
    }
    return id;
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Returns nanoseconds from when a frame was due to its result. */
  private static long[] analyze(
      VideoPipeline pipeline, long id, BlockingQueue<Frame> waiting, Frame end)
      throws InterruptedException {
    LongStream.Builder latencies = LongStream.builder();
    for (Frame frame = waiting.take(); frame != end; frame = waiting.take()) {
      List<VideoFace> faces = pipeline.process(frame).faces();
      latencies.add(System.nanoTime() - frame.timestampNanos());
      Answers.requireFaces(1, faces.size());
      VideoFace face = faces.get(0);
      if (face.id() != id || face.result().scores().top() != Emotion.HAPPINESS) {
        throw new IllegalStateException(
            "expected face %d to look happy, found %s".formatted(id, face));
      }
    }
    return latencies.build().toArray();
  }

  private static void keepBusy(AtomicBoolean over) {
    double sum = 0;
    while (!over.get()) {
      sum += Math.sqrt(sum + 1);
    }
  }
}
