package org.fer4j.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.fer4j.FerException;

/**
 * Inputs that nobody's face is in, with the logits that LibTorch computes: what a backend has to
 * agree with. The inputs follow from a formula, and stand in the file as well.
 *
 * <p>Safe for use by many threads, each with a file of its own.
 */
public final class GoldenVectors {

  /** How far a backend's logits may be off. */
  private static final double TOLERANCE = 1e-4;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Centre and half of the range of grey values, and three waves: a few of each. */
  private static final int[][] CASES = {
    {128, 127, 1, 0, 0}, {128, 100, 2, 3, 1}, {90, 60, 5, 1, 2}, {160, 90, 3, 7, 4}, {0, 0, 0, 0, 0}
  };

  private GoldenVectors() {}

  /**
   * Writes the file.
   *
   * @throws FerException if it can't be written
   */
  public static void write(Path file, String model, TrainedNetwork network) {
    int size = network.recipe().network().inputSize();
    List<Crop> crops = new ArrayList<>();
    for (int[] c : CASES) {
      crops.add(new Crop(pattern(c, size), Optional.empty(), Optional.empty()));
    }
    List<float[]> logits = network.logits(crops);
    ObjectNode root =
        JSON.createObjectNode()
            .put("model", model)
            .put("sha256", ModelFolder.sha256(network.toOnnx()))
            .put(
                "inputs",
                "grey values of 0 to 255, row by row, base64; the value at x, y is round(centre + range * (sin(2 pi (fx x + fy y) / size) + cos(2 pi fxy x y / size^2)) / 2)")
            .put("tolerance", TOLERANCE)
            .put("width", size)
            .put("height", size);
    ArrayNode cases = root.putArray("cases");
    for (int i = 0; i < CASES.length; i++) {
      int[] c = CASES[i];
      ObjectNode node = cases.addObject();
      node.put(
          "name",
          "centre %d, range %d, fx %d, fy %d, fxy %d".formatted(c[0], c[1], c[2], c[3], c[4]));
      node.put("pixels", Base64.getEncoder().encodeToString(crops.get(i).pixels()));
      ArrayNode values = node.putArray("logits");
      for (float logit : logits.get(i)) {
        values.add(logit);
      }
    }
    try {
      AtomicFiles.write(file, JSON.writeValueAsString(root) + "\n");
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of plain values can't be written", e);
    }
  }

  private static byte[] pattern(int[] c, int size) {
    byte[] pixels = new byte[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double wave =
            Math.sin(2 * Math.PI * (c[2] * x + c[3] * y) / size)
                + Math.cos(2 * Math.PI * c[4] * x * y / ((double) size * size));
        long value = Math.round(c[0] + c[1] * wave / 2);
        pixels[y * size + x] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return pixels;
  }
}
