package org.fer4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FerTest {

  @Test
  void wantsASubCommand() {
    CommandLineRun run = CommandLineRun.of();
    assertEquals(2, run.status());
    assertTrue(run.err().contains("fer --help"), run.err());
  }

  @Test
  void refusesAnUnknownSubCommand() {
    assertEquals(2, CommandLineRun.of("paint").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "analyze", "evaluate", "train", "dataset", "models"})
  void helps(String command) {
    CommandLineRun run =
        command.isEmpty() ? CommandLineRun.of("--help") : CommandLineRun.of(command, "--help");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Usage: fer"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void tellsItsVersion() {
    CommandLineRun run = CommandLineRun.of("--version");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("fer "), run.out());
  }

  @Test
  void exportsOnlyItsEntry() throws IOException {
    Path classes = Path.of("target", "classes", "module-info.class");
    try (InputStream in = Files.newInputStream(classes)) {
      Set<String> exported =
          ModuleDescriptor.read(in).exports().stream()
              .map(ModuleDescriptor.Exports::source)
              .collect(Collectors.toSet());
      assertEquals(Set.of("org.fer4j.examples"), exported);
    }
  }
}
