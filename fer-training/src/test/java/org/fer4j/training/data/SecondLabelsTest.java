package org.fer4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondLabelsTest {

  @Test
  void imagesAreFoundByTheirFileNames(@TempDir Path folder) throws IOException {
    SecondLabels labels =
        read(folder, "split,image,label\ntrain,a/One.png,happy\nvalid,two.png,anger\n");
    assertEquals(Optional.of(Emotion.HAPPINESS), labels.of(image("/x/one.png")));
    assertEquals(Optional.of(Emotion.ANGER), labels.of(image("two.png")));
    assertEquals(Optional.empty(), labels.of(image("three.png")));
  }

  @Test
  void unknownExpressionIsNamedWithItsLine(@TempDir Path folder) {
    var e = assertThrows(FerException.class, () -> read(folder, "image,label\na.png,bored\n"));
    assertTrue(String.valueOf(e.getMessage()).contains("'bored' is no expression"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("2"), e.getMessage());
  }

  @Test
  void missingColumnIsNamed(@TempDir Path folder) {
    var e = assertThrows(FerException.class, () -> read(folder, "file,emotion\na.png,happy\n"));
    assertTrue(String.valueOf(e.getMessage()).contains("[file, emotion]"), e.getMessage());
  }

  private static SecondLabels read(Path folder, String text) throws IOException {
    Path file = folder.resolve("labels.csv");
    Files.writeString(file, text);
    return SecondLabels.read(file);
  }

  private static LabeledImage image(String id) {
    return LabeledImage.certain(
        id,
        Optional.empty(),
        () -> {
          throw new IOException("not read here");
        },
        Emotion.NEUTRAL);
  }
}
