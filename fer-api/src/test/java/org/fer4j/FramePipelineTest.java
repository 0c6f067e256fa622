package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.fer4j.metrics.PipelineMetrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** The stages are mocks: what is tested is how the pipeline joins them. */
class FramePipelineTest {

  private static final CropRule RULE = new CropRule(Map.of(), 0, 0, 1);
  private static final LandmarkLayout NOSE = new LandmarkLayout(List.of("nose_tip"));
  private static final Frame FRAME =
      Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80).withTimestampNanos(77);

  private final FaceDetector detector = mock(FaceDetector.class);
  private final FaceAligner aligner = mock(FaceAligner.class);
  private final EmotionClassifier classifier = mock(EmotionClassifier.class);

  @BeforeEach
  void stages() {
    when(classifier.cropRule()).thenReturn(RULE);
    when(classifier.classify(anyList()))
        .thenAnswer(
            call -> {
              List<FaceCrop> crops = call.getArgument(0);
              return crops.stream().map(FramePipelineTest::scoresOf).toList();
            });
    when(aligner.align(any(), any(), any()))
        .thenAnswer(
            call -> {
              Face face = call.getArgument(1);
              return new FaceCrop(call.getArgument(0), squareOf(face));
            });
  }

  /** A square that tells which face it belongs to. */
  private static RotatedSquare squareOf(Face face) {
    return new RotatedSquare(face.box().x(), face.box().y(), face.box().width(), 0);
  }

  /** Scores that tell which crop they belong to. */
  private static EmotionScores scoresOf(FaceCrop crop) {
    return EmotionScores.ofLogits(crop.square().size(), 0, 0, 0, 0, 0, 0, 0);
  }

  private static Face face(float x, float y, float width, float score) {
    return new Face(new BoundingBox(x, y, width, width), score, Landmarks.of(NOSE, x + 1, y + 2));
  }

  private FramePipeline.Builder builder() {
    return FramePipeline.builder().detector(detector).aligner(aligner).classifier(classifier);
  }

  @Test
  void stagesFollowOneAnother() {
    Face best = face(1, 2, 3, 0.9f);
    Face second = face(4, 5, 6, 0.8f);
    when(detector.detect(FRAME)).thenReturn(List.of(best, second));
    FrameResult result;
    try (FramePipeline pipeline = builder().build()) {
      result = pipeline.process(FRAME);
    }
    List<FaceCrop> crops =
        List.of(new FaceCrop(FRAME, squareOf(best)), new FaceCrop(FRAME, squareOf(second)));
    InOrder order = inOrder(detector, aligner, classifier);
    order.verify(detector).detect(FRAME);
    order.verify(aligner).align(FRAME, best, RULE);
    order.verify(aligner).align(FRAME, second, RULE);
    // All faces of a frame in one batch.
    order.verify(classifier).classify(crops);
    assertEquals(77, result.timestampNanos());
    assertEquals(
        List.of(
            new FaceResult(best, squareOf(best), scoresOf(crops.get(0))),
            new FaceResult(second, squareOf(second), scoresOf(crops.get(1)))),
        result.faces());
  }

  @Test
  void noFaceIsAnEmptyResult() {
    when(detector.detect(FRAME)).thenReturn(List.of());
    try (FramePipeline pipeline = builder().build()) {
      assertEquals(List.of(), pipeline.process(FRAME).faces());
    }
    verify(classifier, never()).classify(any());
    verifyNoInteractions(aligner);
  }

  @Test
  void facesBelowTheThresholdAreLeftOut() {
    when(detector.detect(FRAME))
        .thenReturn(List.of(face(1, 1, 1, 0.9f), face(2, 2, 2, 0.6f), face(3, 3, 3, 0.59f)));
    try (FramePipeline pipeline = builder().scoreThreshold(0.6f).build()) {
      assertEquals(List.of(0.9f, 0.6f), scores(pipeline.process(FRAME)));
    }
  }

  @Test
  void onlyTheBestFacesAreKept() {
    when(detector.detect(FRAME))
        .thenReturn(List.of(face(1, 1, 1, 0.9f), face(2, 2, 2, 0.8f), face(3, 3, 3, 0.7f)));
    try (FramePipeline pipeline = builder().maxFaces(2).build()) {
      assertEquals(List.of(0.9f, 0.8f), scores(pipeline.process(FRAME)));
    }
  }

  private static List<Float> scores(FrameResult result) {
    return result.faces().stream().map(found -> found.face().score()).toList();
  }

  @Test
  void ownFacesAreNeitherDetectedNorLeftOut() {
    List<Face> faces = List.of(face(1, 1, 1, 0.1f), Face.of(new BoundingBox(-5, 90, 4, 4)));
    try (FramePipeline pipeline =
        builder()
            .scoreThreshold(0.5f)
            .maxFaces(1)
            .regionOfInterest(new BoundingBox(50, 50, 5, 5))
            .build()) {
      FrameResult result = pipeline.process(FRAME, faces);
      assertEquals(faces, result.faces().stream().map(FaceResult::face).toList());
      assertEquals(0, result.times().detectNanos());
      assertEquals(List.of(), pipeline.process(FRAME, List.of()).faces());
    }
    verify(detector, never()).detect(any());
  }

  /** The region is widened to whole pixels, of which the first are even. */
  @ParameterizedTest
  @CsvSource({
    "20, 10, 30, 40, 20, 10, 30, 40",
    "21.5, 11.9, 10, 10, 20, 10, 12, 12",
    "-10, -20, 30, 50, 0, 0, 20, 30",
    "90, 70, 1000, 1000, 90, 70, 10, 10",
    "99.5, 79.5, 0.25, 0.25, 98, 78, 2, 2"
  })
  void regionsOfInterestShiftFacesBack(
      float x, float y, float width, float height, int left, int top, int columns, int rows) {
    when(detector.detect(any())).thenReturn(List.of(face(3, 4, 5, 0.9f)));
    FrameResult result;
    try (FramePipeline pipeline =
        builder().regionOfInterest(new BoundingBox(x, y, width, height)).build()) {
      result = pipeline.process(FRAME);
    }
    ArgumentCaptor<Frame> part = ArgumentCaptor.forClass(Frame.class);
    verify(detector).detect(part.capture());
    assertEquals(columns, part.getValue().width());
    assertEquals(rows, part.getValue().height());
    assertEquals(top * 100 + left, part.getValue().offset());
    Face shifted = face(3 + left, 4 + top, 5, 0.9f);
    assertEquals(shifted, result.faces().get(0).face());
    // The crop is cut from the whole frame: it may reach beyond the region.
    verify(aligner).align(FRAME, shifted, RULE);
  }

  @Test
  void regionsOutsideOfTheFrameAreNamed() {
    try (FramePipeline pipeline =
        builder().regionOfInterest(new BoundingBox(100, 0, 10, 10)).build()) {
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> pipeline.process(FRAME))
                  .getMessage());
      assertTrue(
          message.startsWith(
              "expected a region of interest inside the frame of 100 x 80 pixels, found"),
          message);
      Frame wider = Frame.of(new byte[200 * 80], PixelFormat.GRAY8, 200, 80);
      assertEquals(List.of(), pipeline.process(wider).faces());
    }
  }

  @Test
  void rotationReplacesThatOfTheFrame() {
    when(detector.detect(any())).thenReturn(List.of(face(1, 1, 1, 0.9f)));
    Frame lying = FRAME.withRotationDegrees(90);
    try (FramePipeline pipeline = builder().rotationDegrees(180).build()) {
      pipeline.process(lying);
      pipeline.process(lying, List.of(face(1, 1, 1, 0.9f)));
    }
    try (FramePipeline pipeline = builder().build()) {
      pipeline.process(lying);
    }
    ArgumentCaptor<Frame> detected = ArgumentCaptor.forClass(Frame.class);
    verify(detector, times(2)).detect(detected.capture());
    assertEquals(List.of(180, 90), rotations(detected));
    ArgumentCaptor<Frame> aligned = ArgumentCaptor.forClass(Frame.class);
    verify(aligner, times(3)).align(aligned.capture(), any(), any());
    assertEquals(List.of(180, 180, 90), rotations(aligned));
  }

  private static List<Integer> rotations(ArgumentCaptor<Frame> frames) {
    return frames.getAllValues().stream().map(Frame::rotationDegrees).toList();
  }

  @Test
  void rotationOfTheFrameReachesTheRegion() {
    when(detector.detect(any())).thenReturn(List.of());
    try (FramePipeline pipeline =
        builder().rotationDegrees(270).regionOfInterest(new BoundingBox(10, 10, 10, 10)).build()) {
      pipeline.process(FRAME);
    }
    ArgumentCaptor<Frame> part = ArgumentCaptor.forClass(Frame.class);
    verify(detector).detect(part.capture());
    assertEquals(270, part.getValue().rotationDegrees());
  }

  @Test
  void failuresLeaveThePipelineUsable() {
    Face found = face(1, 1, 1, 0.9f);
    FerException detection = new FerException("detection failed");
    FerException classification = new FerException("classification failed");
    IllegalStateException alignment = new IllegalStateException("alignment failed");
    when(detector.detect(FRAME)).thenThrow(detection).thenReturn(List.of(found));
    when(aligner.align(FRAME, found, RULE))
        .thenThrow(alignment)
        .thenReturn(new FaceCrop(FRAME, squareOf(found)));
    List<EmotionScores> scores = List.of(EmotionScores.of(1, 0, 0, 0, 0, 0, 0, 0));
    when(classifier.classify(anyList())).thenThrow(classification).thenReturn(scores);
    try (FramePipeline pipeline = builder().build()) {
      assertSame(detection, assertThrows(FerException.class, () -> pipeline.process(FRAME)));
      assertSame(
          alignment, assertThrows(IllegalStateException.class, () -> pipeline.process(FRAME)));
      assertSame(
          classification,
          assertThrows(FerException.class, () -> pipeline.process(FRAME, List.of(found))));
      assertEquals(scores.get(0), pipeline.process(FRAME).faces().get(0).scores());
    }
  }

  @Test
  void classifiersOwnOneResultToEachFace() {
    when(detector.detect(FRAME)).thenReturn(List.of(face(1, 1, 1, 0.9f)));
    when(classifier.classify(anyList())).thenReturn(List.of());
    try (FramePipeline pipeline = builder().build()) {
      assertEquals(
          "expected scores for 1 faces, found 0",
          assertThrows(FerException.class, () -> pipeline.process(FRAME)).getMessage());
    }
  }

  @Test
  void twoThreadsAtOnceAreRefused() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    when(detector.detect(FRAME))
        .thenAnswer(
            call -> {
              inside.countDown();
              assertTrue(release.await(20, TimeUnit.SECONDS));
              return List.of();
            })
        .thenReturn(List.of());
    ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "worker"));
    try (FramePipeline pipeline = builder().build()) {
      Future<FrameResult> first = other.submit(() -> pipeline.process(FRAME));
      try {
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        String message =
            String.valueOf(
                assertThrows(IllegalStateException.class, () -> pipeline.process(FRAME))
                    .getMessage());
        assertTrue(message.contains("beside worker"), message);
        assertThrows(IllegalStateException.class, () -> pipeline.process(FRAME, List.of()));
        assertThrows(IllegalStateException.class, pipeline::close);
      } finally {
        release.countDown();
      }
      assertEquals(List.of(), get(first).faces());
      // Now it is this thread's turn.
      assertEquals(List.of(), pipeline.process(FRAME).faces());
    } finally {
      other.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    Callable<T> result = () -> future.get(20, TimeUnit.SECONDS);
    try {
      return result.call();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void timesComeFromTheClock() {
    when(detector.detect(FRAME)).thenReturn(List.of(face(1, 1, 1, 0.9f)));
    try (FramePipeline pipeline = builder().nanoClock(ticks(100, 107, 120, 150)).build()) {
      assertEquals(new StageTimes(7, 13, 30, 50), pipeline.process(FRAME).times());
    }
    try (FramePipeline pipeline = builder().nanoClock(ticks(100, 120, 150)).build()) {
      assertEquals(
          new StageTimes(0, 20, 30, 50),
          pipeline.process(FRAME, List.of(face(1, 1, 1, 1))).times());
    }
  }

  @Test
  void landmarksAreAStageOfTheirOwn() {
    LandmarkDetector landmarks = mock(LandmarkDetector.class);
    Face best = face(1, 2, 3, 0.9f);
    Face second = face(4, 5, 6, 0.8f);
    FaceMesh mesh = FaceMesh.of(1, new float[3 * FaceMesh.SIZE]);
    when(detector.detect(FRAME)).thenReturn(List.of(best, second));
    when(landmarks.detect(FRAME, List.of(best, second)))
        .thenReturn(List.of(Optional.of(mesh), Optional.empty()));
    try (FramePipeline pipeline =
        builder().landmarks(landmarks).nanoClock(ticks(100, 107, 110, 120, 150)).build()) {
      FrameResult result = pipeline.process(FRAME);
      assertEquals(Optional.of(mesh), result.faces().get(0).mesh());
      assertEquals(Optional.empty(), result.faces().get(1).mesh());
      assertEquals(new StageTimes(7, 3, 10, 30, 50), result.times());
    }
    verify(landmarks, never()).close();
  }

  @Test
  void withoutFacesThereAreNoLandmarks() {
    LandmarkDetector landmarks = mock(LandmarkDetector.class);
    try (FramePipeline pipeline = builder().landmarks(landmarks).build()) {
      assertEquals(List.of(), pipeline.process(FRAME).faces());
    }
    verifyNoInteractions(landmarks);
  }

  @Test
  void landmarksAreThereForEachFace() {
    LandmarkDetector landmarks = mock(LandmarkDetector.class);
    when(detector.detect(FRAME)).thenReturn(List.of(face(1, 2, 3, 0.9f)));
    when(landmarks.detect(any(), anyList())).thenReturn(List.of());
    try (FramePipeline pipeline = builder().landmarks(landmarks).build()) {
      assertEquals(
          "expected landmarks for 1 faces, found 0",
          assertThrows(FerException.class, () -> pipeline.process(FRAME)).getMessage());
    }
  }

  @Test
  void metricsCountWhatWasDone() {
    Face found = face(1, 1, 1, 0.9f);
    when(detector.detect(FRAME))
        .thenReturn(List.of(found, found))
        .thenReturn(List.of())
        .thenReturn(List.of(found))
        .thenThrow(new FerException("detection failed"));
    try (FramePipeline pipeline =
        builder()
            .nanoClock(ticks(0, 10, 30, 70, 100, 105, 106, 108, 200, 220, 300, 303, 310, 400))
            .build()) {
      pipeline.process(FRAME);
      PipelineMetrics first = pipeline.metrics();
      pipeline.process(FRAME);
      pipeline.detect(FRAME);
      pipeline.process(FRAME, List.of(found));
      assertThrows(FerException.class, () -> pipeline.process(FRAME));
      PipelineMetrics all = pipeline.metrics();
      assertEquals(List.of(1L, 2L, 0L), counters(first));
      assertEquals(List.of(3L, 3L, 1L), counters(all));
      assertEquals(List.of(2L, 1L, 1L), counters(all.since(first)));
      // Without faces there is nothing to align or classify: no time counts as none.
      assertEquals(List.of(3L, 2L, 2L, 3L), calls(all));
      assertEquals(List.of(2L, 1L, 1L, 2L), calls(all.since(first)));
      assertEquals(20, all.detect().maxNanos());
      assertEquals(20, first.align().maxNanos());
      assertEquals(3, all.since(first).align().maxNanos());
      assertEquals(40, first.classify().p50Nanos());
      assertEquals(7, all.since(first).classify().p999Nanos());
      assertEquals(8, all.since(first).total().p50Nanos());
      assertEquals(10, all.since(first).total().maxNanos());
      assertTrue(
          all.toString().startsWith("3 frames, 3 faces, 1 failed\n  detect    3 calls, p50"));
    }
  }

  private static List<Long> counters(PipelineMetrics metrics) {
    return List.of(metrics.frames(), metrics.faces(), metrics.failedFrames());
  }

  private static List<Long> calls(PipelineMetrics metrics) {
    return List.of(
        metrics.detect().count(),
        metrics.align().count(),
        metrics.classify().count(),
        metrics.total().count());
  }

  /** Both when the detector takes the drawing for a face, and when it does not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void warmingUpReachesAllStagesAndIsNotCounted(int faces) {
    when(detector.detect(any())).thenReturn(Collections.nCopies(faces, face(1, 1, 1, 0.9f)));
    try (FramePipeline pipeline =
        builder().regionOfInterest(new BoundingBox(4000, 4000, 10, 10)).build()) {
      verifyNoInteractions(detector);
      pipeline.warmUp();
      verify(detector, atLeast(1)).detect(any());
      int expected = Math.max(1, faces);
      verify(classifier, atLeast(1)).classify(argThat(crops -> crops.size() == expected));
      assertEquals(List.of(0L, 0L, 0L), counters(pipeline.metrics()));
      assertEquals(List.of(0L, 0L, 0L, 0L), calls(pipeline.metrics()));
    }
  }

  @Test
  void warmingUpTakesNoLongerThanItPays() {
    when(detector.detect(any())).thenReturn(List.of());
    AtomicLong clock = new AtomicLong();
    try (FramePipeline pipeline = builder().nanoClock(() -> clock.getAndAdd(20_000_000)).build()) {
      pipeline.warmUp(FRAME);
      // Each round reads the clock five times, and 0.5 s are enough.
      verify(detector, times(5)).detect(FRAME);
    }
  }

  @Test
  void pipelinesWarmUpWhenTheyAreBuiltIfThatIsWanted() {
    when(detector.detect(any())).thenReturn(List.of());
    builder().warmUp(true).build().close();
    verify(detector, times(20)).detect(any());
    when(classifier.classify(anyList())).thenThrow(new FerException("cold"));
    FramePipeline.Builder failing = builder().warmUp(true);
    assertEquals("cold", assertThrows(FerException.class, failing::build).getMessage());
    FramePipeline closed = builder().build();
    closed.close();
    assertThrows(IllegalStateException.class, closed::warmUp);
  }

  @Test
  void pipelinesTellWhatTheyAreMadeOf() {
    RuntimeDescription runtime =
        new RuntimeDescription(
            "onnx", "ONNX Runtime 1.28.0", Device.CPU, "CPU provider", 2, Optional.of("not on X"));
    NetworkDescription network = new NetworkDescription("net", "3", "0a".repeat(32), runtime);
    when(classifier.describe()).thenReturn(new StageDescription("net", List.of(network)));
    when(detector.describe()).thenReturn(StageDescription.of(FramePipelineTest.class));
    try (FramePipeline pipeline = builder().build()) {
      PipelineDescription description = pipeline.describe();
      assertEquals(List.of(network), description.classifier().networks());
      assertEquals(
          """
          detector org.fer4j.FramePipelineTest
          classifier net
            net 3, SHA-256 0a0a0a0a0a0a..., onnx (ONNX Runtime 1.28.0) on CPU (CPU provider), 2 threads; not on X\
          """,
          description.toString());
    }
  }

  /** A clock that fails the test when it is read more often than foreseen. */
  private static LongSupplier ticks(long... nanos) {
    List<Long> left = new ArrayList<>();
    for (long value : nanos) {
      left.add(value);
    }
    return () -> left.remove(0);
  }

  @Test
  void stagesOfTheCallerStayOpen() {
    FramePipeline pipeline = builder().build();
    pipeline.close();
    pipeline.close();
    verify(detector, never()).close();
    verify(classifier, never()).close();
    assertEquals(
        "This FramePipeline is closed.",
        assertThrows(IllegalStateException.class, () -> pipeline.process(FRAME)).getMessage());
    assertThrows(IllegalStateException.class, () -> pipeline.process(FRAME, List.of()));
    verifyNoInteractions(detector);
  }

  @Test
  void withoutABackendTheReasonIsNamed() {
    String message =
        String.valueOf(assertThrows(FerException.class, FramePipeline::create).getMessage());
    assertTrue(message.contains("org.fer4j:fer-onnx"), message);
    FramePipeline.Builder named = builder().detector("blazeface").backend("opencv");
    assertNotNull(assertThrows(FerException.class, named::build).getMessage());
    assertInstanceOf(
        FerException.class,
        assertThrows(RuntimeException.class, () -> builder().classifier("x").build()));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
  void thresholdsAreFractions(float threshold) {
    assertEquals(
        "expected a score threshold in [0, 1], found " + threshold,
        assertThrows(IllegalArgumentException.class, () -> builder().scoreThreshold(threshold))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void atLeastOneFaceIsKept(int faces) {
    assertThrows(IllegalArgumentException.class, () -> builder().maxFaces(faces));
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 45, 360})
  void rotationsAreQuarterTurns(int degrees) {
    assertThrows(IllegalArgumentException.class, () -> builder().rotationDegrees(degrees));
  }
}
