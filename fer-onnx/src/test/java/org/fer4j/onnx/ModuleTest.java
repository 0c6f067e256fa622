package org.fer4j.onnx;

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
          .find("org.fer4j.onnx")
          .orElseThrow()
          .descriptor();

  @Test
  void exportedPackages() {
    assertEquals(
        Set.of("org.fer4j.onnx"),
        MODULE.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
    assertTrue(MODULE.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
    assertEquals(Set.of(), MODULE.opens());
  }

  @Test
  void requiredModules() {
    assertEquals(
        Set.of("java.base", "org.fer4j", "com.microsoft.onnxruntime"),
        MODULE.requires().stream()
            .filter(required -> !required.modifiers().contains(Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }

  /** Found on the module path as on the class path. */
  @Test
  void providedBackend() {
    assertEquals(
        List.of(OnnxBackend.class.getName()),
        MODULE.provides().stream().flatMap(service -> service.providers().stream()).toList());
    Backend backend = Backends.preferred();
    assertEquals(OnnxBackend.class, backend.getClass());
    assertEquals("onnx", backend.name());
    assertEquals(OnnxBackend.class, Backends.named("onnx").getClass());
  }
}
