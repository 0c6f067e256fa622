package org.fer4j.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.FerException;

/** One way in which datasets lie on disk. */
interface DatasetLayout {

  /** The layouts, the most specific first. */
  List<DatasetLayout> ALL =
      List.of(new FerPlusLayout(), new Fer2013CsvLayout(), new ClassFolderLayout());

  /** Returns whether the path looks like this layout. */
  boolean matches(Path path) throws IOException;

  /** Returns the images of a split, or of all splits, in a stable order. */
  List<LabeledImage> images(Path path, Optional<Split> split) throws IOException;

  static Optional<DatasetLayout> find(Path path) throws IOException {
    for (DatasetLayout layout : ALL) {
      if (layout.matches(path)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  static DatasetLayout of(Path path) throws IOException {
    return find(path)
        .orElseThrow(
            () ->
                new FerException(
                    "%s is not a dataset: expected folders FER2013Train, FER2013Valid or FER2013Test with a label.csv each, a fer2013.csv, or a folder for each expression"
                        .formatted(path)));
  }

  /** Returns the last name, without the slash that folders inside a zip may end with. */
  static String fileName(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
