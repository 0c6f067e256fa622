package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryChartTest {

  private static final int ONE_FACE = 0xff00798c;
  private static final int EIGHT_FACES = 0xffd1495b;

  private final Path folder;

  HistoryChartTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private BufferedImage drawn(List<HistoryEntry> entries) throws IOException {
    Path file = folder.resolve("chart.png");
    HistoryChart.draw(entries, file);
    return ImageIO.read(file.toFile());
  }

  private static long count(BufferedImage image, int color) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return Arrays.stream(pixels).filter(pixel -> pixel == color).count();
  }

  @Test
  void linesOfSeveralEntries() throws IOException {
    BufferedImage image =
        drawn(
            List.of(
                Entries.entry("2026-11-23T10:00:00Z", "aaaaaaa", "CPU", 1.28, 1.22),
                Entries.entry("2026-11-24T10:00:00Z", "bbbbbbb", "CPU", 1.15, 1.12)));
    assertEquals(900, image.getWidth());
    // Much more than a mark in the legend.
    assertTrue(count(image, ONE_FACE) > 400, () -> "pixels: " + count(image, ONE_FACE));
    assertTrue(count(image, EIGHT_FACES) > 400, () -> "pixels: " + count(image, EIGHT_FACES));
  }

  @Test
  void oneEntryIsAPoint() throws IOException {
    BufferedImage image =
        drawn(List.of(Entries.entry("2026-11-23T10:00:00Z", "aaaaaaa", "CPU", 1.28, 1.22)));
    assertTrue(count(image, ONE_FACE) > 60, () -> "pixels: " + count(image, ONE_FACE));
  }

  @Test
  void nothingToDraw() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HistoryChart.draw(List.of(), folder.resolve("chart.png")));
  }
}
