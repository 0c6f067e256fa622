package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void exportsWhatUsersNeed() throws URISyntaxException {
    Path classes =
        Path.of(Trainer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor module =
        ModuleFinder.of(classes).find("org.fer4j.training").orElseThrow().descriptor();
    assertEquals(
        Set.of(
            "org.fer4j.training",
            "org.fer4j.training.augmentation",
            "org.fer4j.training.data",
            "org.fer4j.training.evaluation",
            "org.fer4j.training.quality"),
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
  }
}
