package org.fer4j.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.fer4j.BoundingBox;
import org.fer4j.CropRule;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.PixelFormat;

/** Finds the same two faces in every frame, without any network. */
record KnownFaces(boolean failing) implements FaceDetector, EmotionClassifier {

  static final Frame FRAME =
      Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80).withTimestampNanos(77);

  private static final Face FACE = Face.of(new BoundingBox(10, 10, 20, 20));

  /**
   * Returns a pipeline of these stages.
   *
   * @param failing whether detection fails
   */
  static FramePipeline pipeline(boolean failing) {
    KnownFaces stages = new KnownFaces(failing);
    return FramePipeline.builder()
        .detector((FaceDetector) stages)
        .classifier((EmotionClassifier) stages)
        .build();
  }

  @Override
  public List<Face> detect(Frame frame) {
    if (failing) {
      throw new FerException("told to");
    }
    return List.of(FACE, FACE);
  }

  @Override
  public CropRule cropRule() {
    return new CropRule(Map.of(), 0, 0, 1);
  }

  @Override
  public List<EmotionScores> classify(List<FaceCrop> crops) {
    return Collections.nCopies(crops.size(), EmotionScores.of(1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
