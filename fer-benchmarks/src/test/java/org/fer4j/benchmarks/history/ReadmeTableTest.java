package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTableTest {

  @Test
  void rows() {
    assertEquals(
        List.of(
            "| a frame of 640 x 480 with one face, live detector, one thread, against the bare runs"
                + " of its networks | **1.28** times as long (3.84 against 3.00 ms; Some CPU, 2"
                + " cores) | `./bench ratio` |",
            "| the same with eight faces | **1.20** times as long (10.80 against 9.00 ms; Some CPU,"
                + " 2 cores) | `./bench ratio` |",
            "| memory that such a frame with one face allocates; runs of networks | 3,210 bytes; 2"
                + " | `./bench ratio` |",
            "| a frame of 1920 x 1080 with one face: median; 99 % are faster than | 5.0 ms; 6.1 ms"
                + " | `./bench` |",
            "| from frame to result, a camera of 30 frames a second beside a busy thread: median;"
                + " 99 %; 99.9 % are faster than | 4.3 ms; 8.8 ms; 12.3 ms; 3 of 1500 frames dropped"
                + " | `./bench` |"),
        ReadmeTable.rows(Entries.entry("2026-11-24T10:00:00Z", "aaaaaaa", "Some CPU", 1.28, 1.2)));
  }
}
