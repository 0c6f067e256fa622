package org.fer4j.opencv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The weights of YuNet, which are not part of this repository. */
final class YuNetFile {

  private static final String VARIABLE = "FER4J_YUNET";

  private YuNetFile() {}

  /** Returns the file; skips the test where there is none. */
  static Path require() {
    String file = System.getenv(VARIABLE);
    assumeTrue(
        file != null && Files.isRegularFile(Path.of(file)),
        "Set "
            + VARIABLE
            + " to face_detection_yunet_2023mar.onnx of OpenCV Zoo to run this test; found "
            + file);
    return Path.of(String.valueOf(file));
  }
}
