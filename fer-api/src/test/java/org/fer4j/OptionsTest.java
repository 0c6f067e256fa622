package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final RuntimeOptions TWO_THREADS =
      RuntimeOptions.defaults().withIntraOpThreads(2).withSpinning(true);

  @Test
  void defaultsAreWhatTheyAreDocumentedToBe() {
    assertEquals(new RuntimeOptions(1, false, Device.CPU, 0), RuntimeOptions.defaults());
    assertEquals(
        new ClassifierOptions(16, Prior.natural(), RuntimeOptions.defaults()),
        ClassifierOptions.defaults());
    assertEquals(
        new DetectorOptions(OptionalDouble.empty(), 24, RuntimeOptions.defaults()),
        DetectorOptions.defaults());
    assertEquals(
        new LandmarkOptions(OptionalDouble.empty(), 8, RuntimeOptions.defaults()),
        LandmarkOptions.defaults());
  }

  @Test
  void changesMakeOtherOptions() {
    assertEquals(new RuntimeOptions(2, true, Device.CPU, 0), TWO_THREADS);
    assertEquals(
        new RuntimeOptions(2, true, Device.CUDA, 3), TWO_THREADS.withDevice(Device.CUDA, 3));
    assertEquals(
        new RuntimeOptions(1, true, Device.AUTO, 0),
        TWO_THREADS.withDevice(Device.CUDA, 3).withDevice(Device.AUTO).withIntraOpThreads(1));
    assertEquals(
        new ClassifierOptions(3, Prior.balanced(), TWO_THREADS),
        ClassifierOptions.defaults()
            .withMaxBatch(3)
            .withPrior(Prior.balanced())
            .withRuntime(TWO_THREADS));
    assertEquals(
        new DetectorOptions(OptionalDouble.of(0.25), 40, TWO_THREADS),
        DetectorOptions.defaults()
            .withScoreThreshold(0.25)
            .withMinFaceSize(40)
            .withRuntime(TWO_THREADS));
    assertEquals(
        new LandmarkOptions(OptionalDouble.of(0.75), 2, TWO_THREADS),
        LandmarkOptions.defaults()
            .withPresenceThreshold(0.75)
            .withMaxBatch(2)
            .withRuntime(TWO_THREADS));
    assertEquals(16, ClassifierOptions.defaults().maxBatch());
    assertTrue(DetectorOptions.defaults().scoreThreshold().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void thresholdsAreFractions(double threshold) {
    assertMessage(
        "expected a score threshold in [0, 1], found " + threshold,
        () -> DetectorOptions.defaults().withScoreThreshold(threshold));
    assertMessage(
        "expected a presence threshold in [0, 1], found " + threshold,
        () -> LandmarkOptions.defaults().withPresenceThreshold(threshold));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void countsBeginAtOne(int count) {
    assertMessage(
        "expected a batch of at least 1, found " + count,
        () -> ClassifierOptions.defaults().withMaxBatch(count));
    assertMessage(
        "expected a batch of at least 1, found " + count,
        () -> LandmarkOptions.defaults().withMaxBatch(count));
    assertMessage(
        "expected at least 1 intra-op thread, found " + count,
        () -> RuntimeOptions.defaults().withIntraOpThreads(count));
  }

  @Test
  void devicesAreCountedFromZero() {
    assertMessage(
        "expected a device from 0 on, found -1",
        () -> RuntimeOptions.defaults().withDevice(Device.CUDA, -1));
  }

  @Test
  void facesHaveAtLeastEightPixels() {
    assertEquals(8, DetectorOptions.defaults().withMinFaceSize(8).minFaceSize());
    assertMessage(
        "expected a smallest face of at least 8 pixels, found 7",
        () -> DetectorOptions.defaults().withMinFaceSize(7));
  }

  private static void assertMessage(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
