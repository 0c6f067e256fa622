package org.fer4j.training.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fer4j.BoundingBox;
import org.fer4j.Emotion;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.training.data.DatasetFiles;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.LeaveOutList;
import org.fer4j.training.data.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets in which known faults are planted among 40 pictures without any. */
class DatasetCheckTest {

  private static final int PLAIN = 20;

  private Path folder;

  @BeforeEach
  void writePlainPictures(@TempDir Path parent) {
    folder = parent.resolve("data");
    for (int i = 0; i < PLAIN; i++) {
      put("train/happy/%02d.png".formatted(i), Faces.picture(i));
      put("valid/sad/%02d.png".formatted(i), Faces.picture(100 + i));
    }
  }

  private void put(String name, BufferedImage image) {
    Faces.write(image, folder.resolve(name));
  }

  private static DatasetCheck check(Optional<FaceDetector> detector, Path... paths) {
    List<InspectedImage> images = new ArrayList<>();
    try (ImageInspector inspector = new ImageInspector(detector)) {
      for (Path path : paths) {
        try (ExpressionDataset dataset = ExpressionDataset.open(path)) {
          dataset.images().forEach(image -> images.add(inspector.inspect(dataset, image)));
        }
      }
    }
    return DatasetCheck.of(images);
  }

  private DatasetCheck check() {
    return check(Optional.empty(), folder);
  }

  /** Returns lines such as "leak train/happy/00.png < valid/sad/01.png". */
  private static List<String> found(DatasetCheck check) {
    return check.findings().stream()
        .map(
            finding ->
                finding.kind().label()
                    + " "
                    + below(finding.image())
                    + finding.other().map(other -> " < " + below(other)).orElse(""))
        .toList();
  }

  private static String below(InspectedImage image) {
    return image.name().substring("data/".length());
  }

  @Test
  void plainPicturesHaveNoFindings() {
    DatasetCheck check = check();
    assertEquals(List.of(), found(check));
    assertEquals(2 * PLAIN, check.images());
    assertEquals(
        List.of("data train", "data valid"),
        check.balances().keySet().stream().map(Part::label).toList());
    ClassBalance train = check.balances().values().iterator().next();
    assertEquals(PLAIN, train.count(Emotion.HAPPINESS));
    assertEquals(0, train.count(Emotion.SADNESS));
    assertEquals(0, train.unlabeled());
    assertTrue(train.imbalance().isEmpty());
  }

  @Test
  void findsWhatCannotBeReadAndWhatIsBlank() {
    DatasetFiles.text(folder.resolve("train/happy/x.png"), "no image");
    put("train/happy/y.png", Faces.blank(0));
    put("train/happy/z.png", Faces.blank(0));
    DatasetCheck check = check();
    assertEquals(
        List.of("corrupt train/happy/x.png", "blank train/happy/y.png", "blank train/happy/z.png"),
        found(check));
    assertTrue(
        check.findings().get(0).reason().contains("is not an image of a known format"),
        check.findings().get(0).reason());
  }

  @Test
  void findsExactDuplicatesBeyondTheFirst() {
    put("train/happy/x.png", Faces.picture(5));
    put("train/happy/y.png", Faces.picture(5));
    assertEquals(
        List.of(
            "exact-duplicate train/happy/x.png < train/happy/05.png",
            "exact-duplicate train/happy/y.png < train/happy/05.png"),
        found(check()));
  }

  @Test
  void findsNearDuplicates() {
    put("train/happy/x.png", Faces.compressed(Faces.lit(Faces.picture(5), 0.9f, 9), 0.7f));
    put("valid/sad/y.png", Faces.lit(Faces.picture(105), 1.1f, -8));
    assertEquals(
        List.of(
            "near-duplicate train/happy/x.png < train/happy/05.png",
            "near-duplicate valid/sad/y.png < valid/sad/05.png"),
        found(check()));
  }

  @Test
  void findsLeaksOnTheSideThatTrains() {
    put("train/sad/x.png", Faces.picture(105));
    put("train/sad/y.png", Faces.compressed(Faces.picture(106), 0.7f));
    put("test/sad/z.png", Faces.picture(107));
    assertEquals(
        List.of(
            "leak train/sad/x.png < valid/sad/05.png",
            "leak train/sad/y.png < valid/sad/06.png",
            "leak valid/sad/07.png < test/sad/z.png"),
        found(check()));
  }

  @Test
  void findsLeaksBetweenDatasets() {
    Path other = folder.resolveSibling("elsewhere").resolve("data");
    Faces.write(Faces.picture(3), other.resolve("test/happy/t.png"));
    assertEquals(
        List.of("leak train/happy/03.png < test/happy/t.png"),
        found(check(Optional.empty(), folder, other)));
  }

  @Test
  void findsConflictsOnAllSides() {
    put("train/angry/x.png", Faces.picture(5));
    put("train/fear/y.png", Faces.compressed(Faces.picture(6), 0.7f));
    assertEquals(
        List.of(
            "exact-duplicate train/happy/05.png < train/angry/x.png",
            "conflict train/angry/x.png < train/happy/05.png",
            "conflict train/fear/y.png < train/happy/06.png",
            "conflict train/happy/05.png < train/angry/x.png",
            "conflict train/happy/06.png < train/fear/y.png",
            "near-duplicate train/happy/06.png < train/fear/y.png"),
        found(check()));
  }

  @Test
  void votesThatAgreeByHalfAreNoConflict() {
    folder = folder.resolveSibling("votes").resolve("data");
    DatasetFiles.ferPlus(
        folder.resolve("FER2013Train"),
        "6,4,0,0,0,0,0,0,0,0",
        "4,6,0,0,0,0,0,0,0,0",
        "0,10,0,0,0,0,0,0,0,0");
    for (int i = 0; i < 3; i++) {
      put("FER2013Train/fer%07d.png".formatted(i), Faces.picture(1));
    }
    Set<String> conflicts = new TreeSet<>();
    check().findings(FindingKind.CONFLICT).forEach(f -> conflicts.add(below(f.image())));
    assertEquals(Set.of("FER2013Train/fer0000000.png", "FER2013Train/fer0000002.png"), conflicts);
  }

  @Test
  void findsBlurAndBadExposure() {
    BufferedImage soft = Faces.picture(50);
    float[] box = new float[81];
    Arrays.fill(box, 1f / box.length);
    for (int i = 0; i < 3; i++) {
      soft = new ConvolveOp(new Kernel(9, 9, box), ConvolveOp.EDGE_NO_OP, null).filter(soft, null);
    }
    put("train/happy/a.png", soft.getSubimage(12, 12, 24, 24));
    put("train/happy/b.png", Faces.lit(Faces.picture(51), 0.2f, 0));
    put("train/happy/c.png", Faces.lit(Faces.picture(52), 0.2f, 205));
    put("train/happy/d.png", Faces.lit(Faces.picture(53), 0.2f, 100));
    DatasetCheck check = check();
    assertEquals(
        List.of(
            "blur train/happy/a.png",
            "exposure train/happy/b.png",
            "exposure train/happy/c.png",
            "exposure train/happy/d.png"),
        found(check));
    assertTrue(check.findings().get(1).reason().startsWith("is too dark: brightness "));
    assertTrue(check.findings().get(2).reason().startsWith("is too bright: brightness "));
    assertTrue(check.findings().get(3).reason().startsWith("is too pale: contrast "));
  }

  @Test
  void findsImagesWithoutFace() {
    put("train/happy/x.png", new BufferedImage(40, 60, BufferedImage.TYPE_BYTE_GRAY));
    put("train/happy/y.png", Faces.picture(60).getSubimage(0, 0, 40, 48));
    FaceDetector squares =
        new FaceDetector() {
          @Override
          public List<Face> detect(Frame frame) {
            return frame.width() == frame.height()
                ? List.of(Face.of(new BoundingBox(0, 0, frame.width(), frame.height())))
                : List.of();
          }

          @Override
          public void close() {
            // Holds nothing.
          }
        };
    assertEquals(
        List.of("blank train/happy/x.png", "no-face train/happy/y.png"),
        found(check(Optional.of(squares), folder)));
  }

  @Test
  void theListLeavesOutWhatItNames() {
    put("train/happy/x.png", Faces.picture(5));
    put("train/sad/y.png", Faces.picture(105));
    put("train/happy/z.png", Faces.lit(Faces.picture(51), 0.2f, 0));
    DatasetCheck check = check();
    Path file = folder.resolveSibling("out.tsv");
    check.leaveOut(Set.of()).write(file);
    LeaveOutList read = LeaveOutList.read(file);
    assertEquals(check.leaveOut(Set.of()), read);
    assertEquals(Set.of("data/train/happy/x.png", "data/train/sad/y.png"), read.reasons().keySet());
    assertEquals(
        "exact-duplicate: has the same pixels as data/train/happy/05.png",
        read.reasons().get("data/train/happy/x.png"));
    try (ExpressionDataset train = ExpressionDataset.open(folder, Split.TRAIN, read);
        ExpressionDataset valid = ExpressionDataset.open(folder, Split.VALID, read)) {
      assertEquals(2, train.leftOut());
      assertEquals(PLAIN + 1, train.images().size());
      assertTrue(
          train.images().stream().map(LabeledImage::id).noneMatch(id -> id.endsWith("x.png")));
      assertEquals(0, valid.leftOut());
    }
    assertEquals(3, check.leaveOut(Set.of(FindingKind.EXPOSURE)).reasons().size());
  }
}
