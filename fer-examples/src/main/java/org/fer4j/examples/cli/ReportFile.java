package org.fer4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.FerException;

/**
 * Where a report goes. Its folder is made before the work begins, so that nobody waits for an hour
 * to hear that there is none.
 */
record ReportFile(Path path) {

  /**
   * Makes the folder that the file goes to.
   *
   * @throws IllegalArgumentException if that fails or the path is a folder itself
   */
  static ReportFile create(Path path) {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "expected a file for the report, found the folder '%s'".formatted(path));
    }
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the folder of '%s' can't be made: %s".formatted(path, e), e);
    }
    return new ReportFile(path);
  }

  /**
   * Writes the file.
   *
   * @throws FerException if that fails
   */
  void write(String html) {
    try {
      Files.writeString(path, html);
    } catch (IOException e) {
      throw new FerException("'%s' can't be written: %s".formatted(path, e), e);
    }
  }
}
