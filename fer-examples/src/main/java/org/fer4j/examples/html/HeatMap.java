package org.fer4j.examples.html;

import java.util.List;
import java.util.Locale;

/**
 * A table whose cells are coloured the more strongly, the larger their share is.
 *
 * <p>Confined to one thread.
 */
public final class HeatMap {

  /** From here on, white text is better to read than black. */
  private static final double STRONG = 0.5;

  private final StringBuilder rows = new StringBuilder();

  /**
   * One field.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param text what is written in it
   * @param share how strongly it is coloured, from 0 to 1
   */
  public record Cell(String text, double share) {}

  /** Begins a table with the names of its columns. */
  public HeatMap(List<String> columns) {
    rows.append("<tr><th></th>");
    columns.forEach(name -> rows.append("<th>%s</th>".formatted(HtmlPage.escape(name))));
    rows.append("</tr>\n");
  }

  /** Adds a row. */
  public HeatMap row(String name, List<Cell> cells) {
    rows.append("<tr><th>").append(HtmlPage.escape(name)).append("</th>");
    for (Cell cell : cells) {
      rows.append(
          String.format(
              Locale.ROOT,
              "<td%s style=\"--share: %.3f\">%s</td>",
              cell.share() > STRONG ? " class=\"strong\"" : "",
              cell.share(),
              HtmlPage.escape(cell.text())));
    }
    rows.append("</tr>\n");
    return this;
  }

  /** Returns the table. */
  public String toHtml() {
    return "<table class=\"heat\">\n" + rows + "</table>";
  }
}
