package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type says who may use it: many threads, or one at a time. */
class ThreadRulesTest {

  /** Also those within an interface, where all are public. */
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^(?: *public (?:(?:static|final|abstract|sealed) )*| +)(?:class|interface|record|enum)"
              + " (\\w+)",
          Pattern.MULTILINE);

  private static final Pattern RULE =
      Pattern.compile("safe for use by many|Safe for use by many|Confined|by several threads");

  @Test
  void everyPublicTypeStatesOne() throws IOException {
    List<String> silent = new ArrayList<>();
    int types = 0;
    for (Path file : sources()) {
      String source = Files.readString(file);
      Matcher type = PUBLIC_TYPE.matcher(source);
      while (type.find()) {
        types++;
        int javadoc = source.lastIndexOf("/**", type.start());
        String text = source.substring(Math.max(0, javadoc), type.start());
        if (!RULE.matcher(text.replaceAll("\\s+\\*\\s+", " ")).find()) {
          silent.add(file.getFileName() + ": " + type.group(1));
        }
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(types > 60, "found " + types + " types");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "org"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList();
    }
  }
}
