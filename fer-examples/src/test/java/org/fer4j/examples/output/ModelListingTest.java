package org.fer4j.examples.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fer4j.model.MeasuredAccuracy;
import org.fer4j.model.ModelManifest;
import org.fer4j.onnx.OnnxBackend;
import org.junit.jupiter.api.Test;

class ModelListingTest {

  private static final MeasuredAccuracy ACCURACY =
      new MeasuredAccuracy("FER+ test", 3137, 0.8512, 0.8383, 0.8632, "fer evaluate ferplus.zip");

  private static ModelManifest manifest(Optional<MeasuredAccuracy> accuracy) throws IOException {
    try (InputStream in =
        OnnxBackend.class.getResourceAsStream("models/blazeface-short/model.json")) {
      ModelManifest bundled =
          ModelManifest.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return new ModelManifest(
          bundled.name(),
          bundled.version(),
          bundled.task(),
          bundled.description(),
          bundled.file(),
          bundled.sha256(),
          bundled.license(),
          bundled.source(),
          bundled.input(),
          bundled.detector(),
          bundled.classifier(),
          bundled.landmarks(),
          accuracy);
    }
  }

  private static List<BundledModel> models() throws IOException {
    return List.of(
        new BundledModel("onnx", manifest(Optional.empty()), OptionalLong.empty()),
        new BundledModel("onnx", manifest(Optional.of(ACCURACY)), OptionalLong.of(1_640_499)));
  }

  @Test
  void printsATable() throws IOException {
    StringWriter out = new StringWriter();
    ModelListing.printTable(models(), new PrintWriter(out));
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("NAME "), out.toString());
    assertTrue(lines.get(1).contains("blazeface-short"), out.toString());
    assertTrue(lines.get(1).contains("128x128 RGB"), out.toString());
    assertTrue(lines.get(1).contains("Apache-2.0"), out.toString());
    assertTrue(lines.get(2).contains("1,640 kB"), out.toString());
    assertTrue(lines.get(2).endsWith("85.1 % (83.8 to 86.3) of 3,137, FER+ test"), out.toString());
    assertTrue(lines.get(5).matches("blazeface-short +[0-9a-f]{64}"), out.toString());
  }

  @Test
  void printsJson() throws IOException {
    StringWriter out = new StringWriter();
    ModelListing.printJson(models(), new PrintWriter(out));
    JsonNode listing = new ObjectMapper().readTree(out.toString()).get("models");
    assertEquals(2, listing.size());
    assertFalse(listing.get(0).has("accuracy"));
    assertFalse(listing.get(0).has("bytes"));
    JsonNode model = listing.get(1);
    assertEquals("blazeface-short", model.get("name").asText());
    assertEquals("onnx", model.get("backend").asText());
    assertEquals("face-detection", model.get("task").asText());
    assertEquals(128, model.get("input").get("width").asInt());
    assertEquals(1_640_499, model.get("bytes").asLong());
    assertEquals(64, model.get("sha256").asText().length());
    assertEquals(0.8512, model.get("accuracy").get("accuracy").asDouble());
    assertEquals(0.8383, model.get("accuracy").get("ci95").get(0).asDouble());
    assertEquals(3137, model.get("accuracy").get("images").asInt());
  }
}
