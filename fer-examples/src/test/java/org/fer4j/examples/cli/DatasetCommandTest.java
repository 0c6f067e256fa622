package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.examples.CommandLineRun;
import org.fer4j.examples.Pictures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake backend finds no face in the dark. */
class DatasetCommandTest {

  private Path folder;

  /** A leak that is also a conflict, a dark image that is nearly blank, and a broken one. */
  @BeforeEach
  void writeDataset(@TempDir Path parent) throws IOException {
    folder = parent.resolve("data");
    put("train/happy/a.png", Pictures.encode(Pictures.withFace(), "png"));
    put("valid/sad/b.png", Pictures.encode(Pictures.withFace(), "png"));
    put("train/happy/<i>.png", new byte[] {1, 2, 3});
    put("train/sad/dark.png", Pictures.encode(dark(), "png"));
  }

  private void put(String name, byte[] bytes) throws IOException {
    Pictures.write(folder.resolve(name), bytes);
  }

  private static BufferedImage dark() {
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 48 * 48; i++) {
      image.getRaster().setSample(i % 48, i / 48, 0, i % 7 * 10);
    }
    return image;
  }

  private static CommandLineRun check(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("dataset", "--backend", "fake"));
    all.addAll(List.of(arguments));
    return CommandLineRun.of(all.toArray());
  }

  private static int count(JsonNode report, String kind) {
    return report.get("counts").get(kind).asInt();
  }

  @Test
  void printsWhatItFinds() throws IOException {
    CommandLineRun run = check(folder, "--json");
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertEquals(4, report.get("images").asInt());
    assertEquals(1, count(report, "corrupt"));
    assertEquals(0, count(report, "blank"));
    assertEquals(0, count(report, "exact-duplicate"));
    assertEquals(1, count(report, "leak"));
    assertEquals(2, count(report, "conflict"));
    assertEquals(1, count(report, "no-face"));
    assertEquals(3, report.get("left_out").asInt());
    assertEquals("train", report.get("parts").get(0).get("split").asText());
    assertEquals(2, report.get("parts").get(0).get("labels").get("happiness").asInt());
    assertEquals("data/train/happy/<i>.png", report.get("findings").get(0).get("image").asText());
    assertEquals("data/valid/sad/b.png", report.get("findings").get(1).get("other").asText());
  }

  @Test
  void printsTables() {
    CommandLineRun run = check(folder, "--detector", "none");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.lines().get(0).endsWith("data: 4 images, detector none"), run.out());
    assertTrue(run.out().contains("3 images are better left out"), run.out());
    String noFace =
        run.lines().stream().filter(line -> line.startsWith("no-face")).findFirst().orElseThrow();
    assertTrue(noFace.matches("no-face +- +- .*"), noFace);
  }

  @Test
  void listsWhatToLeaveOut() throws IOException {
    Path list = folder.resolveSibling("clean.tsv");
    assertEquals(0, check(folder, "--clean", list).status());
    List<String> names = Files.readAllLines(list).stream().map(l -> l.split("\t", 2)[0]).toList();
    assertEquals(
        List.of("data/train/happy/<i>.png", "data/train/happy/a.png", "data/valid/sad/b.png"),
        names);
    assertEquals(0, check(folder, "--clean", list, "--clean-also", "blur,no-face").status());
    assertEquals(4, Files.readAllLines(list).size());
  }

  @Test
  void showsItOnAPageOfItsOwn() throws IOException {
    Path page = folder.resolveSibling("report.html");
    CommandLineRun run = check(folder, "--report", page);
    assertEquals(0, run.status(), run.err());
    String html = Files.readString(page);
    assertTrue(html.contains("data:image/png;base64,"), "thumbnails");
    assertTrue(html.contains("<svg"), "chart");
    assertTrue(html.contains("&lt;i&gt;.png"), "names are text");
    assertFalse(html.contains("<i>.png"), "names are text");
    assertFalse(html.contains("http:") || html.contains("https:"), "loads nothing");
  }

  @Test
  void takesSeveralDatasets() throws IOException {
    Path other = folder.resolveSibling("other");
    Pictures.write(other.resolve("test/happy/c.png"), Pictures.encode(Pictures.withFace(), "png"));
    CommandLineRun run = check(folder, other, "--json", "--detector", "none");
    assertEquals(0, run.status(), run.err());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertEquals(5, report.get("images").asInt());
    assertEquals(2, count(report, "leak"));
  }

  @Test
  void refusesWhatIsNotThere() {
    assertEquals(2, check().status());
    assertEquals(2, check(folder.resolve("none")).status());
    assertEquals(2, check(folder, "--clean-also", "ugly").status());
    assertEquals(2, check(folder, "--detector", "nose").status());
    assertEquals(1, check(folder.resolve("train/happy")).status());
    assertEquals(1, check(folder, "--clean", folder.resolve("none/clean.tsv")).status());
  }

  @Test
  void findsTheDuplicatesOfFerPlus() throws IOException {
    String data = System.getenv("FER4J_FERPLUS");
    assumeTrue(
        data != null && Files.exists(Path.of(data)),
        "Set FER4J_FERPLUS to FER+ (ferplus.zip or its folder) to run this test.");
    CommandLineRun run = CommandLineRun.of("dataset", data, "--detector", "none", "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertEquals(0, count(report, "corrupt"));
    assertTrue(count(report, "exact-duplicate") > 1000, "exact duplicates");
    assertTrue(count(report, "leak") > 500, "leaks");
  }
}
