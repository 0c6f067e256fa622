package org.fer4j.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fer4j.FerException;
import org.jspecify.annotations.Nullable;

/**
 * Labelled images in one of the layouts that users have. Three are understood, and any of them may
 * be inside a zip:
 *
 * <ul>
 *   <li>FER+: folders {@code FER2013Train}, {@code FER2013Valid} and {@code FER2013Test} with PNGs
 *       and a {@code label.csv} of votes; their parent folder or one of them;
 *   <li>{@code fer2013.csv}, with FER+'s {@code fer2013new.csv} beside it if there is one;
 *   <li>a folder for each expression, under its usual names, with images of any size; these may lie
 *       in folders {@code train}, {@code valid} and {@code test}. Without such folders a split is a
 *       stable choice by the files' names: 80, 10 and 10 %.
 * </ul>
 *
 * <p>Images are decoded when they are read, so a dataset may be larger than memory. It must stay
 * open as long as its images are read.
 *
 * <p>Safe for use by many threads until {@link #close()}.
 */
public final class ExpressionDataset implements AutoCloseable {

  private final String name;
  private final String title;
  private final String root;
  private final List<LabeledImage> images;
  private final int leftOut;
  private final @Nullable FileSystem zip;

  private ExpressionDataset(
      Path path,
      Path root,
      List<LabeledImage> all,
      LeaveOutList leaveOut,
      @Nullable FileSystem zip) {
    this.name = path.toString();
    this.title = DatasetLayout.fileName(path.toAbsolutePath().normalize());
    this.root = root.toString();
    this.images = all.stream().filter(image -> !leaveOut.contains(nameOf(image))).toList();
    this.leftOut = all.size() - images.size();
    this.zip = zip;
    if (images.isEmpty()) {
      throw new FerException(
          "%s has no images but the %d that are to be left out".formatted(name, leftOut));
    }
  }

  /**
   * Opens one split of a dataset.
   *
   * @throws IllegalArgumentException if the path does not exist
   * @throws FerException if the dataset is in no known layout, has no such split or is damaged; the
   *     message names the file and the line
   */
  public static ExpressionDataset open(Path path, Split split) {
    return open(path, split, LeaveOutList.none());
  }

  /**
   * Opens one split of a dataset without the images of a list.
   *
   * @throws IllegalArgumentException if the path does not exist
   * @throws FerException if the dataset is in no known layout, has no such split, is damaged, or
   *     has no other images
   */
  public static ExpressionDataset open(Path path, Split split, LeaveOutList leaveOut) {
    return open(path, Optional.of(split), leaveOut);
  }

  /**
   * Opens all splits of a dataset as one.
   *
   * @throws IllegalArgumentException if the path does not exist
   * @throws FerException if the dataset is in no known layout or damaged
   */
  public static ExpressionDataset open(Path path) {
    return open(path, Optional.empty(), LeaveOutList.none());
  }

  private static ExpressionDataset open(Path path, Optional<Split> split, LeaveOutList leaveOut) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("expected a dataset, but there is no " + path);
    }
    if (!DatasetLayout.fileName(path).toLowerCase(Locale.ROOT).endsWith(".zip")) {
      return new ExpressionDataset(path, path, imagesOf(path, split), leaveOut, null);
    }
    FileSystem zip = openZip(path);
    try {
      Path root = onlyFolderOf(zip.getPath("/"));
      return new ExpressionDataset(path, root, imagesOf(root, split), leaveOut, zip);
    } catch (RuntimeException e) {
      closeQuietly(zip, e);
      throw e;
    }
  }

  private static List<LabeledImage> imagesOf(Path path, Optional<Split> split) {
    try {
      List<LabeledImage> images = DatasetLayout.of(path).images(path, split);
      if (images.isEmpty()) {
        throw new FerException(
            "%s has no images%s".formatted(path, split.map(s -> " for " + s.label()).orElse("")));
      }
      return images;
    } catch (IOException | UncheckedIOException e) {
      throw new FerException("%s can't be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static FileSystem openZip(Path path) {
    try {
      return FileSystems.newFileSystem(path);
    } catch (IOException e) {
      throw new FerException("%s is not a readable zip: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Many zips hold one folder that holds everything; macOS adds one of its own. */
  private static Path onlyFolderOf(Path root) {
    try (var stream = Files.list(root)) {
      List<Path> entries =
          stream.filter(entry -> !DatasetLayout.fileName(entry).startsWith("__MACOSX")).toList();
      boolean wrapped =
          entries.size() == 1
              && Files.isDirectory(entries.get(0))
              && DatasetLayout.find(root).isEmpty();
      return wrapped ? entries.get(0) : root;
    } catch (IOException e) {
      throw new FerException("%s can't be read: %s".formatted(root, e.getMessage()), e);
    }
  }

  private static void closeQuietly(FileSystem zip, RuntimeException cause) {
    try {
      zip.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Returns where the dataset was opened, for messages. */
  public String name() {
    return name;
  }

  /**
   * Returns the last part of the name, which the names of its images begin with, for example
   * "ferplus.zip".
   */
  public String title() {
    return title;
  }

  /** Returns all images in a stable order, without those that are left out; immutable. */
  public List<LabeledImage> images() {
    return images;
  }

  /** Returns how many images a list left out. */
  public int leftOut() {
    return leftOut;
  }

  /**
   * Returns what an image is called wherever the dataset lies, for example {@code
   * ferplus.zip/FER2013Train/fer0000007.png} or {@code fer2013.csv, line 9}: a {@link LeaveOutList}
   * names images so.
   *
   * @param image one of this dataset
   */
  public String nameOf(LabeledImage image) {
    String below = image.id().substring(root.length()).replace('\\', '/');
    boolean isRow = below.startsWith(",");
    return title + (isRow || below.startsWith("/") ? below : "/" + below);
  }

  /** Closes the zip, if the dataset is in one; the images can't be read any more. */
  @Override
  public void close() {
    if (zip != null) {
      try {
        zip.close();
      } catch (IOException e) {
        throw new FerException("%s can't be closed: %s".formatted(name, e.getMessage()), e);
      }
    }
  }
}
