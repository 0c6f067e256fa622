package org.fer4j.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Reads how often each expression occurs from a file: a JSON object, or properties such as {@code
 * fear = 0.1}, with a number for each expression. Shares and counts will both do.
 */
final class PriorFile {

  private PriorFile() {}

  /**
   * Reads a file and scales its numbers so that they sum to 1.
   *
   * @throws IllegalArgumentException if it can't be read, or a number is missing, negative or not
   *     of an expression
   */
  static EmotionScores read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "expected natural, balanced or a file, found '%s', which is no file".formatted(file));
    }
    try {
      String text = Files.readString(file);
      return scaled(text.stripLeading().startsWith("{") ? ofJson(text) : ofProperties(text));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'%s' can't be read: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s in '%s'".formatted(e.getMessage(), file), e);
    }
  }

  private static Map<String, String> ofJson(String text) throws JsonProcessingException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : new ObjectMapper().readTree(text).properties()) {
      values.put(member.getKey(), member.getValue().asText());
    }
    return values;
  }

  private static Map<String, String> ofProperties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> values = new LinkedHashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }

  private static EmotionScores scaled(Map<String, String> values) {
    for (String name : values.keySet()) {
      if (Emotion.ofLabel(name).isEmpty()) {
        throw new IllegalArgumentException(
            "expected expressions of %s, found '%s'"
                .formatted(Emotion.all().stream().map(Emotion::label).toList(), name));
      }
    }
    double[] numbers = new double[Emotion.all().size()];
    double sum = 0;
    for (Emotion emotion : Emotion.all()) {
      double number = number(emotion, values.getOrDefault(emotion.label(), "nothing"));
      numbers[emotion.ordinal()] = number;
      sum += number;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("expected a number above 0, found none");
    }
    float[] shares = new float[numbers.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (numbers[i] / sum);
    }
    return EmotionScores.of(shares);
  }

  private static double number(Emotion emotion, String text) {
    double number;
    try {
      number = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= 0) || Double.isInfinite(number)) {
      throw new IllegalArgumentException(
          "expected a number from 0 on for %s, found %s".formatted(emotion.label(), text));
    }
    return number;
  }
}
