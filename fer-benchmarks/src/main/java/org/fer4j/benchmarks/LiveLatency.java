package org.fer4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.fer4j.Emotion;
import org.fer4j.Frame;
import org.fer4j.benchmarks.history.Latency;
import org.fer4j.live.LiveFramePipeline;
import org.fer4j.live.LiveListener;
import org.fer4j.video.VideoFace;
import org.fer4j.video.VideoPipeline;
import org.fer4j.video.VideoResult;
import org.jspecify.annotations.Nullable;

/**
 * How late results of {@link LiveFramePipeline} are when a camera takes 30 frames of 640 x 480 a
 * second, one face each, and another thread keeps a core busy. Latency counts from the moment at
 * which a frame is due, so that waiting counts, too.
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

  /** What came back; looked at when the pipeline is closed. */
  private static final class Results implements LiveListener {

    private final List<VideoResult> results = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private @Nullable Throwable failure;

    @Override
    public void onResult(Frame frame, VideoResult result) {
      nanos.add(System.nanoTime() - frame.timestampNanos());
      results.add(result);
    }

    @Override
    public void onFailure(Frame frame, Throwable failure) {
      this.failure = failure;
    }
  }

  /**
   * Measures for as long as the camera takes.
   *
   * @throws IllegalStateException if a frame fails, or a face is missed, gets another id or does
   *     not look happy
   */
  public static Latency measure(int frames) {
    Frame picture = Portrait.frame("640x480", 1);
    AtomicBoolean over = new AtomicBoolean();
    Thread busy = new Thread(() -> keepBusy(over), "busy");
    busy.setDaemon(true);
    Results results = new Results();
    try (VideoPipeline pipeline = VideoPipeline.create()) {
      long id = warmUp(pipeline, picture);
      busy.start();
      try (LiveFramePipeline live = LiveFramePipeline.of(pipeline, results, Runnable::run)) {
        long start = System.nanoTime();
        for (int i = 0; i < frames; i++) {
          long due = start + i * PERIOD_NANOS;
          waitUntil(due);
          live.submit(picture.withTimestampNanos(due));
        }
        // Closing drops a frame that still waits.
        waitUntil(start + (frames + FRAMES_PER_SECOND) * PERIOD_NANOS);
      }
      requireHappy(results, id);
    } finally {
      over.set(true);
    }
    return Latency.of(
        FRAMES_PER_SECOND, frames, results.nanos.stream().mapToLong(Long::longValue).toArray());
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

  private static void requireHappy(Results results, long id) {
    if (results.failure != null) {
      throw new IllegalStateException("A live frame failed: " + results.failure, results.failure);
    }
    for (VideoResult result : results.results) {
      Answers.requireFaces(1, result.faces().size());
      VideoFace face = result.faces().get(0);
      if (face.id() != id || face.result().scores().top() != Emotion.HAPPINESS) {
        throw new IllegalStateException(
            "expected face %d to look happy, found %s".formatted(id, face));
      }
    }
  }

  private static void keepBusy(AtomicBoolean over) {
    double sum = 0;
    while (!over.get()) {
      sum += Math.sqrt(sum + 1);
    }
  }
}
