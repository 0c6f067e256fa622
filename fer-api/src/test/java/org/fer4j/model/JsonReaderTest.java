package org.fer4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final long SEED = 37;

  @Test
  void everyKindOfValue() {
    assertEquals(true, JsonReader.parse("true"));
    assertEquals(false, JsonReader.parse(" false "));
    assertNull(JsonReader.parse("\tnull\r\n"));
    assertEquals("", JsonReader.parse("\"\""));
    assertEquals(Map.of(), JsonReader.parse("{ }"));
    assertEquals(List.of(), JsonReader.parse("[ ]"));
    assertEquals(
        Map.of("a", List.of(1.0, Map.of("b", "c")), "d", Arrays.asList((Object) null)),
        JsonReader.parse("{\"a\" : [1 , {\"b\":\"c\"}],\n\"d\":[null]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "12, 12",
    "-3.5, -3.5",
    "1e3, 1000",
    "1E+3, 1000",
    "25e-1, 2.5",
    "0.1, 0.1",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void numbers(String text, double expected) {
    assertEquals(expected, JsonReader.parse(text));
  }

  @Test
  void escapes() {
    assertEquals(
        "\"\\/\b\f\n\r\t\u00e9\ud83d\ude42",
        JsonReader.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\uDE42\""));
    assertEquals("\u00fc\ud83d\ude42", JsonReader.parse("\"\u00fc\ud83d\ude42\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{1:2}",
        "nul",
        "nulll",
        "True",
        "tru",
        "+1",
        "01",
        "1.",
        ".5",
        "-",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "1 1",
        "'a'",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\u",
        "\"\n\"",
        "\"\u0000\"",
        "// a\n1",
        "\ufeff1",
        "[1]]",
        "--1",
        "1-1"
      })
  void textThatIsNoJsonIsNamedWithItsPlace(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> JsonReader.parse(text)).getMessage();
    assertTrue(
        message != null && message.matches("(?s)expected .+ in line \\d+, column \\d+, found .+"),
        message);
  }

  @Test
  void placesCountLinesAndColumns() {
    assertEquals(
        "expected ',' or '}' in line 3, column 4, found '2'",
        assertThrows(IllegalArgumentException.class, () -> JsonReader.parse("{\n \"a\": 1\n   2}"))
            .getMessage());
    assertEquals(
        "expected more in line 2, column 1, found the end of the text",
        assertThrows(IllegalArgumentException.class, () -> JsonReader.parse("[1,\n")).getMessage());
  }

  @Test
  void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
    assertTrue(JsonReader.parse("[".repeat(64) + "]".repeat(64)) instanceof List);
    // Side by side is not deep.
    String wide = "[" + "[],".repeat(1000) + "{}]";
    assertTrue(JsonReader.parse(wide) instanceof List<?> list && list.size() == 1001);
    assertEquals(
        "expected at most 64 levels in line 1, column 65, found '['",
        assertThrows(IllegalArgumentException.class, () -> JsonReader.parse("[".repeat(1_000_000)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> JsonReader.parse("{\"a\":".repeat(100_000)));
  }

  /** Random damage gives a value or a clear refusal, never anything else. */
  @Test
  void damagedTextIsReadOrRefused() {
    String good = "{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\\u00e9\": \"d\\n\"}}";
    String characters = "{}[]\":,\\u0123456789eE+-.tfn \n\u0000";
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        char c = characters.charAt(random.nextInt(characters.length()));
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        JsonReader.parse(text.toString());
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000 && refused < 20_000, refused + " refused");
  }
}
