package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.fer4j.Emotion;
import org.fer4j.examples.CommandLineRun;
import org.fer4j.examples.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzeCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path picture(String name) throws IOException {
    String format = name.substring(name.lastIndexOf('.') + 1);
    return Pictures.write(folder.resolve(name), Pictures.encode(Pictures.withFace(), format));
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.lines()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void printsOneLineOfJsonForAnImage() throws IOException {
    Path file = picture("a.png");
    CommandLineRun run = CommandLineRun.analyze(file, "--format", "jsonl");
    assertEquals(0, run.status());
    assertEquals("", run.err());
    assertTrue(run.out().endsWith("}\n"));
    JsonNode image = json(run).get(0);
    assertEquals(List.of("file", "width", "height", "faces", "millis"), names(image));
    assertEquals(file.toString(), image.get("file").asText());
    assertEquals(160, image.get("width").asInt());
    assertEquals(120, image.get("height").asInt());
    assertEquals(List.of("decode", "detect", "classify", "total"), names(image.get("millis")));
    JsonNode face = image.get("faces").get(0);
    assertEquals(
        List.of("box", "score", "keypoints", "emotion", "confidence", "scores"), names(face));
    assertEquals(
        JSON.readTree("{\"x\":48.0,\"y\":32.0,\"width\":40.0,\"height\":48.0}"), face.get("box"));
    assertEquals(0.9, face.get("score").asDouble());
    assertEquals(List.of("right_eye", "left_eye"), names(face.get("keypoints")));
    assertEquals(88, face.get("keypoints").get("left_eye").get(0).asDouble());
    assertEquals("happiness", face.get("emotion").asText());
    assertEquals(0.75, face.get("confidence").asDouble());
    assertEquals(Emotion.all().stream().map(Emotion::label).toList(), names(face.get("scores")));
    assertEquals(0.25, face.get("scores").get("neutral").asDouble());
  }

  @Test
  void printsATable() throws IOException {
    Path file = picture("a.png");
    Path dark = folder.resolve("dark.png");
    Pictures.write(
        dark, Pictures.encode(new BufferedImage(9, 9, BufferedImage.TYPE_3BYTE_BGR), "png"));
    CommandLineRun run = CommandLineRun.analyze(folder);
    assertEquals(0, run.status());
    List<String> lines = run.lines();
    assertTrue(lines.get(0).startsWith("FILE "), run.out());
    assertTrue(lines.get(0).contains("BOX"), run.out());
    assertTrue(lines.get(1).endsWith("neutral 25.0 %"), run.out());
    assertTrue(lines.get(1).contains("48,32 40x48"), run.out());
    assertEquals(lines.get(0).indexOf("EXPRESSION"), lines.get(1).indexOf("happiness"));
    assertTrue(lines.get(2).endsWith("no face"), run.out());
    assertTrue(lines.get(4).startsWith("2 images, 1 face in "), run.out());
    assertTrue(file.toString().endsWith("a.png"));
  }

  @Test
  void backendsWithoutLandmarksSaySo() throws IOException {
    CommandLineRun run = CommandLineRun.analyze(picture("a.png"), "--landmarks");
    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .contains("expected a backend with landmark networks, found 'fake', which has none"),
        run.err());
  }

  @Test
  void takesACropForAFace() throws IOException {
    CommandLineRun run =
        CommandLineRun.analyze(picture("a.png"), "--detector", "none", "--format", "jsonl");
    JsonNode face = json(run).get(0).get("faces").get(0);
    assertEquals("surprise", face.get("emotion").asText());
    assertEquals(160, face.get("box").get("width").asDouble());
    assertEquals(1, face.get("score").asDouble());
    assertEquals(0, face.get("keypoints").size());
  }

  @Test
  void goesOnAfterABadFile() throws IOException {
    picture("a.png");
    Pictures.write(folder.resolve("b.jpg"), new byte[0]);
    picture("c.png");
    CommandLineRun run = CommandLineRun.analyze(folder, "--format", "jsonl");
    assertEquals(1, run.status());
    List<JsonNode> images = json(run);
    assertEquals(3, images.size());
    assertEquals(List.of("file", "error"), names(images.get(1)));
    assertTrue(images.get(1).get("error").asText().startsWith("is empty"));
    assertTrue(images.get(2).has("faces"));
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("fer: '" + folder.resolve("b.jpg") + "' is empty"));
  }

  @Test
  void goesOnAfterAFailureOfANetwork() throws IOException {
    Pictures.write(
        folder.resolve("a.png"),
        Pictures.encode(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR), "png"));
    picture("b.png");
    CommandLineRun run = CommandLineRun.analyze(folder, "--format", "jsonl");
    assertEquals(1, run.status());
    assertTrue(json(run).get(0).get("error").asText().contains("One pixel is no picture."));
    assertTrue(json(run).get(1).has("faces"));
  }

  @Test
  void tellsWhatRunsTheNetworksOnlyWhenAsked() throws IOException {
    Path file = picture("a.png");
    assertEquals("", CommandLineRun.analyze(file).err());
    CommandLineRun run = CommandLineRun.analyze(file, "--verbose", "--format", "jsonl");
    assertEquals(1, json(run).size());
    List<String> log = run.err().lines().toList();
    assertEquals(2, log.size(), run.err());
    assertTrue(log.get(0).startsWith("detector org.fer4j.examples.FakeBackend"), run.err());
    assertTrue(log.get(1).startsWith("classifier org.fer4j.examples.FakeBackend"), run.err());
  }

  @Test
  void aDeviceThatIsNotThereIsAFailureAndAutoIsNot() throws IOException {
    Path file = picture("a.png");
    CommandLineRun demanded =
        CommandLineRun.of("analyze", "--model", "fer-fast", "--device", "directml", file);
    assertEquals(1, demanded.status());
    assertEquals("", demanded.out());
    assertTrue(demanded.err().startsWith("fer: DirectML can't be used for "), demanded.err());
    CommandLineRun automatic =
        CommandLineRun.of(
            "analyze",
            "--model",
            "fer-fast",
            "--device",
            "auto",
            "--verbose",
            "--threads",
            1,
            file);
    assertEquals(0, automatic.status(), automatic.err());
    assertTrue(automatic.err().contains("ONNX Runtime"), automatic.err());
    assertTrue(automatic.err().contains("blazeface-short 1, SHA-256 "), automatic.err());
    CommandLineRun unknown = CommandLineRun.analyze(file, "--device", "gpu");
    assertEquals(2, unknown.status());
    assertTrue(unknown.err().contains("--device"), unknown.err());
  }

  @Test
  void printsTracesOnlyWhenAsked() throws IOException {
    Path file = Pictures.write(folder.resolve("b.jpg"), new byte[0]);
    assertFalse(CommandLineRun.analyze(file).err().contains("\tat "));
    assertTrue(CommandLineRun.analyze(file, "--verbose").err().contains("\tat "));
  }

  @Test
  void countsFailuresBelowTheTable() throws IOException {
    picture("a.png");
    CommandLineRun run = CommandLineRun.analyze(folder, folder.resolve("missing.png"));
    assertEquals(1, run.status());
    assertTrue(run.out().contains("1 image, 1 face, 1 failure in "), run.out());
    assertTrue(run.err().contains("does not exist"), run.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void keepsTheOrderWithAnyNumberOfThreads(int threads) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      expected.add(picture("sub" + i % 3 + "/" + i + ".png").toString());
    }
    expected.sort(null);
    CommandLineRun run = CommandLineRun.analyze(folder, "--format", "jsonl", "--threads", threads);
    assertEquals(expected, json(run).stream().map(image -> image.get("file").asText()).toList());
  }

  @Test
  void honoursTheOrientation() throws IOException {
    byte[] jpeg = Pictures.encode(Pictures.withFace(), "jpeg");
    Path file = Pictures.write(folder.resolve("turned.jpg"), Pictures.withOrientation(jpeg, 6));
    JsonNode image = json(CommandLineRun.analyze(file, "--format", "jsonl")).get(0);
    assertEquals(120, image.get("width").asInt());
    JsonNode box = image.get("faces").get(0).get("box");
    assertEquals(40, box.get("x").asDouble());
    assertEquals(48, box.get("y").asDouble());
  }

  @Test
  void drawsPicturesOfTheSameSize() throws IOException {
    Path file = picture("a.bmp");
    Path out = folder.resolve("out/deep");
    CommandLineRun run = CommandLineRun.analyze(file, "--annotate", out, "--format", "jsonl");
    assertEquals(0, run.status(), run.err());
    Path drawn = out.resolve("a.png");
    assertEquals(drawn.toString(), json(run).get(0).get("annotated").asText());
    BufferedImage picture = ImageIO.read(drawn.toFile());
    assertEquals(160, picture.getWidth());
    assertEquals(120, picture.getHeight());
    // The frame of the face is yellow: it is happy.
    int line = picture.getRGB(68, 80);
    assertTrue((line >> 16 & 0xff) > 150 && (line & 0xff) < 100, Integer.toHexString(line));
    assertEquals(Pictures.withFace().getRGB(5, 115), picture.getRGB(5, 115));
    try (var files = Files.list(out)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void drawsOnPicturesOfAnySize() throws IOException {
    int[][] sizes = {{2, 2}, {7, 300}, {48, 48}, {1200, 40}};
    for (int[] size : sizes) {
      BufferedImage image =
          Pictures.withFace(BufferedImage.TYPE_BYTE_GRAY, size[0], size[1], 0, 0, size[0], size[1]);
      Path file = Pictures.write(folder.resolve("a.png"), Pictures.encode(image, "png"));
      Path out = folder.resolve("out");
      assertEquals(0, CommandLineRun.analyze(file, "--annotate", out).status());
      BufferedImage picture = ImageIO.read(out.resolve("a.png").toFile());
      assertEquals(size[0], picture.getWidth());
      assertEquals(size[1], picture.getHeight());
    }
  }

  @Test
  void keepsPicturesOfEqualNamesApart() throws IOException {
    Path first = picture("x/a.jpg");
    Path second = picture("y/a.jpg");
    Path third = picture("y/a.png");
    Path fourth = picture("y/a.bmp");
    Path out = folder.resolve("out");
    CommandLineRun run =
        CommandLineRun.analyze(
            first, second, third, fourth, "--annotate", out, "--format", "jsonl");
    assertEquals(
        List.of("a.jpg", "a-2.jpg", "a.png", "a-2.png"),
        json(run).stream()
            .map(image -> Path.of(image.get("annotated").asText()).getFileName().toString())
            .toList());
  }

  @Test
  void keepsTheFoldersOfPictures() throws IOException {
    picture("photos/x/a.jpg");
    picture("photos/y/a.jpg");
    Path out = folder.resolve("out");
    CommandLineRun run = CommandLineRun.analyze(folder.resolve("photos"), "--annotate", out);
    assertEquals(0, run.status(), run.err());
    assertTrue(Files.exists(out.resolve("x/a.jpg")));
    assertTrue(Files.exists(out.resolve("y/a.jpg")));
  }

  @Test
  void neverOverwritesWhatItReads() throws IOException {
    Path file = picture("a.png");
    byte[] before = Files.readAllBytes(file);
    CommandLineRun run = CommandLineRun.analyze(file, "--annotate", folder, "--format", "jsonl");
    assertEquals(0, run.status(), run.err());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertNotEquals(file.toString(), json(run).get(0).get("annotated").asText());
  }

  @Test
  void writesNothingUnlessAsked() throws IOException {
    Path file = picture("a.png");
    CommandLineRun.analyze(file);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "--threads | 0 | at least 1",
        "--threads | many | 'many'",
        "--min-face | 3 | at least 8",
        "--score-threshold | 2 | [0, 1]",
        "--score-threshold | NaN | [0, 1]",
        "--format | xml | 'xml'",
        "--detector | nose | 'nose'",
        "--model | nose | 'nose'",
        "--nonsense | 1 | Unknown option",
      },
      delimiter = '|')
  void refusesWrongOptions(String option, String value, String message) throws IOException {
    CommandLineRun run = CommandLineRun.analyze(picture("a.png"), option, value);
    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("fer: "), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().contains("fer analyze --help"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void refusesAnUnknownBackend() throws IOException {
    CommandLineRun run = CommandLineRun.of("analyze", "--backend", "abacus", picture("a.png"));
    assertEquals(2, run.status());
    assertTrue(run.err().contains("expected one of onnx, opencv, fake, found 'abacus'"), run.err());
  }

  @Test
  void wantsAPath() {
    assertEquals(2, CommandLineRun.analyze().status());
    assertEquals(2, CommandLineRun.analyze("").status());
  }

  @Test
  void wantsAFolderToDrawTo() throws IOException {
    Path file = picture("a.png");
    CommandLineRun run = CommandLineRun.analyze(file, "--annotate", file);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("--annotate"), run.err());
  }
}
