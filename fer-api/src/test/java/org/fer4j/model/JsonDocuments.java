package org.fer4j.model;

import java.util.Map;
import java.util.Objects;

/** Opens the manifests' JSON reader to the tests of all modules. */
public final class JsonDocuments {

  private JsonDocuments() {}

  /** Returns the object that a document holds, as maps, lists, strings and doubles. */
  @SuppressWarnings("unchecked") // JsonReader makes objects of nothing else.
  public static Map<String, Object> object(String json) {
    return (Map<String, Object>) Objects.requireNonNull(JsonReader.parse(json));
  }
}
