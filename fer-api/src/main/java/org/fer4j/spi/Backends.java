package org.fer4j.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.fer4j.FerException;

/**
 * Finds backends. The order is fixed: highest {@link Backend#priority()} first, equals by name.
 *
 * <p>Safe for use by many threads.
 */
public final class Backends {

  private static final Comparator<Backend> ORDER =
      Comparator.comparingInt(Backend::priority).reversed().thenComparing(Backend::name);

  private Backends() {}

  /**
   * Returns all backends of the class path or module path, the default first.
   *
   * @throws FerException if a backend is registered but can't be created; the cause is kept
   */
  public static List<Backend> all() {
    return all(ServiceLoader.load(Backend.class, Backends.class.getClassLoader()));
  }

  static List<Backend> all(ServiceLoader<Backend> loader) {
    List<Backend> backends = new ArrayList<>();
    Iterator<Backend> found = loader.iterator();
    try {
      while (found.hasNext()) {
        backends.add(found.next());
      }
    } catch (ServiceConfigurationError e) {
      throw new FerException("A registered backend can't be created: " + e.getMessage(), e);
    }
    backends.sort(ORDER);
    return List.copyOf(backends);
  }

  /**
   * Returns the backend with the highest priority.
   *
   * @throws FerException if there is none
   */
  public static Backend preferred() {
    return all().stream().findFirst().orElseThrow(() -> noBackend("Found no backend"));
  }

  /**
   * Returns the backend with a name.
   *
   * @throws FerException if it is not there; the message names those that are
   */
  public static Backend named(String name) {
    List<Backend> all = all();
    return all.stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                noBackend(
                    "Found no backend '%s', only %s"
                        .formatted(
                            name, all.stream().map(Backend::name).collect(Collectors.toList()))));
  }

  private static FerException noBackend(String found) {
    return new FerException(
        found + ": add one to the class path or module path, for example org.fer4j:fer-onnx.");
  }
}
