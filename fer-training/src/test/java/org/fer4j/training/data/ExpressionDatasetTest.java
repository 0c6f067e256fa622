package org.fer4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fer4j.Emotion;
import org.fer4j.FerException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionDatasetTest {

  private static final String HAPPY = "0,10,0,0,0,0,0,0,0,0";
  private static final String SAD = "1,0,0,9,0,0,0,0,0,0";
  private static final String SPLIT_VOTES = "5,5,0,0,0,0,0,0,0,0";

  private Path folder;

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    this.folder = folder;
  }

  @Nested
  class FerPlus {

    @Test
    void parentFolderHasItsSplits() {
      writeAll(folder);
      assertLabels(List.of("happiness", "-"), folder, Split.TRAIN);
      assertLabels(List.of("sadness"), folder, Split.VALID);
      assertLabels(List.of("happiness", "sadness", "happiness"), folder, Split.TEST);
      try (ExpressionDataset all = ExpressionDataset.open(folder)) {
        assertEquals(6, all.images().size());
      }
    }

    @Test
    void oneFolderIsItsSplit() {
      writeAll(folder);
      assertLabels(List.of("sadness"), folder.resolve("FER2013Valid"), Split.VALID);
      var e = failure(folder.resolve("FER2013Valid"), Split.TEST);
      assertTrue(
          e.endsWith("holds the split valid, but test was asked for: name the parent folder"));
    }

    @Test
    void folderOfAnotherNameServesEverySplit() {
      DatasetFiles.ferPlus(folder, SAD);
      assertLabels(List.of("sadness"), folder, Split.TRAIN);
    }

    @Test
    void zipOfTheFoldersIsRead() throws IOException {
      writeAll(folder.resolve("in"));
      Path zip = folder.resolve("ferplus.zip");
      DatasetFiles.zip(folder.resolve("in"), zip);
      try (ExpressionDataset dataset = ExpressionDataset.open(zip, Split.VALID)) {
        assertEquals(List.of("sadness"), DatasetFiles.labels(dataset));
        assertEquals(48, dataset.images().get(0).read().getWidth());
      }
    }

    @Test
    void zipOfTheirParentIsRead() {
      writeAll(folder.resolve("in"));
      DatasetFiles.zip(folder.resolve("in"), folder.resolve("a.ZIP"), "ferplus");
      assertLabels(List.of("sadness"), folder.resolve("a.ZIP"), Split.VALID);
    }

    @Test
    void zipOfOneFolderIsRead() {
      writeAll(folder.resolve("in"));
      DatasetFiles.zip(
          folder.resolve("in/FER2013Valid"), folder.resolve("valid.zip"), "FER2013Valid");
      assertLabels(List.of("sadness"), folder.resolve("valid.zip"), Split.VALID);
    }

    @Test
    void votesBecomeADistribution() {
      DatasetFiles.ferPlus(folder, SPLIT_VOTES);
      try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
        LabeledImage image = dataset.images().get(0);
        assertEquals(Optional.empty(), image.label());
        assertEquals(0.5f, image.distribution().orElseThrow().of(Emotion.HAPPINESS));
      }
    }

    @Test
    void missingLabelsAreNamed() {
      DatasetFiles.png(folder.resolve("FER2013Train/a.png"), 48, 48, 1);
      assertEquals(
          folder.resolve("FER2013Train") + " has no label.csv", failure(folder, Split.TRAIN));
    }

    @Test
    void missingSplitIsNamed() {
      DatasetFiles.ferPlus(folder.resolve("FER2013Train"), SAD);
      assertEquals(folder + " has no folder FER2013Test", failure(folder, Split.TEST));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "fer0000000.png,\"(0, 0, 48, 48)\",1,2 | expected 12 columns, found 4",
          "fer0000000.png,\"(0, 0, 48, 48)\",x,0,0,0,0,0,0,0,0,0"
              + " | expected a whole number in column 3, found 'x'",
          "fer0000000.png,\"(0, 0, 48, 48)\",-1,0,0,0,0,0,0,0,0,0"
              + " | expected votes of 0 or more, found -1",
          "fer0000009.png,\"(0, 0, 48, 48)\",10,0,0,0,0,0,0,0,0,0 | there is no image {}",
        })
    void badLineIsNamed(String line, String expected) throws IOException {
      DatasetFiles.ferPlus(folder, SAD);
      Path labels = folder.resolve("label.csv");
      Files.writeString(labels, Files.readString(labels) + "\n" + line + "\n");
      assertEquals(
          "%s, line 3: %s".formatted(labels, expected.replace("{}", folder + "/fer0000009.png")),
          failure(folder, Split.TRAIN));
    }

    @Test
    void corruptImageIsReportedWhenRead() throws IOException {
      DatasetFiles.ferPlus(folder, SAD, HAPPY);
      Path image = folder.resolve("fer0000001.png");
      byte[] bytes = Files.readAllBytes(image);
      Files.write(image, Arrays.copyOf(bytes, bytes.length / 2));
      try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
        var e = assertThrows(IOException.class, dataset.images().get(1)::read);
        assertTrue(
            String.valueOf(e.getMessage()).startsWith(image + " can't be read as an image: "));
      }
    }

    @Test
    void textIsNotAnImage() {
      DatasetFiles.ferPlus(folder, SAD);
      DatasetFiles.text(folder.resolve("fer0000000.png"), "no image");
      try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
        var e = assertThrows(IOException.class, dataset.images().get(0)::read);
        assertTrue(
            String.valueOf(e.getMessage())
                .endsWith("fer0000000.png is not an image of a known format"));
      }
    }

    private void writeAll(Path parent) {
      DatasetFiles.ferPlus(parent.resolve("FER2013Train"), HAPPY, SPLIT_VOTES);
      DatasetFiles.ferPlus(parent.resolve("FER2013Valid"), SAD);
      DatasetFiles.ferPlus(parent.resolve("FER2013Test"), HAPPY, SAD, HAPPY);
    }
  }

  @Nested
  class Fer2013Csv {

    private static final String HEADER = "emotion,pixels,Usage\n";

    @Test
    void numbersAreEmotionsAndUsageIsTheSplit() throws IOException {
      Path file = folder.resolve("fer2013.csv");
      DatasetFiles.text(
          file,
          HEADER
              + DatasetFiles.csvRow(0, 7, "Training")
              + DatasetFiles.csvRow(6, 200, "Training")
              + DatasetFiles.csvRow(3, 9, "PublicTest")
              + DatasetFiles.csvRow(1, 9, "PrivateTest"));
      assertLabels(List.of("anger", "neutral"), file, Split.TRAIN);
      assertLabels(List.of("happiness"), folder, Split.VALID);
      assertLabels(List.of("disgust"), file, Split.TEST);
      try (ExpressionDataset dataset = ExpressionDataset.open(file)) {
        BufferedImage image = dataset.images().get(1).read();
        assertEquals(48, image.getWidth());
        assertEquals(200, image.getRaster().getSample(47, 47, 0));
        assertEquals(file + ", line 3", dataset.images().get(1).id());
      }
    }

    @Test
    void columnsMayComeInAnotherOrder() {
      String[] row = DatasetFiles.csvRow(4, 1, "Training").strip().split(",", -1);
      DatasetFiles.text(
          folder.resolve("icml_face_data.csv"),
          "emotion, Usage, pixels\n" + row[0] + "," + row[2] + "," + row[1] + "\n");
      assertLabels(List.of("sadness"), folder, Split.TRAIN);
    }

    @Test
    void votesBesideItPrevail() {
      DatasetFiles.text(
          folder.resolve("fer2013.csv"),
          HEADER
              + DatasetFiles.csvRow(0, 7, "Training")
              + DatasetFiles.csvRow(0, 8, "Training")
              + DatasetFiles.csvRow(0, 9, "PublicTest"));
      DatasetFiles.text(
          folder.resolve("fer2013new.csv"),
          """
          Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF
          Training,fer0000000.png,0,0,10,0,0,0,0,0,0,0
          Training,,0,0,0,0,0,0,0,0,0,10
          PublicTest,fer0000002.png,0,0,0,0,0,0,8,0,2,0
          """);
      assertLabels(List.of("surprise"), folder, Split.TRAIN);
      assertLabels(List.of("fear"), folder, Split.VALID);
    }

    @Test
    void votesMustFitLineByLine() {
      DatasetFiles.text(
          folder.resolve("fer2013.csv"), HEADER + DatasetFiles.csvRow(0, 7, "Training"));
      Path votes = folder.resolve("fer2013new.csv");
      DatasetFiles.text(votes, "header\nPublicTest,a.png,0,0,10,0,0,0,0,0,0,0\n");
      assertEquals(
          "%s, line 2: expected the usage Training as in line 2 of %s, found PublicTest"
              .formatted(votes, folder.resolve("fer2013.csv")),
          failure(folder, Split.TRAIN));
      DatasetFiles.text(votes, "header\n");
      assertTrue(failure(folder, Split.TRAIN).contains("line 2: expected a line for each image"));
      String row = "Training,a.png,0,0,10,0,0,0,0,0,0,0\n";
      DatasetFiles.text(votes, "header\n" + row + row);
      assertTrue(failure(folder, Split.TRAIN).endsWith("has no such line"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "7,1 2 3,Training | expected an emotion from 0 to 6, found 7",
          "x,1 2 3,Training | expected a whole number in column 1, found 'x'",
          "1,1 2 3,Training | expected 2304 grey values, found 3",
          "1,1 256 3,Training | expected grey values from 0 to 255, found 256",
          "1,1 -2 3,Training | expected grey values and blanks, found '-'",
          "1,1 2 3 | expected 3 columns, found 2",
        })
    void badLineIsNamed(String line, String expected) {
      Path file = folder.resolve("fer2013.csv");
      DatasetFiles.text(file, HEADER + DatasetFiles.csvRow(1, 1, "Training") + line + "\n");
      assertEquals("%s, line 3: %s".formatted(file, expected), failure(file, Split.TRAIN));
    }

    @Test
    void unknownColumnsAreRefused() {
      Path file = folder.resolve("other.csv");
      DatasetFiles.text(file, "a,b\n1,2\n");
      assertEquals(
          file + ", line 1: expected the columns emotion, pixels and Usage, found [a, b]",
          failure(file, Split.TRAIN));
    }

    @Test
    void votesAloneAreNotADataset() {
      Path file = folder.resolve("fer2013new.csv");
      DatasetFiles.text(file, "Usage,Image name\n");
      assertTrue(failure(file, Split.TRAIN).contains("has votes but no pixels"));
    }
  }

  @Nested
  class ClassFolders {

    @Test
    void usualNamesAreUnderstood() {
      List<String> names =
          List.of(
              "neutral",
              "Happy",
              "3_surprise",
              "SADNESS",
              "angry",
              "disgusted",
              "afraid",
              "contempt");
      for (String name : names) {
        DatasetFiles.png(folder.resolve(name).resolve("a.png"), 30, 20, 1);
      }
      try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
        assertEquals(
            Set.of(
                "neutral",
                "happiness",
                "surprise",
                "sadness",
                "anger",
                "disgust",
                "fear",
                "contempt"),
            new HashSet<>(DatasetFiles.labels(dataset)));
        assertEquals(8, dataset.images().size());
      }
    }

    @Test
    void splitsWithoutFoldersAreDisjointAndWhole() {
      for (int i = 0; i < 200; i++) {
        DatasetFiles.png(folder.resolve("joy/%d.png".formatted(i)), 8, 8, i);
      }
      Set<String> ids = new HashSet<>();
      for (Split split : Split.values()) {
        try (ExpressionDataset dataset = ExpressionDataset.open(folder, split)) {
          assertTrue(dataset.images().size() >= 8, split.label());
          dataset.images().forEach(image -> assertTrue(ids.add(image.id())));
        }
      }
      assertEquals(200, ids.size());
    }

    @Test
    void splitFoldersAreUsed() {
      DatasetFiles.png(folder.resolve("train/happy/a.png"), 8, 8, 1);
      DatasetFiles.png(folder.resolve("validation/sad/a.png"), 8, 8, 1);
      DatasetFiles.png(folder.resolve("test/fear/deep/a.png"), 8, 8, 1);
      assertLabels(List.of("happiness"), folder, Split.TRAIN);
      assertLabels(List.of("sadness"), folder, Split.VALID);
      assertLabels(List.of("fear"), folder, Split.TEST);
    }

    @Test
    void validationIsTakenFromTrainingIfItHasNoFolder() {
      for (int i = 0; i < 100; i++) {
        DatasetFiles.png(folder.resolve("train/happy/%d.png".formatted(i)), 8, 8, i);
      }
      DatasetFiles.png(folder.resolve("test/sad/a.png"), 8, 8, 1);
      try (ExpressionDataset train = ExpressionDataset.open(folder, Split.TRAIN);
          ExpressionDataset valid = ExpressionDataset.open(folder, Split.VALID)) {
        assertEquals(100, train.images().size() + valid.images().size());
        assertTrue(valid.images().size() >= 3);
      }
      assertLabels(List.of("sadness"), folder, Split.TEST);
    }

    @Test
    void testIsNeverTakenFromTraining() {
      DatasetFiles.png(folder.resolve("train/happy/a.png"), 8, 8, 1);
      assertEquals(folder + " has no folder for the split test", failure(folder, Split.TEST));
    }

    @Test
    void unknownNameIsNamedRatherThanLeftOut() {
      DatasetFiles.png(folder.resolve("happy/a.png"), 8, 8, 1);
      DatasetFiles.png(folder.resolve("hapiness/a.png"), 8, 8, 1);
      String message = failure(folder, Split.TRAIN);
      assertTrue(
          message.startsWith(folder.resolve("hapiness") + " is not named after an expression"));
    }

    @Test
    void zipIsRead() throws IOException {
      DatasetFiles.png(folder.resolve("in/happy/a.png"), 31, 20, 1);
      Path zip = folder.resolve("a.zip");
      DatasetFiles.zip(folder.resolve("in"), zip, "mine");
      try (ExpressionDataset dataset = ExpressionDataset.open(zip)) {
        assertEquals(List.of("happiness"), DatasetFiles.labels(dataset));
        assertEquals(31, dataset.images().get(0).read().getWidth());
      }
    }
  }

  @Test
  void missingPathIsTheCallersMistake() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ExpressionDataset.open(folder.resolve("none"), Split.TRAIN));
    assertEquals("expected a dataset, but there is no " + folder.resolve("none"), e.getMessage());
  }

  @Test
  void otherFolderIsNotADataset() {
    assertTrue(failure(folder, Split.TRAIN).startsWith(folder + " is not a dataset: expected"));
  }

  @Test
  void otherFileIsNotAZip() {
    Path zip = folder.resolve("a.zip");
    DatasetFiles.text(zip, "no zip");
    assertTrue(failure(zip, Split.TRAIN).startsWith(zip + " is not a readable zip"));
  }

  @Test
  void closingTwiceIsAllowed() {
    DatasetFiles.ferPlus(folder.resolve("in"), SAD);
    DatasetFiles.zip(folder.resolve("in"), folder.resolve("a.zip"));
    ExpressionDataset dataset = ExpressionDataset.open(folder.resolve("a.zip"));
    dataset.close();
    dataset.close();
  }

  private static void assertLabels(List<String> expected, Path path, Split split) {
    try (ExpressionDataset dataset = ExpressionDataset.open(path, split)) {
      assertEquals(expected, DatasetFiles.labels(dataset));
    }
  }

  private static String failure(Path path, Split split) {
    return String.valueOf(
        assertThrows(FerException.class, () -> ExpressionDataset.open(path, split).close())
            .getMessage());
  }
}
