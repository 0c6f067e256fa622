package org.fer4j.opencv;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.global.opencv_videoio;
import org.fer4j.FerException;

/** OpenCV's native libraries and their number of threads, which is one for the whole process. */
final class OpenCv {

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Loads the libraries if they are not loaded yet, and lets OpenCV use at least some threads.
   *
   * @throws FerException if they can't be loaded; the cause is kept
   */
  static synchronized void load(int threads) {
    try {
      if (!loaded) {
        for (Class<?> library :
            new Class<?>[] {
              opencv_core.class, opencv_dnn.class, opencv_objdetect.class, opencv_videoio.class
            }) {
          Loader.load(library);
        }
        opencv_core.setNumThreads(threads);
        loaded = true;
      } else if (threads > 1 && threads > opencv_core.getNumThreads()) {
        opencv_core.setNumThreads(threads);
      }
    } catch (LinkageError | RuntimeException e) {
      throw new FerException(
          "OpenCV's native libraries can't be loaded on %s %s: %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
          e);
    }
  }
}
