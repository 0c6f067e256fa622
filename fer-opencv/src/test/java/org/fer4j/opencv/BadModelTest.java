package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no networks, and networks that are not what their manifest says. */
class BadModelTest {

  private static final byte[] NETWORK = resource("models/fer-fast/model.onnx");
  private static final String MANIFEST =
      new String(resource("models/fer-fast/model.json"), StandardCharsets.UTF_8);

  private final Path folder;

  BadModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static byte[] resource(String name) {
    try (InputStream stream = OpenCvBackend.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String messageFor(byte[] network, String manifest) throws IOException {
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(
        folder.resolve("model.json"),
        manifest.replaceAll("\"sha256\": \"\\w+\"", "\"sha256\": \"" + sha256(network) + "\""));
    FerException e =
        assertThrows(
            FerException.class,
            () ->
                new OpenCvBackend()
                    .openClassifier(folder.toString(), ClassifierOptions.defaults())
                    .close());
    return String.valueOf(e.getMessage());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertUnreadable(byte[] network) throws IOException {
    String message = messageFor(network, MANIFEST);
    assertTrue(message.startsWith("OpenCV can't load 'model.onnx' in '" + folder + "': "), message);
  }

  @Test
  void filesThatAreNoNetworks() throws IOException {
    byte[] garbage = new byte[10_000];
    new Random(43).nextBytes(garbage);
    assertUnreadable(garbage);
    assertUnreadable("<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8));
    assertUnreadable(new byte[0]);
    assertUnreadable(Arrays.copyOf(NETWORK, NETWORK.length / 2));
    assertUnreadable(Arrays.copyOf(NETWORK, NETWORK.length - 1));
  }

  @Test
  void networksThatAreNotWhatTheManifestSays() throws IOException {
    String place = "'model.onnx' in '" + folder + "'";
    String input =
        messageFor(NETWORK, MANIFEST.replace("\"name\": \"input\"", "\"name\": \"image\""));
    assertTrue(input.startsWith("OpenCV failed to run " + place + " from input 'image'"), input);
    String output = messageFor(NETWORK, MANIFEST.replace(": \"logits\"", ": \"scores\""));
    assertTrue(
        output.startsWith(
            "OpenCV failed to run " + place + " from input 'input' to outputs [scores]"),
        output);
    String channels =
        messageFor(
            NETWORK,
            MANIFEST
                .replace("GRAY", "RGB")
                .replace("[ 127.5 ]", "[1, 1, 1]")
                .replace("[ 64.0 ]", "[1, 1, 1]"));
    assertTrue(channels.startsWith("OpenCV failed to run " + place), channels);
  }

  @Test
  void unknownNamesAreTheCallersMistake() {
    OpenCvBackend backend = new OpenCvBackend();
    assertEquals(
        "expected a model for face-detection of blazeface, haar, yunet:FILE, blazeface-short,"
            + " blazeface-full, or a folder with model.json, found 'nobody'",
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.openDetector("nobody", DetectorOptions.defaults()))
            .getMessage());
    assertEquals(
        "expected YuNet's file, such as face_detection_yunet_2023mar.onnx from OpenCV Zoo, found"
            + " none at 'nothing.onnx'",
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.openDetector("yunet:nothing.onnx", DetectorOptions.defaults()))
            .getMessage());
  }

  @Test
  void otherFilesAreNotYuNet() throws IOException {
    Path file = folder.resolve("yunet.onnx");
    for (byte[] bytes :
        new byte[][] {
          {}, "no network".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(NETWORK, 1000), NETWORK
        }) {
      Files.write(file, bytes);
      String message =
          String.valueOf(
              assertThrows(
                      FerException.class,
                      () -> YuNetFaceDetector.open(file, DetectorOptions.defaults()))
                  .getMessage());
      assertTrue(message.startsWith("'" + file + "' can't be opened as YuNet: "), message);
    }
  }

  @Test
  void batchesBeyondAllMemoryAreRefused() {
    ClassifierOptions options = ClassifierOptions.defaults().withMaxBatch(Integer.MAX_VALUE);
    assertThrows(
        IllegalArgumentException.class,
        () -> new OpenCvBackend().openClassifier("fer-fast", options));
  }
}
