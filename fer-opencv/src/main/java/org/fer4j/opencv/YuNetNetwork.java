package org.fer4j.opencv;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.fer4j.FerException;

/**
 * OpenCV's {@code FaceDetectorYN} for pictures of one size, and the native calls that use it.
 *
 * <p>Confined: one thread may use it at a time.
 */
final class YuNetNetwork implements AutoCloseable {

  /** Floats of a face: box, five points, score. */
  static final int ROW = 15;

  private static final int MOST_CANDIDATES = 5000;
  private static final int CPU = 0;

  private final FaceDetectorYN detector;
  private final Mat rows = new Mat();

  /**
   * Loads the network.
   *
   * @param size side of the pictures, in pixels
   * @param suppressionThreshold the intersection over union from which two boxes are one face
   * @throws RuntimeException if OpenCV refuses the network
   */
  YuNetNetwork(byte[] network, int size, float scoreThreshold, float suppressionThreshold) {
    try (BytePointer format = new BytePointer("onnx");
        BytePointer weights = new BytePointer(network);
        BytePointer noConfiguration = new BytePointer(0);
        Size square = new Size(size, size)) {
      this.detector =
          FaceDetectorYN.create(
              format,
              weights,
              noConfiguration,
              square,
              scoreThreshold,
              suppressionThreshold,
              MOST_CANDIDATES,
              CPU,
              CPU);
    }
  }

  /**
   * Returns a row for each face: left, top, width and height of the box; x and y of the right eye,
   * the left eye, the tip of the nose, the right and the left corner of the mouth; the score. Its
   * memory is that of the next call as well.
   *
   * @param picture of the size that the network was loaded for, BGR, 8 bits
   * @throws FerException if the network fails
   */
  FloatBuffer faces(Mat picture) {
    try {
      detector.detect(picture, rows);
    } catch (RuntimeException e) {
      throw new FerException("OpenCV failed to run YuNet: " + e.getMessage(), e);
    }
    return rows.empty() ? FloatBuffer.allocate(0) : rows.createBuffer();
  }

  @Override
  public void close() {
    rows.close();
    detector.close();
  }
}
