package org.fer4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.model.ModelManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {

  private final Path folder;

  BackendsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A backend that only has a name and a rank. */
  abstract static class Named implements Backend {

    private final String name;
    private final int priority;

    Named(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public List<ModelManifest> models() {
      return List.of();
    }

    @Override
    public FaceDetector openDetector(String model, DetectorOptions options) {
      throw new IllegalArgumentException(model);
    }

    @Override
    public EmotionClassifier openClassifier(String model, ClassifierOptions options) {
      throw new IllegalArgumentException(model);
    }
  }

  /** Rank 10. */
  public static final class Fast extends Named {
    public Fast() {
      super("fast", 10);
    }
  }

  /** Rank 5, and the later name. */
  public static final class Zebra extends Named {
    public Zebra() {
      super("zebra", 5);
    }
  }

  /** Rank 5, and the earlier name. */
  public static final class Ape extends Named {
    public Ape() {
      super("ape", 5);
    }
  }

  /** The least rank there is. */
  public static final class Last extends Named {
    public Last() {
      super("last", Integer.MIN_VALUE);
    }
  }

  /** Can't be created. */
  public static final class Broken extends Named {
    public Broken() {
      super("broken", 1);
      throw new IllegalStateException("no library");
    }
  }

  private List<String> namesOf(Class<?>... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(Backend.class.getName()),
        Arrays.stream(providers).map(Class::getName).toList());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      return Backends.all(ServiceLoader.load(Backend.class, loader)).stream()
          .map(Backend::name)
          .toList();
    }
  }

  @Test
  void highestPriorityFirstThenByName() throws IOException {
    List<String> expected = List.of("fast", "ape", "zebra", "last");
    assertEquals(expected, namesOf(Last.class, Zebra.class, Ape.class, Fast.class));
    assertEquals(expected, namesOf(Ape.class, Fast.class, Zebra.class, Last.class));
  }

  @Test
  void brokenBackendsKeepTheCause() {
    FerException e = assertThrows(FerException.class, () -> namesOf(Fast.class, Broken.class));
    ServiceConfigurationError cause =
        assertInstanceOf(ServiceConfigurationError.class, e.getCause());
    assertInstanceOf(IllegalStateException.class, cause.getCause());
    assertTrue(String.valueOf(e.getMessage()).contains("Broken"), e.getMessage());
  }

  @Test
  void withoutABackendTheWayOutIsNamed() {
    assertEquals(List.of(), Backends.all());
    assertEquals(
        "Found no backend: add one to the class path or module path, for example"
            + " org.fer4j:fer-onnx.",
        assertThrows(FerException.class, Backends::preferred).getMessage());
    assertEquals(
        "Found no backend 'onnx', only []: add one to the class path or module path, for example"
            + " org.fer4j:fer-onnx.",
        assertThrows(FerException.class, () -> Backends.named("onnx")).getMessage());
  }
}
