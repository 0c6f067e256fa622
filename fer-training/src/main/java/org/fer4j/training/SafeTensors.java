package org.fer4j.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.fer4j.FerException;

/**
 * Reads and writes {@link Weights} as .safetensors, which other tools read too: the length of a
 * JSON header as 8 bytes, the header, the values; little-endian (format:
 * huggingface.co/docs/safetensors). It reads 16-bit and 32-bit floats, and writes 32-bit ones.
 *
 * <p>Safe for use by many threads.
 */
public final class SafeTensors {

  private static final String METADATA = "__metadata__";
  private static final String TYPE = "F32";
  private static final String HALF_TYPE = "F16";
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafeTensors() {}

  /**
   * Writes a file so that a reader finds either the old one or the whole new one.
   *
   * @throws FerException if it can't be written
   */
  public static void write(Path file, Weights weights) {
    ObjectNode header = JSON.createObjectNode();
    weights.facts().forEach(header.putObject(METADATA)::put);
    long offset = 0;
    for (var entry : weights.arrays().entrySet()) {
      long end = offset + (long) Float.BYTES * entry.getValue().values().length;
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", TYPE);
      Arrays.stream(entry.getValue().shape()).forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    // The values start at a multiple of 8; the header may end with blanks.
    int headerLength = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + headerLength + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(headerLength).put(json);
    while (buffer.position() < Long.BYTES + headerLength) {
      buffer.put((byte) ' ');
    }
    for (Weights.Array array : weights.arrays().values()) {
      buffer.asFloatBuffer().put(array.values());
      buffer.position(buffer.position() + Float.BYTES * array.values().length);
    }
    AtomicFiles.write(file, buffer.array());
  }

  /**
   * Reads a file.
   *
   * @throws FerException if it can't be read or is not whole
   */
  public static Weights read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new FerException(
          "%s can't be read as a .safetensors file of 32-bit floats: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Reads the bytes of a file. */
  static Weights parse(byte[] bytes) throws JsonProcessingException {
    if (bytes.length < Long.BYTES) {
      throw new IllegalArgumentException("it is too short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = buffer.getLong();
    if (headerLength < 0 || headerLength > buffer.remaining()) {
      throw new IllegalArgumentException("it is truncated");
    }
    int start = Math.toIntExact(Long.BYTES + headerLength);
    JsonNode header =
        JSON.readTree(new String(bytes, Long.BYTES, start - Long.BYTES, StandardCharsets.UTF_8));
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    header
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals(METADATA)) {
                entry
                    .getValue()
                    .properties()
                    .forEach(f -> facts.put(f.getKey(), f.getValue().asText()));
              } else {
                arrays.put(entry.getKey(), array(buffer, start, entry.getValue()));
              }
            });
    return new Weights(arrays, facts);
  }

  private static Weights.Array array(ByteBuffer buffer, int start, JsonNode node) {
    String type = node.path("dtype").asText();
    if (!type.equals(TYPE) && !type.equals(HALF_TYPE)) {
      throw new IllegalArgumentException("found values of type " + type);
    }
    long[] shape = longs(node.path("shape")).toArray();
    long[] offsets = longs(node.path("data_offsets")).toArray();
    if (offsets.length != 2) {
      throw new IllegalArgumentException("an array has no data_offsets");
    }
    int from = Math.toIntExact(start + offsets[0]);
    int length = Math.toIntExact(offsets[1] - offsets[0]);
    ByteBuffer slice = buffer.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    return new Weights.Array(shape, type.equals(TYPE) ? floats(slice) : halves(slice));
  }

  private static float[] floats(ByteBuffer slice) {
    float[] values = new float[slice.remaining() / Float.BYTES];
    slice.asFloatBuffer().get(values);
    return values;
  }

  private static float[] halves(ByteBuffer slice) {
    float[] values = new float[slice.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.toFloat(slice.getShort());
    }
    return values;
  }

  private static LongStream longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong);
  }
}
