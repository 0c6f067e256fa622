package org.fer4j.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Images that are not to be used, and why. The file has a line for each: what {@link
 * ExpressionDataset#nameOf} calls the image, a tab, and the reason; a line without a tab is a name.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param reasons by the images' names, in the order of the file
 */
public record LeaveOutList(Map<String, String> reasons) {

  private static final LeaveOutList NONE = new LeaveOutList(Map.of());

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a name holds a tab or a line break
   */
  public LeaveOutList {
    for (String name : reasons.keySet()) {
      if (name.matches("(?s).*[\\t\\r\\n].*")) {
        throw new IllegalArgumentException(
            "expected names without tabs and line breaks, found '%s': rename the file"
                .formatted(name));
      }
    }
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /** Returns the list that leaves out nothing. */
  public static LeaveOutList none() {
    return NONE;
  }

  /**
   * Reads a list.
   *
   * @throws FerException if the file can't be read
   */
  public static LeaveOutList read(Path file) {
    Map<String, String> reasons = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          String[] columns = line.split("\t", 2);
          reasons.put(columns[0], columns.length > 1 ? columns[1] : "");
        }
      }
    } catch (IOException e) {
      throw new FerException("%s can't be read: %s".formatted(file, e), e);
    }
    return new LeaveOutList(reasons);
  }

  /**
   * Writes the list.
   *
   * @throws FerException if the file can't be written
   */
  public void write(Path file) {
    StringBuilder lines = new StringBuilder();
    reasons.forEach(
        (name, reason) ->
            lines.append(name).append('\t').append(reason.replaceAll("\\s+", " ")).append('\n'));
    try {
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new FerException("%s can't be written: %s".formatted(file, e), e);
    }
  }

  /** Tells whether an image is to be left out. */
  public boolean contains(String name) {
    return reasons.containsKey(name);
  }
}
