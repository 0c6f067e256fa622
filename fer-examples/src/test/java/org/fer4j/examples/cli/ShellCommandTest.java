package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandTest {

  @Test
  void strangeArgumentsAreQuoted() {
    assertEquals(
        "./fer evaluate /data/fer+.zip '--data=two words' 'it'\\''s' '$HOME' ''",
        ShellCommand.of(
            List.of("evaluate", "/data/fer+.zip", "--data=two words", "it's", "$HOME", "")));
  }
}
