package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {

  private static final HistoryEntry FIRST =
      Entries.entry("2026-11-23T20:00:00Z", "aaaaaaa", "Fast", 1.3, 1.2);
  private static final HistoryEntry SECOND =
      Entries.entry("2026-11-24T10:00:00Z", "bbbbbbb", "Slow", 1.2, 1.1);
  private static final HistoryEntry THIRD =
      Entries.entry("2026-11-24T11:00:00Z", "ccccccc", "Fast", 1.1, 1.1);

  private final Path repository;
  private final HistoryFolder history;

  HistoryFolderTest(@TempDir Path repository) {
    this.repository = repository;
    this.history = new HistoryFolder(repository);
  }

  @Test
  void keptAsItIs() throws IOException {
    Path file = history.keep(FIRST);
    assertEquals(repository.resolve("fer-benchmarks/history/2026-11-23-aaaaaaa.json"), file);
    assertEquals(List.of(FIRST), history.entries());
    String json = Files.readString(file);
    for (String part :
        List.of(
            "\"version\" : \"1.2.3\"",
            "\"hash\" : \"aaaaaaa\"",
            "\"dirty\" : false",
            "\"cpu\" : \"Fast\"",
            "\"cores\" : 2",
            "\"error\" : 12.5",
            "\"p99.9\" : 9000.0",
            "\"p999_us\" : 12345.6",
            "\"bytes_per_op\" : 3200.0",
            "\"ratio\" : 1.5")) {
      assertTrue(json.contains(part), () -> part + " in " + json);
    }
    assertFalse(json.contains("null"), json);
  }

  @Test
  void sortedByTime() {
    history.keep(THIRD);
    history.keep(FIRST);
    history.keep(SECOND);
    assertEquals(List.of(FIRST, SECOND, THIRD), history.entries());
    assertEquals(Optional.of(THIRD), history.latest());
  }

  @Test
  void latestOfProcessor() {
    history.keep(FIRST);
    history.keep(SECOND);
    assertEquals(Optional.of(FIRST), history.latestFor("Fast"));
    assertEquals(Optional.of(SECOND), history.latestFor("Slow"));
    assertEquals(Optional.of(SECOND), history.latestFor("Another"));
  }

  @Test
  void replacedOnTheSameDayAtTheSameCommit() {
    history.keep(SECOND);
    HistoryEntry again = Entries.entry("2026-11-24T12:00:00Z", "bbbbbbb", "Slow", 1.15, 1.1);
    history.keep(again);
    assertEquals(List.of(again), history.entries());
  }

  @Test
  void nothingKept() {
    assertEquals(List.of(), history.entries());
    assertEquals(Optional.empty(), history.latest());
    assertEquals(Optional.empty(), history.latestFor("Fast"));
  }

  @Test
  void laterFieldsAreNoError() throws IOException {
    Path file = history.keep(FIRST);
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"later\": {\"a\": 1},"));
    assertEquals(List.of(FIRST), history.entries());
  }

  @Test
  void damagedEntryIsNamed() throws IOException {
    Path file = history.keep(FIRST);
    Files.writeString(file, "{\"version\": ");
    String message = assertThrows(FerException.class, history::entries).getMessage();
    assertTrue(String.valueOf(message).contains(file.toString()), message);
  }
}
