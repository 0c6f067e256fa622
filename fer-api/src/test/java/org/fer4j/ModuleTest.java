package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What users can reach is a decision, not an accident. */
class ModuleTest {

  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(Path.of("target", "classes")).find("org.fer4j").orElseThrow().descriptor();

  @Test
  void exportedPackages() {
    assertEquals(
        Set.of(
            "org.fer4j",
            "org.fer4j.bulk",
            "org.fer4j.features",
            "org.fer4j.image",
            "org.fer4j.inference",
            "org.fer4j.landmarks",
            "org.fer4j.live",
            "org.fer4j.metrics",
            "org.fer4j.model",
            "org.fer4j.smoothing",
            "org.fer4j.spi",
            "org.fer4j.tracking",
            "org.fer4j.video"),
        MODULE.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
    assertTrue(MODULE.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
    assertEquals(Set.of(), MODULE.opens());
    assertEquals(Set.of("org.fer4j.spi.Backend"), MODULE.uses());
    assertEquals(Set.of(), MODULE.provides());
  }

  /** Nothing is needed at run time but the platform's base. */
  @Test
  void requiredModules() {
    assertEquals(
        Set.of("java.base"),
        MODULE.requires().stream()
            .filter(required -> !required.modifiers().contains(Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }
}
