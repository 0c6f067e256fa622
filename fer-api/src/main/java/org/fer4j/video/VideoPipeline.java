package org.fer4j.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fer4j.BoundingBox;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceMesh;
import org.fer4j.FaceResult;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.PipelineDescription;
import org.fer4j.RotatedSquare;
import org.fer4j.StageTimes;
import org.fer4j.internal.Turnstile;
import org.fer4j.smoothing.FaceSmoother;
import org.fer4j.smoothing.MeshSmoother;
import org.fer4j.smoothing.ScoreSmoother;
import org.fer4j.smoothing.SmoothedScores;
import org.fer4j.smoothing.SmoothingOptions;
import org.fer4j.tracking.FaceTracker;
import org.fer4j.tracking.TrackedFace;

/**
 * Tells the expressions of a video's faces, frame after frame: detects or predicts where they are,
 * keeps their ids, and steadies what it says.
 *
 * <pre>{@code
 * try (VideoPipeline pipeline = VideoPipeline.create()) {
 *   for (Frame frame : frames) {
 *     for (VideoFace face : pipeline.process(frame).faces()) {
 *       System.out.println(face.id() + " " + face.smoothed().label());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Confined: one thread may use a pipeline at a time; two at once get an {@link
 * IllegalStateException}. Make one for each video. For a camera that is faster than the networks
 * see {@link org.fer4j.live.LiveFramePipeline}.
 */
public final class VideoPipeline implements AutoCloseable {

  private static final int WARM_UP_FRAMES = 20;
  private static final long FRAME_NANOS = 33_000_000;

  private final FramePipeline pipeline;
  private final boolean owned;
  private final VideoOptions options;
  private final LongSupplier nanoClock;
  private final Turnstile turnstile = new Turnstile("VideoPipeline");
  private final FaceTracker tracker;
  private final Map<Long, Smoothers> smoothers = new HashMap<>();
  private final VideoRecorder recorder = new VideoRecorder();
  private long latestNanos = Long.MIN_VALUE;

  /** Frames; of the first one nothing is known. */
  private int sinceDetection = Integer.MAX_VALUE;

  /** What is remembered of one face. */
  private static final class Smoothers {

    private final FaceSmoother places;
    private final MeshSmoother meshes;
    private final ScoreSmoother scores;
    private SmoothedScores latest;
    private long seenNanos;

    Smoothers(SmoothingOptions options, FaceResult first, long timestampNanos) {
      places = new FaceSmoother(options);
      meshes = new MeshSmoother(options, first.face().box());
      scores = new ScoreSmoother(options);
      latest = scores.smooth(first.scores(), timestampNanos);
    }
  }

  private VideoPipeline(
      FramePipeline pipeline, boolean owned, VideoOptions options, LongSupplier nanoClock) {
    this.pipeline = pipeline;
    this.owned = owned;
    this.options = options;
    this.nanoClock = nanoClock;
    this.tracker = new FaceTracker(options.tracker());
  }

  /**
   * Returns a pipeline with the preferred backend's networks for video, warmed up.
   *
   * @throws FerException if there is no backend, or its networks can't be loaded
   */
  public static VideoPipeline create() {
    FramePipeline frames = FramePipeline.builder().live().build();
    try {
      warmUpTracking(frames, VideoOptions.defaults());
    } catch (RuntimeException | Error e) {
      frames.close();
      throw e;
    }
    return new VideoPipeline(frames, true, VideoOptions.defaults(), System::nanoTime);
  }

  /** Returns one that uses the caller's pipeline, which it never closes. */
  public static VideoPipeline of(FramePipeline pipeline, VideoOptions options) {
    return of(pipeline, options, System::nanoTime);
  }

  static VideoPipeline of(FramePipeline pipeline, VideoOptions options, LongSupplier nanoClock) {
    return new VideoPipeline(pipeline, false, options, nanoClock);
  }

  /**
   * Finds the faces of the next frame and tells their expressions.
   *
   * @param frame with the time at which it was taken, later than the one before
   * @throws IllegalArgumentException if it is not later
   * @throws FerException if a network fails; the pipeline stays usable
   * @throws IllegalStateException after {@link #close()}, or while another thread is in this method
   */
  public VideoResult process(Frame frame) {
    turnstile.enter();
    try {
      return processNext(frame);
    } finally {
      turnstile.leave();
    }
  }

  private VideoResult processNext(Frame frame) {
    long now = frame.timestampNanos();
    if (now <= latestNanos) {
      throw new IllegalArgumentException(
          "expected a frame later than %d ns, found %d: set it by Frame.withTimestampNanos"
              .formatted(latestNanos, now));
    }
    long start = nanoClock.getAsLong();
    boolean looked = sinceDetection >= options.detectEvery() || tracker.isUnsure(now);
    List<TrackedFace> tracked =
        looked ? tracker.update(pipeline.detect(frame), now) : tracker.predict(now);
    latestNanos = now;
    sinceDetection = looked ? 1 : sinceDetection + 1;
    long detected = nanoClock.getAsLong();
    FrameResult result = pipeline.process(frame, faces(tracked));
    List<VideoFace> faces = new ArrayList<>(tracked.size());
    for (int i = 0; i < tracked.size(); i++) {
      boolean missed = looked && !tracked.get(i).detected();
      faces.add(face(tracked.get(i), missed, result.faces().get(i), now));
    }
    forget(now);
    StageTimes times = times(detected - start, result.times());
    recorder.record(looked, times.totalNanos());
    return new VideoResult(now, faces, times);
  }

  /**
   * Warms up the frame pipeline, see {@link FramePipeline#warmUp(Frame)}, and tracking, so that the
   * first frame is not much slower than others; {@link #create()} has done so. Faces and metrics
   * stay as they are.
   *
   * @param frame of the size and format that will come
   * @throws FerException if a network fails
   * @throws IllegalStateException after {@link #close()}, or while another thread uses the pipeline
   */
  public void warmUp(Frame frame) {
    turnstile.enter();
    try {
      pipeline.warmUp(frame);
      warmUpTracking(pipeline, options);
    } finally {
      turnstile.leave();
    }
  }

  /** Follows a made-up face with a tracker of its own. */
  private static void warmUpTracking(FramePipeline pipeline, VideoOptions options) {
    VideoPipeline scratch = new VideoPipeline(pipeline, false, options, () -> 0);
    Face face = Face.of(new BoundingBox(100, 100, 80, 80));
    RotatedSquare square = new RotatedSquare(140, 140, 80, 0);
    EmotionScores scores = EmotionScores.ofLogits(0, 0, 0, 0, 0, 0, 0, 0);
    for (int i = 1; i <= WARM_UP_FRAMES; i++) {
      long now = i * FRAME_NANOS;
      scratch.tracker.isUnsure(now);
      List<TrackedFace> tracked = scratch.tracker.update(List.of(face), now);
      List<Face> places = faces(tracked);
      for (int k = 0; k < tracked.size(); k++) {
        FaceResult result = new FaceResult(places.get(k), square, scores);
        scratch.face(tracked.get(k), false, result, now);
      }
      scratch.forget(now);
    }
  }

  /**
   * Tells which networks this pipeline runs, and on what. Safe for use by many threads, also after
   * {@link #close()}.
   */
  public PipelineDescription describe() {
    return pipeline.describe();
  }

  /**
   * Returns what this pipeline has done. Safe for use by many threads, also while it runs and after
   * {@link #close()}; {@link VideoMetrics#since} tells what was done between two calls.
   */
  public VideoMetrics metrics() {
    return recorder.metrics(pipeline.metrics());
  }

  private static List<Face> faces(List<TrackedFace> tracked) {
    return tracked.stream().map(TrackedFace::face).toList();
  }

  private VideoFace face(TrackedFace face, boolean missed, FaceResult result, long now) {
    Smoothers own =
        smoothers.computeIfAbsent(face.id(), id -> new Smoothers(options.smoothing(), result, now));
    own.seenNanos = now;
    Face shown = own.places.smooth(face.face(), now);
    // What a missed face shows is likely to be the hand before it.
    if (!missed) {
      own.latest = own.scores.smooth(result.scores(), now);
    }
    Optional<FaceMesh> shownMesh = result.mesh().map(mesh -> own.meshes.smooth(mesh, now));
    if (shownMesh.isEmpty()) {
      own.meshes.reset();
    }
    return new VideoFace(face.id(), face.detected(), result, shown, own.latest, shownMesh);
  }

  /** The tracker has forgotten those ids as well. */
  private void forget(long now) {
    long most = options.tracker().maxLostNanos();
    smoothers.values().removeIf(own -> now - own.seenNanos > most);
  }

  private static StageTimes times(long detectNanos, StageTimes rest) {
    return new StageTimes(
        detectNanos,
        rest.landmarkNanos(),
        rest.alignNanos(),
        rest.classifyNanos(),
        detectNanos + rest.totalNanos());
  }

  /**
   * Frees what {@link #create()} opened; a pipeline that the caller handed in stays open. Further
   * calls do nothing.
   *
   * @throws IllegalStateException while another thread uses the pipeline
   */
  @Override
  public void close() {
    turnstile.close(
        () -> {
          if (owned) {
            pipeline.close();
          }
        });
  }
}
