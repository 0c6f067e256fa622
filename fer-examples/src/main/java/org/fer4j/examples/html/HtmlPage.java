package org.fer4j.examples.html;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One HTML file that needs nothing else and loads nothing, in light or dark as the reader's system
 * is; printed, it is always light. Parts follow each other in the order in which they are added.
 *
 * <p>Confined to one thread.
 */
public final class HtmlPage {

  /** The policy forbids the browser to load anything, whatever the page says. */
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>%s</title>
      <style>
      :root {
        color-scheme: light;
        --paper: #fff; --ink: #1b1f24; --muted: #57606a; --rule: #d0d7de; --heat: 9, 105, 218;
        --s0: #0b6bcb; --s1: #d9730d; --s2: #1a7f4b; --s3: #b83280; --s4: #6e5bd0;
      }
      @media screen and (prefers-color-scheme: dark) {
        :root {
          color-scheme: dark;
          --paper: #0f1419; --ink: #e6e9ec; --muted: #9aa5b1; --rule: #343c46; --heat: 56, 139, 253;
          --s0: #58a6ff; --s1: #f0a04b; --s2: #56d08f; --s3: #f28cc1; --s4: #b3a4ff;
        }
      }
      * { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      body {
        background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
        margin: 0 auto; max-width: 52rem; padding: 1.5rem;
      }
      h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
      h2 { break-after: avoid; font-size: 1.2rem; margin-top: 2.2rem; }
      p { overflow-wrap: anywhere; }
      figure { break-inside: avoid; margin: 1rem 0; }
      figcaption { color: var(--muted); font-size: 0.85rem; }
      .thumbnails { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top; width: 13rem; }
      .thumbnails img { height: 6rem; image-rendering: pixelated; object-fit: contain; width: 6rem; }
      .thumbnails figcaption { overflow-wrap: anywhere; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
      tr { break-inside: avoid; }
      th, td { border-bottom: 1px solid var(--rule); padding: 0.25rem 0.6rem; text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      th { font-weight: 600; }
      .wide td { white-space: nowrap; }
      .wide .words { text-align: left; white-space: normal; }
      .properties td { overflow-wrap: anywhere; text-align: left; }
      .properties td:first-child { color: var(--muted); white-space: nowrap; }
      .heat th, .heat td { border: 0; font-size: 0.8rem; padding: 0.4rem; text-align: center; }
      .heat th:first-child { text-align: right; }
      .heat td { background: rgba(var(--heat), var(--share)); min-width: 4.2rem; }
      .heat .strong { color: #fff; }
      svg { display: block; height: auto; max-width: 100%%; }
      svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
      svg .muted { fill: var(--muted); }
      svg .rule { stroke: var(--rule); }
      svg .diagonal { stroke: var(--ink); stroke-dasharray: 4 4; }
      svg .line { fill: none; stroke-width: 2; }
      @media print {
        body { max-width: none; padding: 0; }
        table { break-inside: avoid; }
        .wide { overflow: visible; }
        .heat td { min-width: 0; }
      }
      </style>
      </head>
      <body>
      """;

  private static final Pattern WORD = Pattern.compile("\\p{L}{2}");

  private final StringBuilder html = new StringBuilder();

  /** Begins a page with a title. */
  public HtmlPage(String title) {
    html.append(HEAD.formatted(escape(title)));
    html.append("<h1>").append(escape(title)).append("</h1>\n");
  }

  /** Adds the heading of a section. */
  public HtmlPage heading(String text) {
    html.append("<h2>").append(escape(text)).append("</h2>\n");
    return this;
  }

  /** Adds a paragraph. */
  public HtmlPage paragraph(String text) {
    html.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  /**
   * Adds a table.
   *
   * @param rows the first one is the header
   */
  public HtmlPage table(List<List<String>> rows) {
    List<Boolean> words = wordColumns(rows);
    html.append("<div class=\"wide\"><table>\n<thead>");
    row("th", rows.get(0), words);
    html.append("</thead>\n<tbody>\n");
    rows.subList(1, rows.size()).forEach(row -> row("td", row, words));
    html.append("</tbody></table></div>\n");
    return this;
  }

  /**
   * Adds names and their values.
   *
   * @param rows a name and a value each
   */
  public HtmlPage properties(List<List<String>> rows) {
    html.append("<table class=\"properties\"><tbody>\n");
    rows.forEach(row -> row("td", row, List.of(false, false)));
    html.append("</tbody></table>\n");
    return this;
  }

  /** Figures stand to the right; columns of words stand to the left, and their lines may break. */
  private static List<Boolean> wordColumns(List<List<String>> rows) {
    List<List<String>> body = rows.subList(1, rows.size());
    return IntStream.range(0, rows.get(0).size())
        .mapToObj(
            column ->
                column > 0 && body.stream().allMatch(row -> WORD.matcher(row.get(column)).find()))
        .toList();
  }

  private void row(String element, List<String> cells, List<Boolean> words) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String style = words.get(i) ? " class=\"words\"" : "";
      html.append("<%1$s%3$s>%2$s</%1$s>".formatted(element, escape(cells.get(i)), style));
    }
    html.append("</tr>\n");
  }

  /**
   * Adds a picture or whatever else is HTML already.
   *
   * @param content put into the page as it is
   * @param caption a sentence below it; empty for none
   */
  public HtmlPage figure(String content, String caption) {
    html.append("<figure><div class=\"wide\">").append(content).append("</div>\n");
    if (!caption.isEmpty()) {
      html.append("<figcaption>").append(escape(caption)).append("</figcaption>");
    }
    html.append("</figure>\n");
    return this;
  }

  /**
   * Adds small pictures side by side with what follows and goes before.
   *
   * @param images elements of HTML
   * @param caption a sentence below them
   */
  public HtmlPage thumbnails(String images, String caption) {
    html.append("<figure class=\"thumbnails\">").append(images);
    html.append("<figcaption>").append(escape(caption)).append("</figcaption></figure>\n");
    return this;
  }

  /** Returns the whole file. */
  public String toHtml() {
    return html + "</body>\n</html>\n";
  }

  /** Returns text in which nothing is taken for HTML, inside of attributes as well. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
