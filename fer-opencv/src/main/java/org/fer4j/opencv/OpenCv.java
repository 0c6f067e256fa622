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
   * Loads the libraries for networks, pictures and video if they are not loaded yet, and lets
   * OpenCV use at least some threads.
   *
   * @throws FerException if they can't be loaded; the cause is kept
   */
  static synchronized void load(int threads) {
    if (!loaded) {
      load(opencv_core.class, "");
      load(opencv_dnn.class, "");
      load(opencv_videoio.class, "");
      opencv_core.setNumThreads(threads);
      loaded = true;
    } else if (threads > 1 && threads > opencv_core.getNumThreads()) {
      opencv_core.setNumThreads(threads);
    }
  }

  /**
   * As {@link #load}, and the library with the cascades, before which the presets load the one for
   * windows.
   *
   * @throws FerException if they can't be loaded, on Linux perhaps because there is no GTK 2
   */
  static void loadDetectors(int threads) {
    load(threads);
    load(opencv_objdetect.class, " On Linux it needs GTK 2 (package libgtk2.0-0).");
  }

  private static void load(Class<?> library, String hint) {
    try {
      Loader.load(library);
    } catch (LinkageError | RuntimeException e) {
      throw new FerException(
          "OpenCV's native library for %s can't be loaded on %s %s: %s.%s"
              .formatted(
                  library.getSimpleName(),
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  e,
                  hint),
          e);
    }
  }
}
