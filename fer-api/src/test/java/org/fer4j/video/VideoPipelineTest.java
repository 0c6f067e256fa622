package org.fer4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FaceMesh;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.LandmarkDetector;
import org.fer4j.PipelineDescription;
import org.fer4j.PixelFormat;
import org.fer4j.StageDescription;
import org.fer4j.StageTimes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Detector and classifier are mocks: what is tested is what happens from frame to frame. */
class VideoPipelineTest {

  private static final long FRAME = 33_333_333;
  private static final Face FACE = face(200);

  private final FaceDetector detector = mock(FaceDetector.class);
  private final EmotionClassifier classifier = mock(EmotionClassifier.class);
  private final FramePipeline frames =
      FramePipeline.builder().detector(detector).classifier(classifier).build();

  @BeforeEach
  void stages() {
    when(classifier.cropRule()).thenReturn(new CropRule(Map.of(), 0, 0, 1));
    when(detector.detect(any())).thenReturn(List.of(FACE));
    show(Emotion.HAPPINESS);
  }

  private static Face face(float x) {
    return Face.of(new BoundingBox(x, 100, 80, 80));
  }

  private static Frame frame(long number) {
    return Frame.of(new byte[640 * 480], PixelFormat.GRAY8, 640, 480)
        .withTimestampNanos(number * FRAME);
  }

  /** Makes all faces show an expression. */
  private void show(Emotion emotion) {
    float[] logits = new float[Emotion.all().size()];
    logits[emotion.ordinal()] = 5;
    when(classifier.classify(anyList()))
        .thenAnswer(
            call -> {
              List<?> crops = call.getArgument(0);
              return Collections.nCopies(crops.size(), EmotionScores.ofLogits(logits));
            });
  }

  private VideoPipeline video(int detectEvery) {
    return VideoPipeline.of(frames, VideoOptions.defaults().withDetectEvery(detectEvery));
  }

  @Test
  void facesKeepIdsAndLabels() {
    VideoPipeline video = video(1);
    for (int i = 0; i < 10; i++) {
      VideoResult result = video.process(frame(i));
      assertEquals(i * FRAME, result.timestampNanos());
      assertEquals(1, result.faces().size());
      VideoFace face = result.faces().get(0);
      assertEquals(1, face.id());
      assertTrue(face.detected());
      assertEquals(FACE, face.result().face());
      assertEquals(Emotion.HAPPINESS, face.smoothed().label());
    }
    when(detector.detect(any())).thenReturn(List.of(face(500), FACE));
    assertEquals(
        List.of(2L, 1L), video.process(frame(10)).faces().stream().map(VideoFace::id).toList());
  }

  @Test
  void metricsTellDetectionFromTracking() {
    VideoPipeline video = video(3);
    for (int i = 0; i < 6; i++) {
      video.process(frame(i));
    }
    VideoMetrics before = video.metrics();
    assertEquals(2, before.detectedFrames());
    assertEquals(4, before.trackedFrames());
    assertEquals(6, before.total().count());
    assertEquals(2, before.pipeline().detect().count());
    assertEquals(6, before.pipeline().frames());
    assertTrue(before.total().maxNanos() >= before.pipeline().total().maxNanos());
    assertTrue(
        before
            .toString()
            .startsWith("2 frames with detection, 4 with tracking alone\n  video    6"),
        before.toString());
    video.process(frame(6));
    VideoMetrics since = video.metrics().since(before);
    assertEquals(1, since.detectedFrames());
    assertEquals(0, since.trackedFrames());
    assertEquals(1, since.total().count());
    assertEquals(1, since.pipeline().faces());
  }

  @Test
  void warmingUpLeavesNoTrace() {
    VideoPipeline video = video(1);
    video.warmUp(frame(1_000_000));
    verify(detector, atLeast(1)).detect(any());
    assertEquals(0, video.metrics().total().count());
    assertEquals(0, video.metrics().pipeline().frames());
    // Earlier than the frame before, with the first id.
    assertEquals(1, video.process(frame(0)).faces().get(0).id());
  }

  @Test
  void descriptionIsThatOfTheFramePipeline() {
    StageDescription stage = StageDescription.of(VideoPipelineTest.class);
    when(detector.describe()).thenReturn(stage);
    when(classifier.describe()).thenReturn(stage);
    assertEquals(new PipelineDescription(stage, stage, Optional.empty()), video(1).describe());
  }

  @Test
  void oneOddFrameChangesNoLabel() {
    VideoPipeline video = video(1);
    video.process(frame(0));
    show(Emotion.ANGER);
    VideoFace odd = video.process(frame(1)).faces().get(0);
    assertEquals(Emotion.ANGER, odd.result().scores().top());
    assertEquals(Emotion.HAPPINESS, odd.smoothed().label());
    Emotion label = odd.smoothed().label();
    for (int i = 2; i < 15; i++) {
      label = video.process(frame(i)).faces().get(0).smoothed().label();
    }
    assertEquals(Emotion.ANGER, label);
  }

  @Test
  void detectsEachSoManiethFrameAndPredictsBetween() {
    VideoPipeline video = video(3);
    for (int i = 0; i < 12; i++) {
      float x = 200 + 2 * i;
      when(detector.detect(any())).thenReturn(List.of(face(x)));
      VideoFace face = video.process(frame(i)).faces().get(0);
      assertEquals(i % 3 == 0, face.detected());
      assertEquals(1, face.id());
      assertEquals(x, face.result().face().box().x(), 8);
    }
    verify(detector, times(4)).detect(any());
  }

  /** Where nobody looks for long, the place becomes uncertain before the time is over. */
  @Test
  void looksSoonerWhenUnsure() {
    VideoPipeline video = video(1000);
    for (int i = 0; i < 60; i++) {
      assertEquals(1, video.process(frame(i)).faces().size());
    }
    verify(detector, atLeast(6)).detect(any());
    verify(detector, atMost(20)).detect(any());
  }

  @Test
  void missedFaceStaysAndKeepsItsLabel() {
    VideoPipeline video = video(1);
    for (int i = 0; i < 5; i++) {
      video.process(frame(i));
    }
    when(detector.detect(any())).thenReturn(List.of());
    show(Emotion.FEAR);
    VideoFace missed = video.process(frame(6)).faces().get(0);
    assertFalse(missed.detected());
    assertEquals(1, missed.id());
    assertEquals(Emotion.FEAR, missed.result().scores().top());
    assertTrue(missed.smoothed().scores().of(Emotion.HAPPINESS) > 0.9);
    assertEquals(List.of(), video.process(frame(60)).faces());
  }

  /** Points tremble less than they were found, and are gone as soon as they are not found. */
  @Test
  void meshesAreSteadied() {
    LandmarkDetector landmarks = mock(LandmarkDetector.class);
    FramePipeline withLandmarks =
        FramePipeline.builder()
            .detector(detector)
            .classifier(classifier)
            .landmarks(landmarks)
            .build();
    VideoPipeline video = VideoPipeline.of(withLandmarks, VideoOptions.defaults());
    when(landmarks.detect(any(), anyList())).thenReturn(List.of(Optional.of(mesh(100))));
    assertEquals(Optional.of(mesh(100)), video.process(frame(0)).faces().get(0).shownMesh());
    when(landmarks.detect(any(), anyList())).thenReturn(List.of(Optional.of(mesh(101))));
    VideoFace face = video.process(frame(1)).faces().get(0);
    assertEquals(Optional.of(mesh(101)), face.result().mesh());
    float shown = face.shownMesh().orElseThrow().x(7);
    assertTrue(shown > 100 && shown < 100.6, shown + "");
    when(landmarks.detect(any(), anyList())).thenReturn(List.of(Optional.empty()));
    assertEquals(Optional.empty(), video.process(frame(2)).faces().get(0).shownMesh());
    when(landmarks.detect(any(), anyList())).thenReturn(List.of(Optional.of(mesh(140))));
    assertEquals(Optional.of(mesh(140)), video.process(frame(3)).faces().get(0).shownMesh());
  }

  private static FaceMesh mesh(float x) {
    float[] coordinates = new float[3 * FaceMesh.SIZE];
    Arrays.fill(coordinates, x);
    return FaceMesh.of(1, coordinates);
  }

  @Test
  void framesComeInTheOrderOfTime() {
    VideoPipeline video = video(1);
    video.process(frame(1));
    var e = assertThrows(IllegalArgumentException.class, () -> video.process(frame(1)));
    assertEquals(
        "expected a frame later than 33333333 ns, found 33333333: set it by"
            + " Frame.withTimestampNanos",
        e.getMessage());
    assertEquals(1, video.process(frame(2)).faces().size());
    assertThrows(IllegalArgumentException.class, () -> video(0));
  }

  @Test
  void timesComeFromTheClock() {
    Iterator<Long> ticks = List.of(100L, 117L, 200L, 203L).iterator();
    VideoPipeline video =
        VideoPipeline.of(frames, VideoOptions.defaults().withDetectEvery(2), ticks::next);
    assertEquals(17, video.process(frame(0)).times().detectNanos());
    StageTimes predicted = video.process(frame(1)).times();
    assertEquals(3, predicted.detectNanos());
    assertTrue(predicted.totalNanos() >= 3 + predicted.classifyNanos());
    assertFalse(ticks.hasNext());
  }

  @Test
  void isOverWhenItIsClosed() {
    VideoPipeline video = video(1);
    video.close();
    assertEquals(
        "This VideoPipeline is closed.",
        assertThrows(IllegalStateException.class, () -> video.process(frame(0))).getMessage());
  }

  @Test
  void goesOnAfterAFailure() {
    VideoPipeline video = video(1);
    video.process(frame(0));
    when(detector.detect(any())).thenThrow(new FerException("broken")).thenReturn(List.of(FACE));
    assertThrows(FerException.class, () -> video.process(frame(1)));
    assertEquals(1, video.process(frame(2)).faces().get(0).id());
  }

  @Test
  void neverClosesWhatIsTheCallers() {
    VideoPipeline video = video(1);
    video.close();
    video.close();
    verify(detector, never()).close();
    assertEquals(1, frames.process(frame(0)).faces().size());
  }
}
