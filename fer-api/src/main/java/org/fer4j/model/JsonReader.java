package org.fer4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259) as maps, lists, strings, doubles, booleans and nulls. It is
 * here so that this module needs no library for its few small manifests.
 *
 * <p>Confined to one thread.
 */
final class JsonReader {

  private static final int MAX_DEPTH = 64;

  private final String text;
  private int position;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Parses a whole document.
   *
   * @throws IllegalArgumentException if it is not JSON; the message names the line and column
   */
  static @Nullable Object parse(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.position < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    position++;
    skipSpace();
    if (peek() == '}') {
      position++;
    } else {
      do {
        skipSpace();
        String name = string();
        expect(':');
        members.put(name, value());
      } while (another('}'));
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() {
    enter();
    List<@Nullable Object> elements = new ArrayList<>();
    position++;
    skipSpace();
    if (peek() == ']') {
      position++;
    } else {
      do {
        elements.add(value());
      } while (another(']'));
    }
    depth--;
    return elements;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw unexpected("at most " + MAX_DEPTH + " levels");
    }
  }

  /** Consumes a comma and returns true, or the closing bracket and returns false. */
  private boolean another(char closing) {
    skipSpace();
    char next = peek();
    if (next != ',' && next != closing) {
      throw unexpected("',' or '" + closing + "'");
    }
    position++;
    return next == ',';
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        position--;
        throw unexpected("no control character in a string");
      }
      value.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            position--;
            throw unexpected("four hexadecimal digits");
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> {
        position--;
        throw unexpected("an escape sequence");
      }
    };
  }

  private Double number() {
    int begin = position;
    while (position < text.length() && "+-0123456789.eE".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String digits = text.substring(begin, position);
    if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      position = begin;
      throw unexpected("a value");
    }
    return Double.valueOf(digits);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, position)) {
      throw unexpected("a value");
    }
    position += word.length();
    return value;
  }

  private void expect(char expected) {
    skipSpace();
    if (peek() != expected) {
      throw unexpected("'" + expected + "'");
    }
    position++;
  }

  private char next() {
    char c = peek();
    position++;
    return c;
  }

  private char peek() {
    if (position >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(position);
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(position, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    String found =
        position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
    return new IllegalArgumentException(
        "expected %s in line %d, column %d, found %s".formatted(expected, line, column, found));
  }
}
