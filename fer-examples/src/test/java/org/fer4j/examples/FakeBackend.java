package org.fer4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fer4j.BoundingBox;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.fer4j.RotatedSquare;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;

/**
 * A backend whose answers are plain to see: a face is what is bright, with its eyes in the corners.
 * It is happy, and surprised if it is the whole picture. A picture of one pixel makes it fail.
 */
public final class FakeBackend implements Backend {

  private static final int BRIGHT = 128;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public List<ModelManifest> models() {
    return List.of();
  }

  @Override
  public FaceDetector openDetector(String model, DetectorOptions options) {
    if (!model.equals(PHOTO_DETECTOR)) {
      throw new IllegalArgumentException("expected a model of blazeface, found '" + model + "'");
    }
    return new BrightDetector();
  }

  @Override
  public EmotionClassifier openClassifier(String model, ClassifierOptions options) {
    if (!model.equals(PHOTO_CLASSIFIER)) {
      throw new IllegalArgumentException("expected a model of fer-accurate, found '" + model + "'");
    }
    return new HappyClassifier();
  }

  private static final class BrightDetector implements FaceDetector {

    @Override
    public List<Face> detect(Frame frame) {
      if (frame.width() == 1) {
        throw new FerException("One pixel is no picture.");
      }
      int left = Integer.MAX_VALUE;
      int top = Integer.MAX_VALUE;
      int right = 0;
      int bottom = 0;
      for (int y = 0; y < frame.height(); y++) {
        for (int x = 0; x < frame.width(); x++) {
          if (isBright(frame, x, y)) {
            left = Math.min(left, x);
            top = Math.min(top, y);
            right = Math.max(right, x + 1);
            bottom = Math.max(bottom, y + 1);
          }
        }
      }
      if (right == 0) {
        return List.of();
      }
      BoundingBox box = new BoundingBox(left, top, right - left, bottom - top);
      return List.of(
          new Face(
              box,
              0.9f,
              Landmarks.of(
                  new LandmarkLayout(List.of("right_eye", "left_eye")), left, top, right, top)));
    }

    private static boolean isBright(Frame frame, int x, int y) {
      int bytes = frame.format().bytesPerPixel();
      int first = frame.offset() + y * frame.strideBytes() + x * bytes;
      return (frame.pixels().get(first + bytes / 2) & 0xff) >= BRIGHT;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private static final class HappyClassifier implements EmotionClassifier {

    @Override
    public CropRule cropRule() {
      return new CropRule(Map.of(), 0, 0, 1);
    }

    @Override
    public List<EmotionScores> classify(List<FaceCrop> crops) {
      List<EmotionScores> scores = new ArrayList<>();
      for (FaceCrop crop : crops) {
        boolean whole = crop.square().equals(RotatedSquare.around(crop.frame()));
        scores.add(
            whole
                ? EmotionScores.of(0, 0, 0.75f, 0, 0, 0, 0.25f, 0)
                : EmotionScores.of(0.25f, 0.75f, 0, 0, 0, 0, 0, 0));
      }
      return scores;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
