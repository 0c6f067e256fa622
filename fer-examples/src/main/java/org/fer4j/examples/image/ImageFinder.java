package org.fer4j.examples.image;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the paths of a command line into image files, always in the same order: the paths as they
 * were written, a folder's files by name.
 *
 * <p>In folders, files that are named like images count, whatever is hidden (a name that begins
 * with a dot) does not; links are followed once. A file that is named itself is always taken.
 *
 * <p>Confined to one thread.
 */
public final class ImageFinder {

  /** By the names along the way, so that the order does not depend on the separator. */
  private static final Comparator<ImageFile> BY_NAMES =
      Comparator.comparing(
          ImageFile::relative,
          (left, right) -> {
            int shared = Math.min(left.getNameCount(), right.getNameCount());
            for (int i = 0; i < shared; i++) {
              int order = left.getName(i).toString().compareTo(right.getName(i).toString());
              if (order != 0) {
                return order;
              }
            }
            return Integer.compare(left.getNameCount(), right.getNameCount());
          });

  private final Optional<Path> excluded;

  /**
   * Creates a finder.
   *
   * @param excluded a folder that is left out wherever it turns up, because pictures are written to
   *     it
   */
  public ImageFinder(Optional<Path> excluded) {
    this.excluded = excluded;
  }

  /** Returns all files; paths where there is nothing to analyse are among them with the reason. */
  public List<ImageFile> find(List<Path> paths) {
    List<ImageFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(inFolder(path));
      } else {
        Path name = path.getFileName();
        files.add(new ImageFile(path, name == null ? path : name, Optional.empty()));
      }
    }
    return files;
  }

  private List<ImageFile> inFolder(Path folder) {
    List<ImageFile> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Collector(folder, files));
    } catch (IOException e) {
      files.add(problem(folder, folder, "can't be read: " + e.getMessage()));
    }
    if (files.isEmpty()) {
      files.add(
          problem(
              folder,
              folder,
              "is a folder without images, expected files in %s.".formatted(ImageFormat.NAMES)));
    }
    files.sort(BY_NAMES);
    return files;
  }

  private static ImageFile problem(Path folder, Path path, String problem) {
    return new ImageFile(path, folder.relativize(path), Optional.of(problem));
  }

  private boolean isExcluded(Path folder) throws IOException {
    return excluded.isPresent()
        && Files.exists(excluded.get())
        && Files.isSameFile(folder, excluded.get());
  }

  private static boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }

  private final class Collector extends SimpleFileVisitor<Path> {

    private static final Set<Class<? extends IOException>> LOOPS =
        Set.of(FileSystemLoopException.class);

    private final Path root;
    private final List<ImageFile> files;

    Collector(Path root, List<ImageFile> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      boolean skipped = !folder.equals(root) && (isHidden(folder) || isExcluded(folder));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isHidden(file) && ImageFormat.isNamedLikeImage(file)) {
        files.add(new ImageFile(file, root.relativize(file), Optional.empty()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) {
      if (!LOOPS.contains(failure.getClass()) && !isHidden(path)) {
        boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        files.add(
            problem(
                root,
                path,
                folder
                    ? "is a folder that may not be read by this user: change its permissions."
                    : "can't be read: " + failure));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
