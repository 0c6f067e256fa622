package org.fer4j.training.quality;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.training.GreySampler;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;

/**
 * Looks at images one by one. Light and sharpness are those of the whole image as a network for
 * face crops would see it, a grey square of 48 x 48. The limits were chosen by looking at what lies
 * beyond them in the 32,137 images of FER+ for training and validation.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class ImageInspector implements AutoCloseable {

  /** The palest face of FER+ has 9.1; below this there is at most noise. */
  private static final double BLANK_CONTRAST = 4;

  /** Below, contours are washed out; one image of 1,500 is. */
  private static final double LEAST_SHARPNESS = 0.1;

  /** Darker, parts of the face can't be told from the background; one image of 2,000 is. */
  private static final double LEAST_BRIGHTNESS = 30;

  /** Brighter, cheeks and forehead are as white as the background; one image of 1,000 is. */
  private static final double MOST_BRIGHTNESS = 220;

  /** Below, a face is hardly told from fog; one image of 3,000 is. */
  private static final double LEAST_CONTRAST = 16;

  private final Optional<FaceDetector> detector;
  private final GreySampler sampler = new GreySampler(Fingerprint.SIDE);

  /**
   * Creates an inspector.
   *
   * @param detector looks for faces, if it is there; closed with the inspector
   */
  public ImageInspector(Optional<FaceDetector> detector) {
    this.detector = detector;
  }

  /**
   * Reads one image and looks at it; one that can't be read is a finding, not a failure.
   *
   * @throws org.fer4j.FerException if the detector fails
   */
  public InspectedImage inspect(ExpressionDataset dataset, LabeledImage entry) {
    Map<FindingKind, String> faults = new EnumMap<>(FindingKind.class);
    Optional<Fingerprint> fingerprint = Optional.empty();
    try {
      fingerprint = look(Frame.of(entry.read()), faults);
    } catch (IOException | IllegalArgumentException e) {
      // A frame refuses images that are too large.
      faults.put(FindingKind.CORRUPT, "can't be read: " + e.getMessage());
    }
    return new InspectedImage(
        dataset.nameOf(entry),
        new Part(dataset.title(), entry.split()),
        entry,
        faults,
        fingerprint);
  }

  private Optional<Fingerprint> look(Frame frame, Map<FindingKind, String> faults) {
    byte[] grey = sampler.wholeImage(frame);
    GreyStatistics statistics = GreyStatistics.of(grey);
    if (statistics.contrast() < BLANK_CONTRAST) {
      faults.put(
          FindingKind.BLANK,
          sentence(
              "is blank: contrast %.1f, expected at least %.0f",
              statistics.contrast(), BLANK_CONTRAST));
      return Optional.empty();
    }
    judge(statistics, faults);
    if (detector.isPresent() && detector.get().detect(frame).isEmpty()) {
      faults.put(FindingKind.NO_FACE, "shows no face that the detector finds");
    }
    return Optional.of(Fingerprint.of(frame, grey));
  }

  private static void judge(GreyStatistics statistics, Map<FindingKind, String> faults) {
    if (statistics.sharpness() < LEAST_SHARPNESS) {
      faults.put(
          FindingKind.BLUR,
          sentence(
              "is blurred: sharpness %.3f, expected at least %.1f",
              statistics.sharpness(), LEAST_SHARPNESS));
    }
    double brightness = statistics.brightness();
    if (brightness < LEAST_BRIGHTNESS || brightness > MOST_BRIGHTNESS) {
      faults.put(
          FindingKind.EXPOSURE,
          sentence(
              "is too %s: brightness %.1f, expected %.0f to %.0f",
              brightness < LEAST_BRIGHTNESS ? "dark" : "bright",
              brightness,
              LEAST_BRIGHTNESS,
              MOST_BRIGHTNESS));
    } else if (statistics.contrast() < LEAST_CONTRAST) {
      faults.put(
          FindingKind.EXPOSURE,
          sentence(
              "is too pale: contrast %.1f, expected at least %.0f",
              statistics.contrast(), LEAST_CONTRAST));
    }
  }

  private static String sentence(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Closes the detector. */
  @Override
  public void close() {
    detector.ifPresent(FaceDetector::close);
  }
}
