package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.PixelFormat;
import org.fer4j.RotatedSquare;
import org.fer4j.contract.Picture;
import org.fer4j.model.ModelManifest;
import org.fer4j.onnx.OnnxBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same networks give the same faces and scores on OpenCV as on ONNX Runtime. */
class BackendsAgreeTest {

  private static final double SCORE_TOLERANCE = 1e-3;
  private static final double PIXELS = 1;
  private static final int CROPS = 100;
  private static final int BORDERED = 144;

  private static final Frame PORTRAIT = Picture.portrait().frame(PixelFormat.RGB);

  @ParameterizedTest
  @ValueSource(strings = {"blazeface", "blazeface-short", "blazeface-full"})
  void sameFacesInThePortrait(String detector) {
    List<Frame> frames =
        List.of(
            PORTRAIT,
            PORTRAIT.view(120, 20, 220, 220),
            PORTRAIT.withRotationDegrees(90),
            Picture.noise(640, 480, 5).frame(PixelFormat.NV21));
    assertFalse(assertSameFaces(detector, frames) == 0, "there is a face to compare");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blazeface-short", "blazeface-full"})
  void sameFacesInCrops(String detector) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (BufferedImage crop : FerPlus.crops(CROPS)) {
      frames.add(Frame.of(bordered(crop)));
    }
    assertFalse(assertSameFaces(detector, frames) < CROPS / 2, "there are faces to compare");
  }

  private static int assertSameFaces(String detector, List<Frame> frames) {
    int faces = 0;
    try (FaceDetector opencv =
            new OpenCvBackend().openDetector(detector, DetectorOptions.defaults());
        FaceDetector onnx = new OnnxBackend().openDetector(detector, DetectorOptions.defaults())) {
      for (Frame frame : frames) {
        List<Face> expected = onnx.detect(frame);
        List<Face> found = opencv.detect(frame);
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
          assertSame(expected.get(i), found.get(i));
          faces++;
        }
      }
    }
    return faces;
  }

  private static void assertSame(Face expected, Face found) {
    assertEquals(expected.score(), found.score(), SCORE_TOLERANCE);
    BoundingBox a = expected.box();
    BoundingBox b = found.box();
    assertEquals(a.x(), b.x(), PIXELS);
    assertEquals(a.y(), b.y(), PIXELS);
    assertEquals(a.right(), b.right(), PIXELS);
    assertEquals(a.bottom(), b.bottom(), PIXELS);
    for (int i = 0; i < expected.keypoints().size(); i++) {
      assertEquals(expected.keypoints().x(i), found.keypoints().x(i), PIXELS);
      assertEquals(expected.keypoints().y(i), found.keypoints().y(i), PIXELS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fer-fast", "fer-accurate"})
  void sameScoresForThePortrait(String classifier) {
    List<FaceCrop> crops = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crops.add(new FaceCrop(PORTRAIT, new RotatedSquare(226 + i, 122 - i, 70 + 10 * i, 4f * i)));
    }
    assertSameScores(classifier, crops);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fer-fast", "fer-accurate"})
  void sameScoresForCrops(String classifier) throws IOException {
    assertSameScores(
        classifier,
        FerPlus.crops(CROPS).stream().map(crop -> FaceCrop.whole(Frame.of(crop))).toList());
  }

  private static void assertSameScores(String classifier, List<FaceCrop> crops) {
    try (EmotionClassifier opencv =
            new OpenCvBackend().openClassifier(classifier, ClassifierOptions.defaults());
        EmotionClassifier onnx =
            new OnnxBackend().openClassifier(classifier, ClassifierOptions.defaults())) {
      List<EmotionScores> expected = onnx.classify(crops);
      List<EmotionScores> found = opencv.classify(crops);
      assertEquals(crops.size(), found.size());
      for (int i = 0; i < crops.size(); i++) {
        for (Emotion emotion : Emotion.all()) {
          assertEquals(expected.get(i).of(emotion), found.get(i).of(emotion), SCORE_TOLERANCE);
        }
      }
    }
  }

  @Test
  void sameLandmarksInThePortrait() {
    List<Face> faces = List.of(Face.of(new BoundingBox(172, 72, 102, 102)));
    try (LandmarkDetector opencv =
            new OpenCvBackend().openLandmarkDetector("face-mesh", LandmarkOptions.defaults());
        LandmarkDetector onnx =
            new OnnxBackend().openLandmarkDetector("face-mesh", LandmarkOptions.defaults())) {
      FaceMesh expected = onnx.detect(PORTRAIT, faces).get(0).orElseThrow();
      FaceMesh found = opencv.detect(PORTRAIT, faces).get(0).orElseThrow();
      assertEquals(expected.presence(), found.presence(), SCORE_TOLERANCE);
      for (int i = 0; i < FaceMesh.SIZE; i++) {
        assertEquals(expected.x(i), found.x(i), PIXELS);
        assertEquals(expected.y(i), found.y(i), PIXELS);
      }
    }
  }

  @Test
  void allNetworksAreThoseOfTheOtherBackend() {
    List<ModelManifest> models = new OpenCvBackend().models();
    assertTrue(models.size() >= 5, "found " + models.size());
    assertTrue(new OnnxBackend().models().containsAll(models));
  }

  /** Enlarges a crop and puts a border around it, so that a face does not fill the picture. */
  private static BufferedImage bordered(BufferedImage crop) {
    BufferedImage frame =
        new BufferedImage(2 * BORDERED, 2 * BORDERED, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(crop, BORDERED / 2, BORDERED / 2, BORDERED, BORDERED, null);
    graphics.dispose();
    return frame;
  }
}
