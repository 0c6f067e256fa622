package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

  private static final Weights WEIGHTS =
      new Weights(
          Map.of(
              "a", new Weights.Array(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, Float.NaN}),
              "b", new Weights.Array(new long[] {}, new float[] {-0f})),
          Map.of("recipe", "{\"x\" : \"\u00e9\"}"));

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) {
    Path file = folder.resolve("deep/w.safetensors");
    SafeTensors.write(file, WEIGHTS);
    Weights read = SafeTensors.read(file);
    assertEquals(WEIGHTS.facts(), read.facts());
    assertEquals(WEIGHTS.arrays().keySet(), read.arrays().keySet());
    assertArrayEquals(new long[] {2, 3}, read.array("a").shape());
    assertArrayEquals(WEIGHTS.array("a").values(), read.array("a").values());
    assertArrayEquals(new float[] {-0f}, read.array("b").values());
  }

  @Test
  void bytesAreThoseOfTheFormat(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("w.safetensors");
    SafeTensors.write(
        file,
        new Weights(
            Map.of("w", new Weights.Array(new long[] {2}, new float[] {1, 2})), Map.of("k", "v")));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong());
    byte[] header = new byte[length];
    bytes.get(header);
    assertEquals(
        "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        new String(header, StandardCharsets.UTF_8).strip());
    assertEquals(0, length % 8);
    assertEquals(1, bytes.getFloat());
    assertEquals(2, bytes.getFloat());
    assertEquals(0, bytes.remaining());
  }

  @Test
  void noTemporaryFileIsLeft(@TempDir Path folder) throws IOException {
    SafeTensors.write(folder.resolve("w.safetensors"), WEIGHTS);
    try (var files = Files.list(folder)) {
      assertEquals(List.of("w.safetensors"), files.map(f -> f.getFileName() + "").toList());
    }
  }

  @Test
  void truncatedFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("w.safetensors");
    SafeTensors.write(file, WEIGHTS);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 20, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      var e = assertThrows(FerException.class, () -> SafeTensors.read(file));
      assertTrue(String.valueOf(e.getMessage()).startsWith(file + " can't be read"));
    }
  }

  @Test
  void halfPrecisionIsRead(@TempDir Path folder) throws IOException {
    Weights weights = SafeTensors.read(oneValue(folder, "F16", (short) 0x3e00));
    assertArrayEquals(new float[] {1.5f}, weights.array("w").values());
  }

  @Test
  void otherTypesAreRefused(@TempDir Path folder) throws IOException {
    Path file = oneValue(folder, "BF16", (short) 0);
    var e = assertThrows(FerException.class, () -> SafeTensors.read(file));
    assertTrue(String.valueOf(e.getMessage()).endsWith("found values of type BF16"));
  }

  private static Path oneValue(Path folder, String type, short value) throws IOException {
    Path file = folder.resolve("w.safetensors");
    byte[] header =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,2]}}"
            .formatted(type)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 2).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(header.length).put(header).putShort(value).array());
    return file;
  }

  @Test
  void missingArrayIsNamed() {
    var e = assertThrows(FerException.class, () -> WEIGHTS.array("c"));
    assertEquals("the weights have no array 'c'", e.getMessage());
  }
}
