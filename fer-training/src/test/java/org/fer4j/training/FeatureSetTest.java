package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.FerException;
import org.fer4j.features.FeatureLayout;
import org.fer4j.training.FeatureSet.LabeledFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureSetTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private static FeatureSet some() {
    float[] values = new float[FeatureLayout.current().size()];
    values[0] = Float.NaN;
    values[5] = -1.5f;
    return new FeatureSet(
        List.of(
            new LabeledFeatures(values, Emotion.FEAR),
            new LabeledFeatures(new float[values.length], Emotion.ANGER)),
        List.of());
  }

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("new/train.features");
    assertEquals(Optional.empty(), FeatureSet.read(file, "a"));
    some().write(file, "a");
    FeatureSet found = FeatureSet.read(file, "a").orElseThrow();
    assertEquals(2, found.faces().size());
    assertEquals(Emotion.FEAR, found.faces().get(0).label());
    assertArrayEquals(some().faces().get(0).values(), found.faces().get(0).values());
    assertEquals(Optional.empty(), FeatureSet.read(file, "b"));
  }

  @Test
  void tellsOfADamagedFile() throws IOException {
    Path file = folder.resolve("train.features");
    some().write(file, "a");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    FerException refusal = assertThrows(FerException.class, () -> FeatureSet.read(file, "a"));
    assertEquals(true, String.valueOf(refusal.getMessage()).contains("delete it"));
  }

  @Test
  void countsExpressions() {
    assertEquals(0.5f, some().shares().of(Emotion.FEAR));
    assertEquals(0, some().shares().of(Emotion.NEUTRAL));
  }
}
