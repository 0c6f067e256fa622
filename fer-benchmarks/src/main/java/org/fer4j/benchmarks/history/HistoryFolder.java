package org.fer4j.benchmarks.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fer4j.FerException;

/**
 * The entries that were kept, one file each: {@code DATE-COMMIT.json}.
 *
 * <p>Safe for use by many threads; entries of one day and commit replace one another.
 */
public final class HistoryFolder {

  /** Where it lies in the repository. */
  static final String PLACE = "fer-benchmarks/history";

  private static final String SUFFIX = ".json";

  private final Path folder;

  /** Names the history of a repository; the folder is made when something is kept. */
  public HistoryFolder(Path repository) {
    this.folder = repository.resolve(PLACE);
  }

  /** Returns where the chart lies. */
  public Path chart() {
    return folder.resolve("history.png");
  }

  /**
   * Keeps an entry.
   *
   * @return its file
   * @throws FerException if it can't be written
   */
  public Path keep(HistoryEntry entry) {
    Path file = folder.resolve(entry.date() + "-" + entry.commit().hash() + SUFFIX);
    try {
      Files.createDirectories(folder);
      String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entry);
      Files.writeString(file, json + "\n", StandardCharsets.UTF_8);
      return file;
    } catch (IOException e) {
      throw new FerException("'%s' can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Returns all entries, the oldest first.
   *
   * @throws FerException if one can't be read
   */
  public List<HistoryEntry> entries() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(HistoryFolder::read)
          .sorted(Comparator.comparing(HistoryEntry::time))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new FerException("'%s' can't be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static HistoryEntry read(Path file) {
    try {
      return Json.MAPPER.readValue(file.toFile(), HistoryEntry.class);
    } catch (IOException e) {
      throw new FerException(
          "'%s' is no entry of the history: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Returns the latest entry, if there is any. */
  public Optional<HistoryEntry> latest() {
    return last(entries());
  }

  /** Returns the latest entry of a processor, else the latest of any, if there is one. */
  public Optional<HistoryEntry> latestFor(String cpu) {
    List<HistoryEntry> all = entries();
    return last(all.stream().filter(entry -> entry.machine().cpu().equals(cpu)).toList())
        .or(() -> last(all));
  }

  private static Optional<HistoryEntry> last(List<HistoryEntry> entries) {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
  }
}
