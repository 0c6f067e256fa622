package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.examples.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorFileTest {

  private static final String COUNTS =
      """
      {"neutral": 20, "happiness": 20, "surprise": 10, "sadness": 10, "anger": 10, "disgust": 10,
       "fear": 20, "contempt": 0}
      """;

  private static final float[] SHARES = {0.2f, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f, 0.2f, 0};

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prior"), text);
  }

  @Test
  void jsonIsScaled() throws IOException {
    assertArrayEquals(SHARES, PriorFile.read(file(COUNTS)).toArray(), 1e-6f);
  }

  @Test
  void propertiesAreReadAsWell() throws IOException {
    String text = COUNTS.replaceAll("[{}\"]", "").replaceAll(",\\s*", "\n");
    assertArrayEquals(SHARES, PriorFile.read(file("# mine\n" + text)).toArray(), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"fear\": 20,|''|expected a number from 0 on for fear, found nothing in '",
        "\"fear\": 20|\"fear\": -1|expected a number from 0 on for fear, found -1 in '",
        "\"fear\": 20|\"fear\": \"much\"|expected a number from 0 on for fear, found much in '",
        "\"fear\": 20|\"fright\": 20|contempt], found 'fright' in '",
        "\"fear\": 20|\"fear\"|can't be read"
      })
  void whatIsWrongIsTold(String good, String bad, String expected) throws IOException {
    Path wrong = file(COUNTS.replace(good, bad));
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> PriorFile.read(wrong)).getMessage());
    assertTrue(message.contains(expected), message);
  }

  @Test
  void zerosOnlyAreRefused() throws IOException {
    Path zeros = file(COUNTS.replaceAll("\\d+", "0"));
    assertThrows(IllegalArgumentException.class, () -> PriorFile.read(zeros));
  }

  @Test
  void wrongPriorIsWrongUsage() {
    CommandLineRun run = CommandLineRun.analyze(folder, "--prior", "equal");
    assertTrue(
        run.err().contains("'--prior': expected natural, balanced or a file, found 'equal'"),
        run.err());
    assertTrue(run.status() == 2);
  }
}
