package org.fer4j.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.fer4j.FerException;
import org.jspecify.annotations.Nullable;

/**
 * A network with its manifest: bundled in a jar or in a folder of the user's. The manifest is read
 * at once, the weights when {@link #load()} is called.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Model {

  /** Opens a file of the model by its name; null if there is none. */
  @FunctionalInterface
  private interface Folder {
    @Nullable InputStream open(String name) throws IOException;
  }

  private final ModelManifest manifest;
  private final String place;
  private final Folder files;

  private Model(ModelManifest manifest, String place, Folder files) {
    this.manifest = manifest;
    this.place = place;
    this.files = files;
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws IllegalArgumentException if the folder has no manifest
   * @throws FerException if the manifest can't be read or is wrong
   */
  public static Model ofDirectory(Path directory) {
    if (!Files.isRegularFile(directory.resolve(ModelManifest.FILE_NAME))) {
      throw new IllegalArgumentException(
          "expected a folder with %s, found none in '%s'"
              .formatted(ModelManifest.FILE_NAME, directory));
    }
    return read(
        directory.toString(),
        name -> {
          Path file = directory.resolve(name);
          return Files.exists(file) ? Files.newInputStream(file) : null;
        });
  }

  /**
   * Reads a manifest that is bundled with a class.
   *
   * @param anchor in whose module and package the model lies
   * @param folder relative to the anchor's package
   * @throws FerException if the manifest is missing or wrong
   */
  public static Model ofResource(Class<?> anchor, String folder) {
    return read(
        "resource " + anchor.getPackageName().replace('.', '/') + "/" + folder,
        name -> anchor.getResourceAsStream(folder + "/" + name));
  }

  private static Model read(String place, Folder files) {
    try {
      String json =
          new String(bytes(place, files, ModelManifest.FILE_NAME), StandardCharsets.UTF_8);
      return new Model(ModelManifest.parse(json), place, files);
    } catch (IllegalArgumentException e) {
      throw new FerException(
          "%s in '%s' is wrong: %s".formatted(ModelManifest.FILE_NAME, place, e.getMessage()), e);
    }
  }

  /** Returns what the manifest says. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** Returns where the model lies, for messages. */
  public String place() {
    return place;
  }

  /**
   * Reads the weights and checks them against the manifest's SHA-256.
   *
   * @throws FerException if the file is missing, can't be read, or is not the one that the manifest
   *     describes
   */
  public byte[] load() {
    byte[] bytes = bytes(place, files, manifest.file());
    String found = sha256(bytes);
    if (!found.equals(manifest.sha256())) {
      throw new FerException(
          "expected SHA-256 %s of '%s' in '%s', found %s: the file is damaged or not the one that the manifest describes."
              .formatted(manifest.sha256(), manifest.file(), place, found));
    }
    return bytes;
  }

  private static byte[] bytes(String place, Folder files, String name) {
    try (InputStream stream = files.open(name)) {
      if (stream == null) {
        throw new FerException("expected the file '%s' in '%s', found none".formatted(name, place));
      }
      return stream.readAllBytes();
    } catch (IOException | UncheckedIOException e) {
      throw new FerException(
          "'%s' in '%s' can't be read: %s".formatted(name, place, e.getMessage()), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
