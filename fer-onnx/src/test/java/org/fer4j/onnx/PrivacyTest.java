package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything is computed locally and nothing is sent. ONNX Runtime 1.29 and later hold a telemetry
 * client that is on unless an environment variable forbids it, which a library can't set.
 */
class PrivacyTest {

  private static final String TELEMETRY_HOST = "events.data.microsoft.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-x64/libonnxruntime.so",
        "linux-aarch64/libonnxruntime.so",
        "osx-aarch64/libonnxruntime.dylib"
      })
  void nativeLibraryHasNoTelemetryClient(String library) throws IOException {
    try (InputStream stream =
        OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
      assertNotNull(stream, library);
      String text = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(text.contains("onnxruntime"), "the text of the library is readable");
      assertFalse(text.contains(TELEMETRY_HOST), library + " names " + TELEMETRY_HOST);
    }
  }
}
