package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.junit.jupiter.api.Test;

/** What users can reach is a decision, not an accident. */
class ModuleTest {

  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(Path.of("target", "classes"))
          .find("org.fer4j.opencv")
          .orElseThrow()
          .descriptor();

  @Test
  void exportedPackages() {
    assertEquals(
        Set.of("org.fer4j.opencv"),
        MODULE.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
    assertTrue(MODULE.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
    assertEquals(Set.of(), MODULE.opens());
  }

  @Test
  void requiredModules() {
    assertEquals(
        Set.of("java.base", "org.fer4j", "org.bytedeco.javacpp", "org.bytedeco.opencv"),
        MODULE.requires().stream()
            .filter(required -> !required.modifiers().contains(Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }

  /** Found on the module path as on the class path, behind the faster backend. */
  @Test
  void providedBackend() {
    assertEquals(
        List.of(OpenCvBackend.class.getName()),
        MODULE.provides().stream().flatMap(service -> service.providers().stream()).toList());
    assertEquals(List.of("onnx", "opencv"), Backends.all().stream().map(Backend::name).toList());
    assertEquals(OpenCvBackend.class, Backends.named("opencv").getClass());
  }
}
