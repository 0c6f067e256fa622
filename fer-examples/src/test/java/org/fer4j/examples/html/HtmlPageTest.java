package org.fer4j.examples.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

  private static final String STRANGE = "<b onclick=\"x\">'&amp;'</b>";
  private static final String ESCAPED =
      "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/b&gt;";

  @Test
  void nothingIsTakenForHtml() {
    assertEquals(ESCAPED, HtmlPage.escape(STRANGE));
    String html =
        new HtmlPage(STRANGE)
            .heading(STRANGE)
            .paragraph(STRANGE)
            .table(List.of(List.of(STRANGE), List.of(STRANGE)))
            .properties(List.of(List.of(STRANGE, STRANGE)))
            .figure("<i>drawn</i>", STRANGE)
            .toHtml();
    assertEquals(9, html.split(ESCAPED, -1).length - 1);
    assertFalse(html.contains("<b "), html);
    assertTrue(html.contains("<i>drawn</i>"), html);
  }

  @Test
  void plotsEscapeNamesAsWell() {
    String bars = new BarPlot(STRANGE, List.of(STRANGE)).series(STRANGE, List.of(0.5)).toSvg();
    String lines =
        new LinePlot(STRANGE, LinePlot.Axis.steps(STRANGE, 1))
            .line(STRANGE, List.of(new LinePlot.Point(0, 0)), true)
            .bar(0, 1, 1, STRANGE)
            .toSvg();
    String map =
        new HeatMap(List.of(STRANGE)).row(STRANGE, List.of(new HeatMap.Cell(STRANGE, 1))).toHtml();
    for (String drawn : List.of(bars, lines, map)) {
      assertTrue(drawn.contains(ESCAPED), drawn);
      assertFalse(drawn.contains("<b "), drawn);
    }
  }

  /** The plot is 226 pixels high, between 30 and 256: a share of 1/2 is 113 high, from 143 down. */
  @Test
  void barsAreAsHighAsTheirShares() {
    String svg = new BarPlot("shares", List.of("a", "b")).series("s", List.of(0.5, 1.0)).toSvg();
    assertTrue(svg.contains("y=\"143.0\""), svg);
    assertTrue(svg.contains("height=\"113.0\""), svg);
    assertTrue(svg.contains("height=\"226.0\""), svg);
    assertTrue(svg.contains("<title>a, s: 50.0 %</title>"), svg);
  }

  /** From 64 to 540 across, and from 332 up to 30. */
  @Test
  void linesGoThroughTheirPoints() {
    String svg =
        new LinePlot("line", LinePlot.Axis.percent("x", 1, 0.5))
            .vertical(LinePlot.Axis.percent("y", 0.5, 0.25))
            .line("", List.of(new LinePlot.Point(0, 0), new LinePlot.Point(0.5, 0.5)), false)
            .toSvg();
    assertTrue(svg.contains("points=\"64.0,332.0 302.0,30.0\""), svg);
    assertTrue(svg.contains(">25 %</text>"), svg);
  }
}
