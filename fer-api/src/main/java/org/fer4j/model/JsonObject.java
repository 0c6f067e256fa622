package org.fer4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members are asked for by name and kind; a missing or wrong one is told with
 * its whole path. Members that nobody asks for are ignored, so that newer manifests can be read.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class JsonObject {

  private final String path;
  private final Map<String, @Nullable Object> members;

  private JsonObject(String path, Map<String, @Nullable Object> members) {
    this.path = path;
    this.members = members;
  }

  static JsonObject parse(String text) {
    return of("", JsonReader.parse(text));
  }

  private static JsonObject of(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(path.isEmpty() ? "the document" : path, "an object", value);
    }
    @SuppressWarnings("unchecked") // JsonReader makes objects of nothing else.
    Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
    return new JsonObject(path, members);
  }

  JsonObject object(String name) {
    return of(pathOf(name), members.get(name));
  }

  Optional<JsonObject> optionalObject(String name) {
    return members.get(name) == null ? Optional.empty() : Optional.of(object(name));
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Set<String> names() {
    return members.keySet();
  }

  String string(String name) {
    if (members.get(name) instanceof String value) {
      return value;
    }
    throw wrong(pathOf(name), "a string", members.get(name));
  }

  String string(String name, String otherwise) {
    return members.get(name) == null ? otherwise : string(name);
  }

  double number(String name) {
    if (members.get(name) instanceof Double value) {
      return value;
    }
    throw wrong(pathOf(name), "a number", members.get(name));
  }

  float decimal(String name) {
    return (float) number(name);
  }

  float decimal(String name, float otherwise) {
    return members.get(name) == null ? otherwise : decimal(name);
  }

  int integer(String name) {
    double value = number(name);
    if (value != (int) value) {
      throw wrong(pathOf(name), "an integer", value);
    }
    return (int) value;
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String value = string(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw wrong(pathOf(name), "one of " + List.of(type.getEnumConstants()), value);
  }

  List<Float> decimals(String name) {
    List<Float> values = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof Double number)) {
        throw wrong(pathOf(name), "numbers only", element);
      }
      values.add(number.floatValue());
    }
    return values;
  }

  List<String> strings(String name) {
    List<String> values = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof String string)) {
        throw wrong(pathOf(name), "strings only", element);
      }
      values.add(string);
    }
    return values;
  }

  List<JsonObject> objects(String name) {
    List<JsonObject> values = new ArrayList<>();
    for (Object element : list(name)) {
      values.add(of(pathOf(name) + "[" + values.size() + "]", element));
    }
    return values;
  }

  private List<?> list(String name) {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(pathOf(name), "a list", members.get(name));
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static IllegalArgumentException wrong(
      String path, String expected, @Nullable Object found) {
    return new IllegalArgumentException(
        "expected %s for '%s', found %s"
            .formatted(expected, path, found == null ? "nothing" : "'" + found + "'"));
  }
}
