package org.fer4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {

  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

  /** Of {@link #WEIGHTS}, by sha256sum. */
  private static final String SHA256 =
      "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

  private final Path folder;

  ModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Model model(String manifest) throws IOException {
    Files.writeString(folder.resolve("model.json"), manifest);
    return Model.ofDirectory(folder);
  }

  private static String manifest() {
    return ModelManifestTest.DETECTOR.replace("0123456789abcdef".repeat(4), SHA256);
  }

  @Test
  void weightsThatFitTheManifestAreRead() throws IOException {
    Model model = model(manifest());
    Files.write(folder.resolve("model.onnx"), WEIGHTS);
    assertArrayEquals(WEIGHTS, model.load());
    assertEquals(folder.toString(), model.place());
    assertEquals("finder", model.manifest().name());
  }

  @Test
  void otherWeightsAreRefused() throws IOException {
    Model model = model(manifest());
    byte[] damaged = WEIGHTS.clone();
    damaged[3] ^= 1;
    Files.write(folder.resolve("model.onnx"), damaged);
    String message = String.valueOf(assertThrows(FerException.class, model::load).getMessage());
    assertTrue(
        message.startsWith("expected SHA-256 " + SHA256 + " of 'model.onnx' in '" + folder),
        message);
    assertTrue(message.contains("the file is damaged"), message);
  }

  @Test
  void emptyWeightsAreRefused() throws IOException {
    Model model = model(manifest());
    Files.write(folder.resolve("model.onnx"), new byte[0]);
    // The digest of nothing.
    String message = String.valueOf(assertThrows(FerException.class, model::load).getMessage());
    assertTrue(message.contains("found e3b0c44298fc1c149afbf4c8996fb924"), message);
  }

  @Test
  void missingWeightsAreNamed() throws IOException {
    Model model = model(manifest());
    assertEquals(
        "expected the file 'model.onnx' in '" + folder + "', found none",
        assertThrows(FerException.class, model::load).getMessage());
  }

  @Test
  void weightsThatCannotBeReadKeepTheCause() throws IOException {
    Model model = model(manifest());
    Files.createDirectory(folder.resolve("model.onnx"));
    FerException e = assertThrows(FerException.class, model::load);
    assertInstanceOf(IOException.class, e.getCause());
  }

  @Test
  void foldersWithoutAManifestAreTheCallersMistake() {
    assertEquals(
        "expected a folder with model.json, found none in '" + folder + "'",
        assertThrows(IllegalArgumentException.class, () -> Model.ofDirectory(folder)).getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Model.ofDirectory(folder.resolve("missing")));
  }

  @Test
  void wrongManifestsAreNamedWithTheirPlace() {
    FerException e = assertThrows(FerException.class, () -> model("{}"));
    assertEquals(
        "model.json in '" + folder + "' is wrong: expected a string for 'name', found nothing",
        e.getMessage());
    assertInstanceOf(IllegalArgumentException.class, e.getCause());
  }

  @Test
  void manifestsOfOtherEncodingsAreRefused() throws IOException {
    Files.write(folder.resolve("model.json"), new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});
    assertThrows(FerException.class, () -> Model.ofDirectory(folder));
  }

  @Test
  void filesElsewhereAreRefused() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.write(folder.resolve("model.onnx"), WEIGHTS);
    Files.writeString(
        inner.resolve("model.json"), manifest().replace("model.onnx", "../model.onnx"));
    assertThrows(FerException.class, () -> Model.ofDirectory(inner));
  }

  @Test
  void missingResourcesAreNamed() {
    assertEquals(
        "expected the file 'model.json' in 'resource org/fer4j/model/nowhere', found none",
        assertThrows(FerException.class, () -> Model.ofResource(ModelTest.class, "nowhere"))
            .getMessage());
  }
}
