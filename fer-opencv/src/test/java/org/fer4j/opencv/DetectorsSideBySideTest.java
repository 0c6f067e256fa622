package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.fer4j.BoundingBox;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Detectors on the same pictures: face crops of FER+ at random size, place and rotation on a busy
 * background, the sample portrait without its face. Prints what they find, and proves that Haar's
 * and YuNet's boxes are those of BlazeFace in the median, so that crop rules hold for them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectorsSideBySideTest {

  private static final int CROPS = 60;
  private static final int SIZE = 400;
  private static final int SMALLEST_CROP = 60;
  private static final int LARGEST_CROP = 240;
  private static final double MAX_ROTATION_DEGREES = 15;

  /** Of the median box, in sizes of BlazeFace's. */
  private static final double SHIFT_TOLERANCE = 0.04;

  private static final double SIZE_TOLERANCE = 0.06;

  private final Random random = new Random(20260102);
  private final List<Pasted> pictures = new ArrayList<>();
  private final List<Optional<Face>> reference = new ArrayList<>();

  /** Where a crop was pasted into a frame. */
  private record Pasted(Frame frame, BoundingBox box) {

    boolean shows(Face face) {
      double distance =
          Math.hypot(
              (double) face.box().centerX() - box.centerX(),
              (double) face.box().centerY() - box.centerY());
      return distance < box.width() / 4
          && face.box().width() > 0.4 * box.width()
          && face.box().width() < 1.4 * box.width();
    }
  }

  @BeforeAll
  void pasteCrops() throws IOException {
    BufferedImage portrait = ImageIO.read(new File("../samples/astronaut.jpg"));
    BufferedImage background = portrait.getSubimage(0, 230, 512, 282);
    for (BufferedImage crop : FerPlus.crops(CROPS)) {
      pictures.add(paste(crop, background));
    }
    measure("blazeface", reference);
  }

  private Pasted paste(BufferedImage crop, BufferedImage background) {
    int size = SMALLEST_CROP + random.nextInt(LARGEST_CROP - SMALLEST_CROP);
    int x = random.nextInt(SIZE - size);
    int y = random.nextInt(SIZE - size);
    BufferedImage frame = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(background, 0, 0, SIZE, SIZE, null);
    AffineTransform place = AffineTransform.getTranslateInstance(x + size / 2.0, y + size / 2.0);
    place.rotate(Math.toRadians((2 * random.nextDouble() - 1) * MAX_ROTATION_DEGREES));
    place.scale((double) size / crop.getWidth(), (double) size / crop.getHeight());
    place.translate(-crop.getWidth() / 2.0, -crop.getHeight() / 2.0);
    graphics.drawImage(crop, place, null);
    graphics.dispose();
    return new Pasted(Frame.of(frame), new BoundingBox(x, y, size, size));
  }

  /** Adds the face that was found in each picture, and prints what else was. */
  @SuppressWarnings("SystemOut") // The figures are worth reading when it passes, too.
  private void measure(String name, List<Optional<Face>> found) {
    int extra = 0;
    long nanos = 0;
    try (FaceDetector detector =
        new OpenCvBackend().openDetector(name, DetectorOptions.defaults())) {
      detector.detect(pictures.get(0).frame());
      for (Pasted picture : pictures) {
        long start = System.nanoTime();
        List<Face> faces = detector.detect(picture.frame());
        nanos += System.nanoTime() - start;
        Optional<Face> face = faces.stream().filter(picture::shows).findFirst();
        found.add(face);
        extra += faces.size() - (face.isPresent() ? 1 : 0);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d found, %d false, %.1f ms a picture of %d x %d%n",
        name.replaceAll(":.*", ""),
        found.stream().filter(Optional::isPresent).count(),
        pictures.size(),
        extra,
        nanos / 1e6 / pictures.size(),
        SIZE,
        SIZE);
  }

  private void assertLikeBlazeFace(String name, double leastShare) {
    List<Optional<Face>> found = new ArrayList<>();
    measure(name, found);
    List<Double> shiftsX = new ArrayList<>();
    List<Double> shiftsY = new ArrayList<>();
    List<Double> widths = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      if (found.get(i).isPresent() && reference.get(i).isPresent()) {
        BoundingBox box = found.get(i).get().box();
        BoundingBox expected = reference.get(i).get().box();
        shiftsX.add((double) (box.centerX() - expected.centerX()) / expected.width());
        shiftsY.add((double) (box.centerY() - expected.centerY()) / expected.height());
        widths.add((double) box.width() / expected.width());
        heights.add((double) box.height() / expected.height());
      }
    }
    assertTrue(shiftsX.size() >= leastShare * pictures.size(), shiftsX.size() + " faces found");
    assertEquals(0, median(shiftsX), SHIFT_TOLERANCE, "to the right");
    assertEquals(0, median(shiftsY), SHIFT_TOLERANCE, "down");
    assertEquals(1, median(widths), SIZE_TOLERANCE, "width");
    assertEquals(1, median(heights), SIZE_TOLERANCE, "height");
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  @Test
  void haar() {
    Haar.require();
    assertLikeBlazeFace("haar", 0.4);
  }

  @Test
  void yuNet() {
    assertLikeBlazeFace("yunet:" + YuNetFile.require(), 0.7);
  }

  @Test
  void liveDetectors() {
    measure("blazeface-short", new ArrayList<>());
    measure("blazeface-full", new ArrayList<>());
  }
}
