package org.fer4j.opencv;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;
import org.fer4j.FerException;

/**
 * One of the cascades that OpenCV ships, and the native calls that use it.
 *
 * <p>Confined: one thread may use it at a time.
 */
final class HaarCascade implements AutoCloseable {

  private static final double SCALE_STEP = 1.1;

  /** Every window that passes, so that they can be counted. */
  private static final int NO_GROUPING = 0;

  private final CascadeClassifier classifier;
  private final int windowSize;

  /**
   * A window that passed all stages.
   *
   * @param size its side, in pixels
   * @param weight by how much it passed the last stage
   */
  record Window(int x, int y, int size, double weight) {}

  private HaarCascade(CascadeClassifier classifier) {
    this.classifier = classifier;
    try (Size size = classifier.getOriginalWindowSize()) {
      this.windowSize = size.width();
    }
  }

  /**
   * Loads a cascade from the presets' jar. OpenCV reads only files, so it is extracted to JavaCPP's
   * cache, where the native libraries are as well.
   *
   * @param name of the file
   * @throws FerException if it is not there or can't be read
   */
  static HaarCascade open(String name) {
    String resource =
        "/org/bytedeco/opencv/%s/share/opencv4/haarcascades/%s"
            .formatted(Loader.getPlatform(), name);
    try {
      File file = Loader.cacheResource(CascadeClassifier.class, resource);
      if (file == null) {
        throw new FerException(
            "expected the cascade %s on the class path, found none: add org.bytedeco:opencv with the classifier %s."
                .formatted(resource, Loader.getPlatform()));
      }
      CascadeClassifier classifier = new CascadeClassifier();
      if (classifier.load(file.getPath())) {
        return new HaarCascade(classifier);
      }
      classifier.close();
      throw new FerException("OpenCV can't read the cascade '%s'.".formatted(file));
    } catch (IOException e) {
      throw new FerException(
          "The cascade %s can't be extracted: %s".formatted(resource, e.getMessage()), e);
    }
  }

  /** Returns the side of the smallest window, in pixels. */
  int windowSize() {
    return windowSize;
  }

  /**
   * Returns all windows that look like a face.
   *
   * @param picture grey, 8 bits
   */
  @SuppressWarnings("try") // The scope works by being open.
  List<Window> windows(Mat picture) {
    try (PointerScope scope = new PointerScope()) {
      RectVector found = new RectVector();
      IntPointer stages = new IntPointer();
      DoublePointer weights = new DoublePointer();
      classifier.detectMultiScale3(
          picture,
          found,
          stages,
          weights,
          SCALE_STEP,
          NO_GROUPING,
          0,
          new Size(),
          new Size(),
          true);
      List<Window> windows = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        Rect rect = found.get(i);
        windows.add(new Window(rect.x(), rect.y(), rect.width(), weights.get(i)));
      }
      return windows;
    } catch (RuntimeException e) {
      throw new FerException("OpenCV failed to run a Haar cascade: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    classifier.close();
  }
}
