package org.fer4j.benchmarks.history;

import java.nio.file.Path;

/**
 * The state of the sources.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param hash the commit's, shortened; "unknown" without git
 * @param dirty whether files differ from that commit, those of the history aside
 */
public record Commit(String hash, boolean dirty) {

  /** Asks git about a repository. */
  public static Commit of(Path repository) {
    return Command.output(repository, "git", "rev-parse", "--short=10", "HEAD")
        .map(hash -> new Commit(hash, isDirty(repository)))
        .orElse(new Commit("unknown", false));
  }

  private static boolean isDirty(Path repository) {
    return Command.output(
            repository,
            "git",
            "status",
            "--porcelain",
            "--",
            ".",
            ":(exclude)" + HistoryFolder.PLACE)
        .filter(String::isEmpty)
        .isEmpty();
  }
}
