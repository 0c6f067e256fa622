package org.fer4j.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Not written yet. */
final class Fer2013CsvLayout implements DatasetLayout {
  @Override
  public boolean matches(Path path) throws IOException {
    return false;
  }

  @Override
  public List<LabeledImage> images(Path path, Optional<Split> split) {
    return List.of();
  }
}
