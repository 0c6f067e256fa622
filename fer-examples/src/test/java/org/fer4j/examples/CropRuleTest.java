package org.fer4j.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.fer4j.BoundingBox;
import org.fer4j.ClassifierOptions;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceCrop;
import org.fer4j.FaceResult;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.Split;
import org.junit.jupiter.api.Test;

/**
 * The proof that a live face is cut as the training faces were: labelled crops, pasted into larger
 * frames at random size, place, rotation and contrast and sent through the whole pipeline, are
 * recognised nearly as well as when they are fed straight.
 */
class CropRuleTest {

  private static final double MAX_LOSS = 0.02;
  private static final double MIN_FOUND = 0.95;
  private static final int SMALLEST_CROP = 60;
  private static final int LARGEST_CROP = 240;
  private static final double MAX_ROTATION_DEGREES = 25;

  private final Random random = new Random(20260101);

  /** Where a crop was pasted into a frame. */
  private record Pasted(BufferedImage frame, BoundingBox box) {}

  @Test
  @SuppressWarnings("SystemOut") // The figures are worth reading when it passes, too.
  void pastedCropsAreRecognisedLikeStraightOnes() throws IOException {
    String data = System.getenv("FER4J_FERPLUS");
    assumeTrue(
        data != null && Files.exists(Path.of(data)),
        "Set FER4J_FERPLUS to FER+ (ferplus.zip or its folder) to run this test.");
    int images = 0;
    int found = 0;
    int straightRight = 0;
    int pastedRight = 0;
    try (ExpressionDataset dataset = ExpressionDataset.open(Path.of(data), Split.VALID);
        FramePipeline pipeline = FramePipeline.create();
        EmotionClassifier classifier =
            Backends.preferred()
                .openClassifier(Backend.PHOTO_CLASSIFIER, ClassifierOptions.defaults())) {
      for (LabeledImage entry : dataset.images()) {
        if (entry.label().isEmpty()) {
          continue;
        }
        Emotion label = entry.label().get();
        BufferedImage crop = entry.read();
        images++;
        Pasted pasted = paste(crop);
        Optional<FaceResult> face = faceIn(pasted, pipeline);
        if (face.isPresent()) {
          found++;
          Emotion straight =
              classifier.classify(List.of(FaceCrop.whole(Frame.of(crop)))).get(0).top();
          straightRight += straight == label ? 1 : 0;
          pastedRight += face.get().scores().top() == label ? 1 : 0;
        }
      }
    }
    double share = (double) found / images;
    double straight = (double) straightRight / found;
    double pasted = (double) pastedRight / found;
    System.out.printf(
        Locale.ROOT,
        "Crop rule: %d crops, %.2f %% found; of those right: straight %.2f %%, pasted %.2f %%%n",
        images,
        100 * share,
        100 * straight,
        100 * pasted);
    assertTrue(share >= MIN_FOUND, "share of faces found: " + share);
    assertTrue(
        straight - pasted <= MAX_LOSS,
        "accuracy straight %f, pasted %f".formatted(straight, pasted));
  }

  private Pasted paste(BufferedImage crop) {
    int width = 280 + random.nextInt(120);
    int height = 280 + random.nextInt(120);
    int size = SMALLEST_CROP + random.nextInt(LARGEST_CROP - SMALLEST_CROP);
    double angle = Math.toRadians((2 * random.nextDouble() - 1) * MAX_ROTATION_DEGREES);
    int x = random.nextInt(width - size);
    int y = random.nextInt(height - size);
    BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    try {
      graphics.setPaint(new GradientPaint(0, 0, randomGrey(), width, height, randomGrey()));
      graphics.fillRect(0, 0, width, height);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      AffineTransform place = AffineTransform.getTranslateInstance(x + size / 2.0, y + size / 2.0);
      place.rotate(angle);
      place.scale((double) size / crop.getWidth(), (double) size / crop.getHeight());
      place.translate(-crop.getWidth() / 2.0, -crop.getHeight() / 2.0);
      graphics.drawImage(otherContrast(crop), place, null);
    } finally {
      graphics.dispose();
    }
    return new Pasted(frame, new BoundingBox(x, y, size, size));
  }

  private BufferedImage otherContrast(BufferedImage crop) {
    float gain = 0.6f + 0.7f * random.nextFloat();
    float middle = 128 + 50 * (random.nextFloat() - 0.5f);
    return new RescaleOp(gain, middle - gain * 128, null).filter(crop, null);
  }

  private Color randomGrey() {
    int value = 40 + random.nextInt(176);
    return new Color(value, value, value);
  }

  /** Returns the face whose middle lies in the middle half of the pasted crop. */
  private static Optional<FaceResult> faceIn(Pasted pasted, FramePipeline pipeline) {
    return pipeline.process(Frame.of(pasted.frame())).faces().stream()
        .filter(
            result -> {
              BoundingBox box = result.face().box();
              return Math.abs(box.centerX() - pasted.box().centerX()) < pasted.box().width() / 4
                  && Math.abs(box.centerY() - pasted.box().centerY()) < pasted.box().height() / 4;
            })
        .findFirst();
  }
}
