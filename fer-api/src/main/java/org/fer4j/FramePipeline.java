package org.fer4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.fer4j.internal.Resources;
import org.fer4j.internal.Turnstile;
import org.fer4j.metrics.PipelineMetrics;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.jspecify.annotations.Nullable;

/**
 * Finds every face of a frame and tells its expression.
 *
 * <pre>{@code
 * try (FramePipeline pipeline = FramePipeline.create()) {
 *   for (FaceResult face : pipeline.process(Frame.of(image)).faces()) {
 *     System.out.println(face.face().box() + " " + face.scores());
 *   }
 * }
 * }</pre>
 *
 * <p>Confined: one thread may use a pipeline at a time, since its stages keep scratch memory; two
 * at once get an {@link IllegalStateException}. Make one for each worker.
 */
public final class FramePipeline implements AutoCloseable {

  private final FaceDetector detector;
  private final FaceAligner aligner;
  private final EmotionClassifier classifier;
  private final @Nullable LandmarkDetector landmarks;
  private final List<AutoCloseable> owned;
  private final float scoreThreshold;
  private final int maxFaces;
  private final @Nullable BoundingBox regionOfInterest;
  private final int rotationDegrees;
  private final FrameRecorder recorder;

  private final Turnstile turnstile = new Turnstile("FramePipeline");

  private FramePipeline(
      Builder builder,
      FaceDetector detector,
      EmotionClassifier classifier,
      @Nullable LandmarkDetector landmarks,
      List<AutoCloseable> owned) {
    this.detector = detector;
    this.aligner = builder.aligner;
    this.classifier = classifier;
    this.landmarks = landmarks;
    this.owned = owned;
    this.scoreThreshold = (float) builder.scoreThreshold.orElse(0);
    this.maxFaces = builder.maxFaces;
    this.regionOfInterest = builder.regionOfInterest;
    this.rotationDegrees = builder.rotationDegrees;
    this.recorder = new FrameRecorder(builder.nanoClock);
  }

  /**
   * Returns a pipeline for photographs with the preferred backend's bundled networks. For video,
   * choose {@code builder().live().build()}.
   *
   * @throws FerException if there is no backend, or its networks can't be loaded
   */
  public static FramePipeline create() {
    return builder().build();
  }

  /** Returns a builder with the same defaults as {@link #create()}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the faces of a frame and tells their expressions.
   *
   * @return faces in pixels of the frame as it is stored; no face is an empty list
   * @throws IllegalArgumentException if the region of interest lies outside of the frame
   * @throws FerException if a network fails; the pipeline stays usable
   * @throws IllegalStateException after {@link #close()}, or while another thread is in this method
   */
  public FrameResult process(Frame frame) {
    turnstile.enter();
    try {
      long start = recorder.begin();
      Frame turned = turned(frame);
      List<Face> faces = keep(detectInRegion(turned));
      return analyze(turned, faces, start, recorder.detected(start, faces.size()));
    } catch (RuntimeException | Error e) {
      recorder.failed(frame);
      throw e;
    } finally {
      turnstile.leave();
    }
  }

  /**
   * Finds the faces of a frame, as the first half of {@link #process(Frame)}.
   *
   * @return faces in pixels of the frame as it is stored, best first; no face is an empty list
   * @throws IllegalArgumentException if the region of interest lies outside of the frame
   * @throws FerException if the network fails; the pipeline stays usable
   * @throws IllegalStateException after {@link #close()}, or while another thread is in this method
   */
  public List<Face> detect(Frame frame) {
    turnstile.enter();
    try {
      long start = recorder.begin();
      List<Face> faces = keep(detectInRegion(turned(frame)));
      recorder.detected(start, faces.size());
      return faces;
    } catch (RuntimeException | Error e) {
      recorder.failed(frame);
      throw e;
    } finally {
      turnstile.leave();
    }
  }

  /**
   * Tells the expressions of faces that the caller knows already; nothing is detected or left out.
   *
   * @param faces in pixels of the frame; {@link Face#of(BoundingBox)} makes one of a box
   * @return one result for each face, in the same order
   * @throws FerException if a network fails; the pipeline stays usable
   * @throws IllegalStateException after {@link #close()}, or while another thread is in this method
   */
  public FrameResult process(Frame frame, List<Face> faces) {
    turnstile.enter();
    try {
      long start = recorder.begin();
      return analyze(turned(frame), faces, start, start);
    } catch (RuntimeException | Error e) {
      recorder.failed(frame);
      throw e;
    } finally {
      turnstile.leave();
    }
  }

  /**
   * Tells which networks this pipeline runs, and on what. Safe for use by many threads, also after
   * {@link #close()}.
   */
  public PipelineDescription describe() {
    return new PipelineDescription(
        detector.describe(),
        classifier.describe(),
        Optional.ofNullable(landmarks).map(LandmarkDetector::describe));
  }

  /**
   * Returns what this pipeline has done since it was built. Safe for use by many threads, also
   * while it runs and after {@link #close()}; {@link PipelineMetrics#since} tells what was done
   * between two calls.
   */
  public PipelineMetrics metrics() {
    return recorder.metrics();
  }

  /**
   * Works through a frame of 640 x 480 pixels in BGR with a drawn face, as {@link #warmUp(Frame)}
   * does.
   *
   * @throws FerException if a network fails
   * @throws IllegalStateException after {@link #close()}, or while another thread uses the pipeline
   */
  public void warmUp() {
    warmUp(WarmUp.frame());
  }

  /**
   * Works through a frame up to twenty times or for half a second, so that the first frame that
   * counts is not much slower than others: libraries allocate their memory and Java compiles its
   * code when they are first used. {@link #metrics()} and events leave it out.
   *
   * @param frame of the size and format that will come; a face is made up if it shows none
   * @throws FerException if a network fails
   * @throws IllegalStateException after {@link #close()}, or while another thread uses the pipeline
   */
  public void warmUp(Frame frame) {
    turnstile.enter();
    recorder.setRecording(false);
    try {
      Frame turned = turned(frame);
      List<Face> madeUp = List.of(WarmUp.face(turned, classifier.cropRule()));
      WarmUp.run(
          recorder::now,
          () -> {
            // Not in the region of interest, which may lie outside of this frame.
            List<Face> found = keep(detector.detect(turned));
            analyze(turned, found.isEmpty() ? madeUp : found, recorder.begin(), recorder.now());
          });
    } finally {
      recorder.setRecording(true);
      turnstile.leave();
    }
  }

  private Frame turned(Frame frame) {
    return rotationDegrees == 0 ? frame : frame.withRotationDegrees(rotationDegrees);
  }

  private List<Face> detectInRegion(Frame frame) {
    if (regionOfInterest == null) {
      return detector.detect(frame);
    }
    BoundingBox region = regionOfInterest;
    // Planar formats keep one colour value for two pixels each way: begin at an even one.
    int x = evenFloor(Math.max(0, region.x()));
    int y = evenFloor(Math.max(0, region.y()));
    int right = (int) Math.ceil(Math.min(frame.width(), region.right()));
    int bottom = (int) Math.ceil(Math.min(frame.height(), region.bottom()));
    if (x >= right || y >= bottom) {
      throw new IllegalArgumentException(
          "expected a region of interest inside the frame of %d x %d pixels, found %s"
              .formatted(frame.width(), frame.height(), region));
    }
    List<Face> faces = new ArrayList<>();
    for (Face face : detector.detect(frame.view(x, y, right - x, bottom - y))) {
      faces.add(face.plus(x, y));
    }
    return faces;
  }

  private static int evenFloor(float value) {
    return (int) value & ~1;
  }

  private List<Face> keep(List<Face> faces) {
    boolean all = faces.size() <= maxFaces;
    for (int i = 0; all && i < faces.size(); i++) {
      all = faces.get(i).score() >= scoreThreshold;
    }
    if (all) {
      return faces;
    }
    List<Face> kept = new ArrayList<>(faces.size());
    for (Face face : faces) {
      if (face.score() >= scoreThreshold && kept.size() < maxFaces) {
        kept.add(face);
      }
    }
    return kept;
  }

  private FrameResult analyze(Frame frame, List<Face> faces, long start, long detected) {
    List<Optional<FaceMesh>> meshes = meshes(frame, faces);
    long meshed = landmarks == null ? detected : recorder.landmarked(detected, faces.size());
    CropRule rule = classifier.cropRule();
    List<FaceCrop> crops = new ArrayList<>(faces.size());
    for (Face face : faces) {
      crops.add(aligner.align(frame, face, rule));
    }
    long aligned = recorder.aligned(meshed, crops.size());
    List<EmotionScores> scores = crops.isEmpty() ? List.of() : classifier.classify(crops);
    if (scores.size() != crops.size()) {
      throw new FerException(
          "expected scores for %d faces, found %d".formatted(crops.size(), scores.size()));
    }
    FaceResult[] results = new FaceResult[crops.size()];
    for (int i = 0; i < results.length; i++) {
      Optional<FaceMesh> mesh = meshes.isEmpty() ? Optional.empty() : meshes.get(i);
      results[i] = new FaceResult(faces.get(i), crops.get(i).square(), scores.get(i), mesh);
    }
    StageTimes times = recorder.classified(frame, start, detected, meshed, aligned, results.length);
    return new FrameResult(frame.timestampNanos(), List.of(results), times);
  }

  /** Returns one element for each face, or none at all if nobody asked for landmarks. */
  private List<Optional<FaceMesh>> meshes(Frame frame, List<Face> faces) {
    if (landmarks == null || faces.isEmpty()) {
      return List.of();
    }
    List<Optional<FaceMesh>> meshes = landmarks.detect(frame, faces);
    if (meshes.size() != faces.size()) {
      throw new FerException(
          "expected landmarks for %d faces, found %d".formatted(faces.size(), meshes.size()));
    }
    return meshes;
  }

  /**
   * Frees what the pipeline opened itself; a detector or classifier that the caller handed in stays
   * open. Further calls do nothing.
   *
   * @throws IllegalStateException while another thread uses the pipeline
   */
  @Override
  public void close() {
    turnstile.close(() -> Resources.closeAll(owned, "A stage could not be closed"));
  }

  /**
   * Collects what a pipeline is made of.
   *
   * <p>Confined to one thread.
   */
  public static final class Builder {

    private @Nullable String backend;
    private String detectorName = Backend.PHOTO_DETECTOR;
    private @Nullable FaceDetector detector;
    private DetectorOptions detectorOptions = DetectorOptions.defaults();
    private String classifierName = Backend.PHOTO_CLASSIFIER;
    private @Nullable EmotionClassifier classifier;
    private ClassifierOptions classifierOptions = ClassifierOptions.defaults();
    private @Nullable String landmarksName;
    private @Nullable LandmarkDetector landmarks;
    private LandmarkOptions landmarkOptions = LandmarkOptions.defaults();
    private FaceAligner aligner = FaceAligner.standard();
    private OptionalDouble scoreThreshold = OptionalDouble.empty();
    private int maxFaces = Integer.MAX_VALUE;
    private @Nullable BoundingBox regionOfInterest;
    private int rotationDegrees;
    private @Nullable RuntimeOptions runtime;
    private boolean warmUp;
    private LongSupplier nanoClock = System::nanoTime;

    private Builder() {}

    /** Names the backend, for example "onnx"; by default the one with the highest priority. */
    public Builder backend(String name) {
      this.backend = name;
      return this;
    }

    /**
     * Chooses the backend's detector and classifier for video, which look once at each frame and
     * take a few milliseconds, in place of those for photographs, and warms them up.
     */
    public Builder live() {
      return detector(Backend.LIVE_DETECTOR).classifier(Backend.LIVE_CLASSIFIER).warmUp(true);
    }

    /**
     * Sets whether {@link #build()} calls {@link FramePipeline#warmUp()}. It does after {@link
     * #live()}, where the first frame must not be late; otherwise it does not, since the first of a
     * few photographs is done sooner without. Stages that the caller handed in see the made-up
     * frames as well.
     */
    public Builder warmUp(boolean wanted) {
      this.warmUp = wanted;
      return this;
    }

    /** Names the detector that the backend opens; by default the one for photographs. */
    public Builder detector(String model) {
      this.detectorName = model;
      this.detector = null;
      return this;
    }

    /** Takes the caller's detector, which the pipeline uses but never closes. */
    public Builder detector(FaceDetector detector) {
      this.detector = detector;
      return this;
    }

    /** Sets how a detector that is opened by name works. */
    public Builder detectorOptions(DetectorOptions options) {
      this.detectorOptions = options;
      return this;
    }

    /** Names the classifier that the backend opens; by default the one for photographs. */
    public Builder classifier(String model) {
      this.classifierName = model;
      this.classifier = null;
      return this;
    }

    /** Takes the caller's classifier, which the pipeline uses but never closes. */
    public Builder classifier(EmotionClassifier classifier) {
      this.classifier = classifier;
      return this;
    }

    /** Sets how a classifier that is opened by name works. */
    public Builder classifierOptions(ClassifierOptions options) {
      this.classifierOptions = options;
      return this;
    }

    /** Finds the 468 points of each face as well, with the backend's network. */
    public Builder landmarks() {
      return landmarks(Backend.LANDMARKS);
    }

    /** Finds the points of each face as well, with a landmark network that the backend opens. */
    public Builder landmarks(String model) {
      this.landmarksName = model;
      this.landmarks = null;
      return this;
    }

    /** Takes the caller's landmark detector, which the pipeline uses but never closes. */
    public Builder landmarks(LandmarkDetector detector) {
      this.landmarksName = null;
      this.landmarks = detector;
      return this;
    }

    /** Sets how a landmark detector that is opened by name works. */
    public Builder landmarkOptions(LandmarkOptions options) {
      this.landmarkOptions = options;
      return this;
    }

    /**
     * Sets how all networks that are opened by name are run, for example on which device; it takes
     * the place of what the options of detector, classifier and landmarks say.
     */
    public Builder runtime(RuntimeOptions options) {
      this.runtime = options;
      return this;
    }

    /** Takes another rule for how faces are cut. */
    public Builder aligner(FaceAligner aligner) {
      this.aligner = aligner;
      return this;
    }

    /**
     * Leaves out faces with a lower detector score, from 0 to 1; by default the detector decides. A
     * detector that is opened by name looks for faces down to this score; one that the caller hands
     * in may have left out more.
     *
     * @throws IllegalArgumentException if the threshold is out of its range
     */
    public Builder scoreThreshold(float threshold) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException(
            "expected a score threshold in [0, 1], found " + threshold);
      }
      this.scoreThreshold = OptionalDouble.of(threshold);
      return this;
    }

    /**
     * Keeps only the faces with the best detector scores; all by default.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Builder maxFaces(int faces) {
      if (faces < 1) {
        throw new IllegalArgumentException("expected at least 1 face, found " + faces);
      }
      this.maxFaces = faces;
      return this;
    }

    /**
     * Looks for faces in a part of each frame only, in pixels; what lies beyond the frame is
     * ignored. Results stay in pixels of the whole frame.
     */
    public Builder regionOfInterest(BoundingBox region) {
      this.regionOfInterest = region;
      return this;
    }

    /**
     * Sets how far clockwise each frame must be turned to be upright: 0, 90, 180 or 270. If it is
     * not 0, it replaces the rotation that a frame brings. Results stay in pixels of the frame as
     * it is stored.
     *
     * @throws IllegalArgumentException for any other value
     */
    public Builder rotationDegrees(int degrees) {
      Frame.requireRotation(degrees);
      this.rotationDegrees = degrees;
      return this;
    }

    Builder nanoClock(LongSupplier clock) {
      this.nanoClock = clock;
      return this;
    }

    /**
     * Opens what is named and makes the pipeline.
     *
     * @throws IllegalArgumentException if the backend has no network of a name
     * @throws FerException if there is no such backend, a network can't be loaded, or a device that
     *     the options name can't be used
     */
    public FramePipeline build() {
      List<AutoCloseable> owned = new ArrayList<>(3);
      try {
        FaceDetector chosenDetector = detector;
        if (chosenDetector == null) {
          DetectorOptions options =
              runtime == null ? detectorOptions : detectorOptions.withRuntime(runtime);
          if (scoreThreshold.isPresent()) {
            options = options.withScoreThreshold(scoreThreshold.getAsDouble());
          }
          chosenDetector = chosenBackend().openDetector(detectorName, options);
          owned.add(chosenDetector);
        }
        EmotionClassifier chosenClassifier = classifier;
        if (chosenClassifier == null) {
          ClassifierOptions options =
              runtime == null ? classifierOptions : classifierOptions.withRuntime(runtime);
          chosenClassifier = chosenBackend().openClassifier(classifierName, options);
          owned.add(chosenClassifier);
        }
        LandmarkDetector chosenLandmarks = landmarks;
        if (landmarksName != null) {
          LandmarkOptions options =
              runtime == null ? landmarkOptions : landmarkOptions.withRuntime(runtime);
          chosenLandmarks = chosenBackend().openLandmarkDetector(landmarksName, options);
          owned.add(chosenLandmarks);
        }
        FramePipeline pipeline =
            new FramePipeline(this, chosenDetector, chosenClassifier, chosenLandmarks, owned);
        if (warmUp) {
          pipeline.warmUp();
        }
        return pipeline;
      } catch (RuntimeException | Error e) {
        Resources.closeAfter(e, owned);
        throw e;
      }
    }

    private Backend chosenBackend() {
      return backend == null ? Backends.preferred() : Backends.named(backend);
    }
  }
}
