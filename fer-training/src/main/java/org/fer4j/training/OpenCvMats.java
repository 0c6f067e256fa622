package org.fer4j.training;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** The bridge between Java's arrays and OpenCV's matrices. */
final class OpenCvMats {

  private OpenCvMats() {}

  /** Copies rows of the same length. */
  static Mat of(float[][] rows) {
    int length = rows[0].length;
    Mat mat = new Mat(rows.length, length, opencv_core.CV_32F);
    FloatPointer target = new FloatPointer(mat.data());
    for (int i = 0; i < rows.length; i++) {
      target.position((long) i * length).put(rows[i], 0, length);
    }
    return mat;
  }

  /** Copies into a column. */
  static Mat of(int[] column) {
    Mat mat = new Mat(column.length, 1, opencv_core.CV_32S);
    new IntPointer(mat.data()).put(column, 0, column.length);
    return mat;
  }
}
