package org.fer4j.examples.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fer4j.Emotion;
import org.fer4j.FerException;
import org.fer4j.examples.drawing.Thumbnail;
import org.fer4j.examples.html.HtmlPage;
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

  private final HtmlPage page;
  private final DatasetReport report;
  private final DatasetCheck check;

  private DatasetPage(DatasetReport report) {
    this.report = report;
    this.check = report.check();
    this.page = new HtmlPage(String.format(Locale.ROOT, "%,d images", check.images()));
  }

  /**
   * Writes the page.
   *
   * @param report of datasets that are still open
   * @throws FerException if the file can't be written
   */
  public static void write(Path file, DatasetReport report) {
    DatasetPage page = new DatasetPage(report);
    page.fill();
    try {
      Files.writeString(file, page.page.toHtml());
    } catch (IOException e) {
      throw new FerException("%s can't be written: %s".formatted(file, e), e);
    }
  }

  private void fill() {
    page.table(report.counts());
    page.heading("Labels").table(DatasetReport.labels(check));
    check.balances().forEach(this::addChart);
    for (FindingKind kind : FindingKind.values()) {
      addFindings(kind, check.findings(kind));
    }
  }

  private void addChart(Part part, ClassBalance balance) {
    page.figure(BalanceChart.toSvg(balance), part.label());
  }

  private void addFindings(FindingKind kind, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    page.heading(String.format(Locale.ROOT, "%s: %,d", kind.label(), findings.size()));
    page.paragraph(
        kind.description()
            + (findings.size() > MOST_SHOWN ? "; the first %d".formatted(MOST_SHOWN) : ""));
    findings.stream().limit(MOST_SHOWN).forEach(this::addFinding);
  }

  private void addFinding(Finding finding) {
    StringBuilder pictures = new StringBuilder();
    addImage(finding.image(), pictures);
    finding.other().ifPresent(other -> addImage(other, pictures));
    page.thumbnails(
        pictures.toString(),
        "%s (%s) %s"
            .formatted(
                finding.image().name(),
                finding.image().entry().label().map(Emotion::label).orElse("no certain label"),
                finding.reason()));
  }

  private static void addImage(InspectedImage image, StringBuilder pictures) {
    Thumbnail.dataUri(image.entry())
        .ifPresent(
            uri ->
                pictures.append(
                    "<img src=\"%s\" alt=\"%s\">".formatted(uri, HtmlPage.escape(image.name()))));
  }
}
