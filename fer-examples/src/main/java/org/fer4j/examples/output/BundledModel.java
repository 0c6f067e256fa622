package org.fer4j.examples.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;

/**
 * A network that a backend brings.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param backend its name
 * @param manifest of the network
 * @param bytes of its file; empty if the backend keeps it elsewhere than beside its class
 */
public record BundledModel(String backend, ModelManifest manifest, OptionalLong bytes) {

  /** Returns the networks of a backend, in its order. */
  public static Stream<BundledModel> of(Backend backend) {
    return backend.models().stream()
        .map(manifest -> new BundledModel(backend.name(), manifest, bytes(backend, manifest)));
  }

  private static OptionalLong bytes(Backend backend, ModelManifest manifest) {
    String resource = "models/" + manifest.name() + "/" + manifest.file();
    try (InputStream in = backend.getClass().getResourceAsStream(resource)) {
      return in == null
          ? OptionalLong.empty()
          : OptionalLong.of(in.transferTo(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
