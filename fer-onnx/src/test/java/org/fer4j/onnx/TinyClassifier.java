package org.fer4j.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A network that has learned nothing but tells crops apart: each logit is the correlation of the
 * crop with a wave of its own.
 */
final class TinyClassifier {

  static final int SIZE = 48;

  private static final int LOGITS = 8;
  private static final double GAIN = 8;

  private TinyClassifier() {}

  /**
   * Returns the network.
   *
   * @param batch -1 for a free one
   */
  static byte[] network(int batch) {
    return network(batch, 1);
  }

  /** Returns the network with logits multiplied, for numbers beyond all bounds. */
  static byte[] network(int batch, float factor) {
    return new TinyNetwork()
        .input("input", TinyNetwork.FLOAT, batch, 1, SIZE, SIZE)
        .node("Flatten", List.of("input"), "pixels")
        .constant("waves", waves(factor), SIZE * SIZE, LOGITS)
        .node("MatMul", List.of("pixels", "waves"), "logits")
        .output("logits", TinyNetwork.FLOAT, batch, LOGITS)
        .toBytes();
  }

  private static float[] waves(float factor) {
    float[] waves = new float[SIZE * SIZE * LOGITS];
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      double x = (double) (pixel % SIZE) / SIZE;
      int row = pixel / SIZE;
      double y = (double) row / SIZE;
      for (int k = 0; k < LOGITS; k++) {
        int down = k / 3;
        double wave = Math.cos(2 * Math.PI * (k % 3 * x + down * y) + k);
        waves[pixel * LOGITS + k] = (float) (factor * GAIN * wave / (SIZE * SIZE));
      }
    }
    return waves;
  }

  /** Writes a network with a manifest of the tiny classifier beside it. */
  static Path write(Path folder, byte[] network) throws IOException {
    return write(folder, network, 1);
  }

  /** Writes a network with a manifest that names a temperature. */
  static Path write(Path folder, byte[] network, double temperature) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"name": "tiny", "version": "1", "task": "emotion-classification",
         "description": "Waves.", "file": "model.onnx", "sha256": "%s",
         "license": "Apache-2.0", "source": "made by the tests",
         "input": {"name": "input", "layout": "NCHW", "width": 48, "height": 48,
           "color": "gray", "mean": [127.5], "std": [64], "border": "zero"},
         "classifier": {"logits": "logits", "temperature": %s,
           "labels": ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear",
             "contempt"],
           "crop": {"keypoints": {"right_eye": [0.3, 0.4], "left_eye": [0.7, 0.4]},
             "box": {"shiftX": 0, "shiftY": 0, "scale": 1.2}}}}
        """
            .formatted(sha256(network), temperature));
    return folder;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
