package org.fer4j.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.FerException;

/** Recipes of one kind as JSON, in files and among the resources of this package. */
final class RecipeJson<R> {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private final Class<R> type;
  private final String folder;

  /**
   * Tells what is read.
   *
   * @param folder of the bundled ones
   */
  RecipeJson(Class<R> type, String folder) {
    this.type = type;
    this.folder = folder;
  }

  /**
   * Reads a bundled one.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  R named(String name) {
    try (InputStream in = type.getResourceAsStream(folder + "/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no recipe named '%s'".formatted(name));
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new FerException("the recipe %s can't be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws FerException if it can't be read or is not a valid recipe
   */
  R read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException | FerException e) {
      throw new FerException("%s is not a recipe: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads JSON.
   *
   * @throws FerException if it is not a valid recipe
   */
  R parse(String json) {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException e) {
      // Jackson goes on about its own settings after the semicolon.
      throw new FerException(e.getOriginalMessage().replaceFirst(";.*", ""), e);
    }
  }

  /** Returns JSON that {@link #parse} reads. */
  static String toJson(Object recipe) {
    try {
      return JSON.writeValueAsString(recipe);
    } catch (JacksonException e) {
      throw new IllegalStateException("a recipe of plain values can't be written", e);
    }
  }
}
