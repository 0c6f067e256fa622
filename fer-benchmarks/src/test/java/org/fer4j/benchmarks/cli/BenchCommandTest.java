package org.fer4j.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.benchmarks.history.Entries;
import org.fer4j.benchmarks.history.HistoryFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All but measuring, which takes minutes. */
class BenchCommandTest {

  private final Path repository;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  BenchCommandTest(@TempDir Path repository) {
    this.repository = repository;
  }

  private int run(String line) {
    return BenchCommand.run(repository, out, err, line.split(" "));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "ratio --help", "table --help", "chart --help"})
  void help(String line) {
    assertEquals(0, run(line), this::err);
    assertTrue(out().startsWith("Usage: bench"), this::out);
    assertEquals("", err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--fast",
        "ratios",
        "ratio 5",
        "--quick --compare",
        "--compare ratio",
        "--quick table"
      })
  void wrongUsage(String line) {
    assertEquals(2, run(line));
    assertEquals("", out());
    assertTrue(err().startsWith("bench: "), this::err);
    assertTrue(err().contains("./bench --help"), this::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--compare", "table", "chart"})
  void nothingKept(String line) {
    assertEquals(1, run(line));
    assertEquals("", out());
    assertTrue(err().contains("no entry was kept yet. './bench' makes one."), this::err);
  }

  @Test
  void table() {
    keep();
    assertEquals(0, run("table"), this::err);
    assertEquals(5, out().lines().count());
    assertTrue(out().startsWith("| a frame of 640 x 480 with one face"), this::out);
  }

  @Test
  void chart() throws IOException {
    keep();
    assertEquals(0, run("chart"), this::err);
    assertTrue(Files.size(new HistoryFolder(repository).chart()) > 1000);
  }

  private void keep() {
    new HistoryFolder(repository)
        .keep(Entries.entry("2026-11-24T10:00:00Z", "aaaaaaa", "CPU", 1.28, 1.2));
  }
}
