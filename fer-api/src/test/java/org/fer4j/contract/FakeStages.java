package org.fer4j.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.fer4j.BoundingBox;
import org.fer4j.CropRule;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;

/**
 * Detector and classifier in one, which find what they are told and keep nothing. They fail when
 * two threads are in them at once.
 */
public final class FakeStages implements FaceDetector, EmotionClassifier {

  /** A face, for those who need one. */
  public static final Face FACE = Face.of(new BoundingBox(20, 20, 40, 40));

  private static final CropRule RULE = new CropRule(Map.of(), 0, 0, 1);
  private static final EmotionScores HAPPY = EmotionScores.of(0, 1, 0, 0, 0, 0, 0, 0);

  private final Function<Frame, List<Face>> detection;
  private final AtomicInteger users = new AtomicInteger();

  /** Creates stages that find what a function says. */
  public FakeStages(Function<Frame, List<Face>> detection) {
    this.detection = detection;
  }

  /** Returns a pipeline of such stages. */
  public static FramePipeline pipeline(Function<Frame, List<Face>> detection) {
    FakeStages stages = new FakeStages(detection);
    return FramePipeline.builder().detector(stages).classifier(stages).build();
  }

  @Override
  public List<Face> detect(Frame frame) {
    enter();
    try {
      return detection.apply(frame);
    } finally {
      users.decrementAndGet();
    }
  }

  @Override
  public CropRule cropRule() {
    return RULE;
  }

  @Override
  public List<EmotionScores> classify(List<FaceCrop> crops) {
    enter();
    try {
      List<EmotionScores> scores = new ArrayList<>(crops.size());
      crops.forEach(crop -> scores.add(HAPPY));
      return scores;
    } finally {
      users.decrementAndGet();
    }
  }

  private void enter() {
    if (users.incrementAndGet() != 1) {
      throw new AssertionError("two threads at once");
    }
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
