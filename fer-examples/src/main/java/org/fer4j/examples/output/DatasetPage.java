package org.fer4j.examples.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fer4j.FerException;
import org.fer4j.examples.drawing.Thumbnail;
import org.fer4j.training.quality.ClassBalance;
import org.fer4j.training.quality.DatasetCheck;
import org.fer4j.training.quality.Finding;
import org.fer4j.training.quality.FindingKind;
import org.fer4j.training.quality.InspectedImage;
import org.fer4j.training.quality.Part;

/**
 * A page of HTML that shows what a check of datasets found. It is one file and loads nothing.
 *
 * <p>Confined to one thread.
 */
public final class DatasetPage {

  /** So many of a kind give an idea of it, and keep the page at a few megabytes. */
  private static final int MOST_SHOWN = 60;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>fer dataset</title>
      <style>
      body { font: 15px/1.4 system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; }
      table { border-collapse: collapse; }
      th, td { padding: .2em .8em; text-align: right; border-bottom: 1px solid #ddd; }
      th:first-child, td:first-child, .counts th:last-child, .counts td:last-child { text-align: left; }
      .findings { display: flex; flex-wrap: wrap; gap: 1em; }
      figure { margin: 0; width: 13em; }
      figure img { width: 6em; height: 6em; object-fit: contain; background: #eee; image-rendering: pixelated; }
      figcaption { font-size: 12px; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      """;

  private final PrintWriter out;
  private final DatasetCheck check;

  private DatasetPage(PrintWriter out, DatasetCheck check) {
    this.out = out;
    this.check = check;
  }

  /**
   * Writes the page.
   *
   * @param check of datasets that are still open
   * @throws FerException if the file can't be written
   */
  public static void write(Path file, DatasetCheck check) {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      new DatasetPage(out, check).print();
      if (out.checkError()) {
        throw new FerException("%s can't be written in full".formatted(file));
      }
    } catch (IOException e) {
      throw new FerException("%s can't be written: %s".formatted(file, e), e);
    }
  }

  private void print() {
    out.print(HEAD);
    out.printf(Locale.ROOT, "<h1>%,d images</h1>%n", check.images());
    printTable("counts", DatasetReport.counts(check));
    out.println("<h2>Labels</h2>");
    printTable("labels", DatasetReport.labels(check));
    check.balances().forEach(this::printChart);
    for (FindingKind kind : FindingKind.values()) {
      printFindings(kind, check.findings(kind));
    }
    out.println("</body>\n</html>");
  }

  private void printTable(String style, List<List<String>> rows) {
    out.printf("<table class=\"%s\">%n", style);
    String cell = "th";
    for (List<String> row : rows) {
      out.print("<tr>");
      for (String text : row) {
        out.printf("<%1$s>%2$s</%1$s>", cell, Html.text(text));
      }
      out.println("</tr>");
      cell = "td";
    }
    out.println("</table>");
  }

  private void printChart(Part part, ClassBalance balance) {
    out.printf("<h3>%s</h3>%n", Html.text(part.label()));
    BalanceChart.print(balance, out);
  }

  private void printFindings(FindingKind kind, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "<h2 id=\"%1$s\">%1$s: %2$,d</h2>%n<p>%3$s%4$s</p>%n<div class=\"findings\">%n",
        kind.label(),
        findings.size(),
        kind.description(),
        findings.size() > MOST_SHOWN ? "; the first %d".formatted(MOST_SHOWN) : "");
    findings.stream().limit(MOST_SHOWN).forEach(this::printFinding);
    out.println("</div>");
  }

  private void printFinding(Finding finding) {
    out.print("<figure>");
    printImage(finding.image());
    finding.other().ifPresent(this::printImage);
    out.printf(
        "<figcaption><b>%s</b> (%s) %s</figcaption></figure>%n",
        Html.text(finding.image().name()),
        finding.image().entry().label().map(label -> label.label()).orElse("no certain label"),
        Html.text(finding.reason()));
  }

  private void printImage(InspectedImage image) {
    Thumbnail.dataUri(image.entry())
        .ifPresent(uri -> out.printf("<img src=\"%s\" alt=\"%s\">", uri, Html.text(image.name())));
  }
}
