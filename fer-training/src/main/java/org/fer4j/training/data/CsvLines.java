package org.fer4j.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.FerException;

/**
 * The lines of a CSV file one by one, with failures that name the file and the line. Quotes may
 * enclose a column; no column of the files read here has quotes or line ends inside.
 */
final class CsvLines {

  private final Path file;
  private final BufferedReader reader;
  private int number;
  private List<String> columns = List.of();

  CsvLines(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** Goes to the next line that is not blank; false at the end. */
  boolean next() throws IOException {
    String line;
    do {
      line = reader.readLine();
      number++;
    } while (line != null && line.isBlank());
    columns = line == null ? List.of() : split(line);
    return line != null;
  }

  /** Returns the number of the current line, from 1. */
  int number() {
    return number;
  }

  String column(int index) {
    return columns.get(index);
  }

  List<String> columns() {
    return columns;
  }

  void requireColumns(int expected) {
    if (columns.size() != expected) {
      throw failure("expected %d columns, found %d".formatted(expected, columns.size()));
    }
  }

  int integer(int index) {
    try {
      return Integer.parseInt(column(index).strip());
    } catch (NumberFormatException e) {
      throw failure(
          "expected a whole number in column %d, found '%s'".formatted(index + 1, column(index)));
    }
  }

  /** Reads ten counts from this column on. */
  Votes votes(int first) {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < Votes.COLUMNS; i++) {
      counts.add(integer(first + i));
    }
    try {
      return Votes.of(counts);
    } catch (IllegalArgumentException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  FerException failure(String what) {
    return new FerException("%s, line %d: %s".formatted(file, number, what));
  }

  private static List<String> split(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns;
  }
}
