package org.fer4j.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeatureLayoutTest {

  private static final FeatureLayout LAYOUT = FeatureLayout.current();

  @Test
  void documentsEveryFeature() throws IOException {
    assertEquals(Files.readString(Path.of("..", "docs", "features.md")), LAYOUT.toMarkdown());
  }

  @Test
  void neverChangesUnderItsVersion() throws NoSuchAlgorithmException {
    String names =
        LAYOUT.features().stream()
            .map(f -> f.name() + " " + f.formula())
            .collect(Collectors.joining("\n"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
    assertEquals("1", LAYOUT.version());
    assertEquals(
        "79e4fcee5aa6789634cd6b2f05bb9eaf46f766c6b0e5f120969aee968f07e474",
        HexFormat.of().formatHex(hash));
  }

  @Test
  void namesEachFeatureOnce() {
    List<String> names = LAYOUT.features().stream().map(Feature::name).toList();
    assertEquals(names.size(), Set.copyOf(names).size());
    for (int i = 0; i < names.size(); i++) {
      assertEquals(i, LAYOUT.indexOf(names.get(i)));
    }
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> LAYOUT.indexOf("ear_length"));
    assertEquals("expected a feature of layout 1, found 'ear_length'", refusal.getMessage());
  }

  @Test
  void putsGeometryFirst() {
    for (int i = 0; i < LAYOUT.size(); i++) {
      Feature feature = LAYOUT.features().get(i);
      assertEquals(
          i < LAYOUT.geometryCount(), feature.group() == Feature.Group.GEOMETRY, feature.name());
    }
    assertTrue(LAYOUT.geometryCount() > 0);
  }
}
