package org.fer4j.examples.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that tell where a trained model goes, and what it is called. */
final class ExportOptions {

  @Option(
      names = "--export",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes: model.onnx and model.json.")
  private Path export = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: that of its folder).")
  private @Nullable String name;

  /** Returns the folder as it was named. */
  Path named() {
    return export;
  }

  /** Returns the folder. */
  Path folder() {
    return export.toAbsolutePath().normalize();
  }

  /** Returns the model's name. */
  String model() {
    return name == null ? String.valueOf(folder().getFileName()) : name;
  }
}
