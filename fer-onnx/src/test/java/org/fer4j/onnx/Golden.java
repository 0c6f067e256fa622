package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fer4j.model.JsonDocuments;
import org.jspecify.annotations.Nullable;

/** Reads what {@code tools/record_golden.py} recorded. */
final class Golden {

  private Golden() {}

  static byte[] bytes(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream("golden/" + name)) {
      assertNotNull(stream, name);
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] floats(String name) {
    byte[] bytes = bytes(name);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static Map<String, Object> document(String name) {
    return JsonDocuments.object(new String(bytes(name), StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked") // A document has no other objects.
  static Map<String, Object> object(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  static double number(@Nullable Object value) {
    return (Double) Objects.requireNonNull(value);
  }
}
