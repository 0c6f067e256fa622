package org.fer4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.fer4j.model.InputSpec.Border;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  private static final JsonObject JSON =
      JsonObject.parse(
          """
          {"text": "a", "number": 1.5, "whole": 3, "big": 3e9, "flag": true, "nothing": null,
           "constant": "Replicate", "numbers": [1, 2.5], "texts": ["a", "b"], "mixed": [1, "b"],
           "object": {"inner": {}}, "objects": [{"a": 1}, {"a": 2}], "empty": []}
          """);

  @Test
  void membersByKind() {
    assertEquals("a", JSON.string("text"));
    assertEquals("a", JSON.string("text", "b"));
    assertEquals("b", JSON.string("nothing", "b"));
    assertEquals("b", JSON.string("missing", "b"));
    assertEquals(1.5, JSON.number("number"));
    assertEquals(1.5f, JSON.decimal("number"));
    assertEquals(7f, JSON.decimal("missing", 7));
    assertEquals(3, JSON.integer("whole"));
    assertEquals(List.of(1f, 2.5f), JSON.decimals("numbers"));
    assertEquals(List.of(), JSON.decimals("empty"));
    assertEquals(List.of("a", "b"), JSON.strings("texts"));
    assertEquals(2, JSON.objects("objects").get(1).integer("a"));
    assertEquals(Set.of("inner"), JSON.object("object").names());
    assertTrue(JSON.optionalObject("object").isPresent());
    assertTrue(JSON.optionalObject("nothing").isEmpty());
    assertTrue(JSON.optionalObject("missing").isEmpty());
  }

  @Test
  void constantsInAnyCaseAndLocale() {
    Locale before = Locale.getDefault();
    try {
      // Its upper case of i has a dot.
      Locale.setDefault(new Locale("tr"));
      assertEquals(Border.REPLICATE, JSON.constant("constant", Border.class));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wrongMembersAreNamedWithTheirPath() {
    assertWrong("expected a string for 'missing', found nothing", j -> j.string("missing"));
    assertWrong("expected a string for 'nothing', found nothing", j -> j.string("nothing"));
    assertWrong("expected a string for 'number', found '1.5'", j -> j.string("number"));
    assertWrong("expected a string for 'number', found '1.5'", j -> j.string("number", "b"));
    assertWrong("expected a number for 'text', found 'a'", j -> j.number("text"));
    assertWrong("expected a number for 'flag', found 'true'", j -> j.decimal("flag"));
    assertWrong("expected an integer for 'number', found '1.5'", j -> j.integer("number"));
    assertWrong("expected an integer for 'big', found '3.0E9'", j -> j.integer("big"));
    assertWrong(
        "expected one of [ZERO, REPLICATE] for 'text', found 'a'",
        j -> j.constant("text", Border.class));
    assertWrong("expected a list for 'text', found 'a'", j -> j.decimals("text"));
    assertWrong("expected numbers only for 'mixed', found 'b'", j -> j.decimals("mixed"));
    assertWrong("expected strings only for 'mixed', found '1.0'", j -> j.strings("mixed"));
    assertWrong("expected an object for 'numbers[0]', found '1.0'", j -> j.objects("numbers"));
    assertWrong("expected an object for 'text', found 'a'", j -> j.object("text"));
    assertWrong("expected an object for 'text', found 'a'", j -> j.optionalObject("text"));
    assertWrong(
        "expected an object for 'object.inner.x', found nothing",
        j -> j.object("object").object("inner").object("x"));
    assertWrong(
        "expected a string for 'objects[1].b', found nothing",
        j -> j.objects("objects").get(1).string("b"));
  }

  @Test
  void documentsAreObjects() {
    assertWrong("expected an object for 'the document', found '[]'", j -> JsonObject.parse("[]"));
    assertWrong(
        "expected an object for 'the document', found nothing", j -> JsonObject.parse("null"));
  }

  private static void assertWrong(String message, Function<JsonObject, Object> call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> call.apply(JSON)).getMessage());
  }
}
