package org.fer4j.opencv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The weights of YuNet, which are not part of this repository. */
final class YuNetFile {

  private static final String VARIABLE = "FER4J_YUNET";
  private static final Path BESIDE_THE_REPOSITORY =
      Path.of("..", "..", "shared", "models", "face_detection_yunet_2023mar.onnx");

  private YuNetFile() {}

  /** Returns the file; skips the test where there is none. */
  static Path require() {
    String named = System.getenv(VARIABLE);
    Path file = named == null ? BESIDE_THE_REPOSITORY : Path.of(named);
    assumeTrue(
        Files.isRegularFile(file),
        "Set "
            + VARIABLE
            + " to face_detection_yunet_2023mar.onnx of OpenCV Zoo to run this test; there is none"
            + " at "
            + file);
    return file;
  }
}
