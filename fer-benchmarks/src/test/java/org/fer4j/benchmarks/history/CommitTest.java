package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

  private final Path folder;

  CommitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void cleanAndDirty() throws IOException {
    assumeTrue(Command.output(folder, "git", "init", "-q").isPresent(), "There is no git.");
    Files.writeString(folder.resolve("a.txt"), "a");
    git("add", "a.txt");
    git("commit", "-q", "-m", "Add a");
    Commit clean = Commit.of(folder);
    assertTrue(clean.hash().matches("[0-9a-f]{10}"), clean.hash());
    assertEquals(new Commit(clean.hash(), false), clean);

    Path entry = folder.resolve(HistoryFolder.PLACE).resolve("2026-11-24-aaaaaaa.json");
    Files.createDirectories(entry.getParent());
    Files.writeString(entry, "{}");
    assertEquals(clean, Commit.of(folder), "entries of the history don't count");

    Files.writeString(folder.resolve("a.txt"), "b");
    assertEquals(new Commit(clean.hash(), true), Commit.of(folder));
  }

  private void git(String... arguments) {
    String[] command = {"git", "-c", "user.name=a", "-c", "user.email=a@example.org"};
    String[] all = Stream.of(command, arguments).flatMap(Arrays::stream).toArray(String[]::new);
    assertTrue(Command.output(folder, all).isPresent(), () -> String.join(" ", all));
  }

  @Test
  void withoutGit() {
    assertEquals(new Commit("unknown", false), Commit.of(folder));
  }
}
