package org.fer4j.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fer4j.ClassifierOptions;
import org.fer4j.Device;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.NetworkDescription;
import org.fer4j.PixelFormat;
import org.fer4j.RotatedSquare;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.Picture.Memory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EmotionClassifier} has to do, whatever it has learned. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmotionClassifierContract {

  private static final long SEED = 41;

  /** A batch adds up in another order than one image. */
  private static final double BATCH_TOLERANCE = 1e-4;

  /** Luma and colour are rounded to bytes, and colour has half of the resolution. */
  private static final double FORMAT_TOLERANCE = 0.02;

  private static final Picture PORTRAIT = Picture.portrait();
  private static final Frame FRAME = PORTRAIT.frame(PixelFormat.RGB);
  private static final RotatedSquare FACE = new RotatedSquare(226, 122, 120, 5);

  private EmotionClassifier classifier;

  /** Opens the classifier under test. */
  protected abstract EmotionClassifier open(ClassifierOptions options);

  @BeforeAll
  void openClassifier() {
    classifier = open(ClassifierOptions.defaults());
  }

  @AfterAll
  void closeClassifier() {
    classifier.close();
  }

  /** Crops of all places, sizes and turns, from several frames; some leave their frame. */
  private static List<FaceCrop> crops(int count) {
    Random random = new Random(SEED);
    List<Frame> frames =
        List.of(
            FRAME,
            PORTRAIT.turnedClockwise(90).frame(PixelFormat.BGRA),
            PORTRAIT.part(150, 50, 150, 150).frame(PixelFormat.GRAY8),
            Picture.noise(64, 200, SEED).frame(PixelFormat.NV21));
    List<FaceCrop> crops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Frame frame = frames.get(i % frames.size());
      crops.add(
          new FaceCrop(
              frame,
              new RotatedSquare(
                  random.nextFloat() * frame.width(),
                  random.nextFloat() * frame.height(),
                  10 + random.nextFloat() * 300,
                  random.nextFloat() * 90 - 45)));
    }
    return crops;
  }

  private List<EmotionScores> oneByOne(List<FaceCrop> crops) {
    List<EmotionScores> scores = new ArrayList<>();
    for (FaceCrop crop : crops) {
      scores.add(only(classifier.classify(List.of(crop))));
    }
    return scores;
  }

  private static EmotionScores only(List<EmotionScores> scores) {
    assertEquals(1, scores.size());
    return scores.get(0);
  }

  private static double distance(EmotionScores a, EmotionScores b) {
    double distance = 0;
    for (Emotion emotion : Emotion.all()) {
      distance = Math.max(distance, Math.abs(a.of(emotion) - b.of(emotion)));
    }
    return distance;
  }

  private static void assertSame(
      List<EmotionScores> expected, List<EmotionScores> found, double tolerance) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      double distance = distance(expected.get(i), found.get(i));
      assertTrue(distance <= tolerance, "crop " + i + " is off by " + distance);
    }
  }

  @Test
  void nothingGivesNothing() {
    assertEquals(List.of(), classifier.classify(List.of()));
  }

  /** Different crops have different scores, so that no other test passes for their likeness. */
  @Test
  void cropsAreToldApart() {
    List<EmotionScores> scores = oneByOne(crops(8));
    for (int i = 0; i < scores.size(); i++) {
      for (int k = 0; k < i; k++) {
        assertTrue(distance(scores.get(i), scores.get(k)) > 10 * BATCH_TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 15, 16, 17, 40})
  void batchesGiveWhatSingleCropsGiveInTheirOrder(int count) {
    List<FaceCrop> crops = crops(count);
    assertSame(oneByOne(crops), classifier.classify(crops), BATCH_TOLERANCE);
    Collections.reverse(crops);
    assertSame(oneByOne(crops), classifier.classify(crops), BATCH_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64})
  void largestBatchDoesNotShow(int maxBatch) {
    List<FaceCrop> crops = crops(11);
    try (EmotionClassifier other = open(ClassifierOptions.defaults().withMaxBatch(maxBatch))) {
      assertSame(classifier.classify(crops), other.classify(crops), BATCH_TOLERANCE);
    }
  }

  @Test
  void scoresSumToOne() {
    for (EmotionScores scores : classifier.classify(crops(20))) {
      double sum = 0;
      for (Emotion emotion : Emotion.all()) {
        assertTrue(scores.of(emotion) >= 0);
        sum += scores.of(emotion);
      }
      assertEquals(1, sum, 1e-5);
    }
  }

  @Test
  void cropsMayLeaveTheirFrame() {
    List<FaceCrop> crops =
        List.of(
            new FaceCrop(FRAME, new RotatedSquare(0, 0, 200, 0)),
            new FaceCrop(FRAME, new RotatedSquare(512, 512, 90, 30)),
            new FaceCrop(FRAME, new RotatedSquare(-1000, 2000, 50, 0)),
            new FaceCrop(FRAME, new RotatedSquare(1e6f, -1e6f, 50, 45)),
            new FaceCrop(FRAME, new RotatedSquare(256, 256, 5000, 10)));
    assertSame(oneByOne(crops), classifier.classify(crops), BATCH_TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void framesOfOnePixel(PixelFormat format) {
    Frame frame = Picture.filled(1, 1, 0x336699).frame(format);
    assertEquals(1, classifier.classify(List.of(FaceCrop.whole(frame))).size());
    assertEquals(
        1,
        classifier
            .classify(List.of(new FaceCrop(frame, new RotatedSquare(0, 0, 0.01f, 7))))
            .size());
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void everyFormatGivesTheSameScores(PixelFormat format) {
    Picture picture = format == PixelFormat.GRAY8 ? PORTRAIT.gray() : PORTRAIT;
    List<EmotionScores> expected =
        classifier.classify(List.of(new FaceCrop(picture.frame(PixelFormat.RGB), FACE)));
    List<EmotionScores> found =
        classifier.classify(List.of(new FaceCrop(picture.frame(format), FACE)));
    assertSame(expected, found, format.isPlanar() ? FORMAT_TOLERANCE : BATCH_TOLERANCE);
  }

  /** Bytes that are no pixels are never looked at. */
  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void placeInMemoryDoesNotMatter(PixelFormat format) {
    List<EmotionScores> expected =
        classifier.classify(List.of(new FaceCrop(PORTRAIT.frame(format), FACE)));
    for (Memory memory : Memory.values()) {
      Frame padded = PORTRAIT.frame(format, memory, 6);
      assertEquals(expected, classifier.classify(List.of(new FaceCrop(padded, FACE))));
    }
    Frame larger = Picture.noise(600, 600, SEED).with(PORTRAIT, 30, 44).frame(format);
    Frame view = larger.view(30, 44, 512, 512);
    assertEquals(expected, classifier.classify(List.of(new FaceCrop(view, FACE))));
  }

  /** Memory that is kept from call to call does not show. */
  @Test
  void callsDoNotInfluenceOneAnother() {
    List<FaceCrop> crops = crops(5);
    List<EmotionScores> expected = classifier.classify(crops);
    classifier.classify(crops(33));
    assertEquals(expected, classifier.classify(crops));
  }

  @Test
  void eachWorkerHasAClassifierOfItsOwn() throws Exception {
    List<FaceCrop> crops = crops(6);
    List<EmotionScores> expected = classifier.classify(crops);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<EmotionScores>>> results =
          Stream.of(1, 2).map(i -> workers.submit(() -> classifyOften(crops))).toList();
      for (Future<List<EmotionScores>> result : results) {
        assertSame(expected, result.get(60, TimeUnit.SECONDS), BATCH_TOLERANCE);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private List<EmotionScores> classifyOften(List<FaceCrop> crops) {
    try (EmotionClassifier own = open(ClassifierOptions.defaults())) {
      List<EmotionScores> scores = own.classify(crops);
      for (int i = 0; i < 5; i++) {
        assertEquals(scores, own.classify(crops));
      }
      return scores;
    }
  }

  @Test
  void closedClassifiersSaySo() {
    EmotionClassifier closed = open(ClassifierOptions.defaults());
    assertEquals(classifier.cropRule(), closed.cropRule());
    closed.close();
    closed.close();
    List<FaceCrop> crops = crops(1);
    assertThrows(IllegalStateException.class, () -> closed.classify(crops));
    closed.close();
  }

  /** Never another device instead, without a word. */
  @ParameterizedTest
  @EnumSource(Device.class)
  void aDeviceIsUsedOrRefused(Device device) {
    RuntimeOptions runtime = RuntimeOptions.defaults().withDevice(device);
    try (EmotionClassifier opened = open(ClassifierOptions.defaults().withRuntime(runtime))) {
      for (NetworkDescription network : opened.describe().networks()) {
        Device used = network.runtime().device();
        if (device == Device.AUTO) {
          assertTrue(used != Device.CPU || network.runtime().remark().isPresent());
        } else {
          assertEquals(device, used);
        }
      }
    } catch (FerException e) {
      assertTrue(device != Device.CPU && device != Device.AUTO, device + ": " + e);
      assertTrue(String.valueOf(e.getMessage()).contains(device.toString()), e.toString());
    }
  }
}
