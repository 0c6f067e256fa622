package org.fer4j.opencv;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.global.opencv_videoio;
import org.fer4j.Device;
import org.fer4j.FerException;
import org.fer4j.RuntimeDescription;
import org.fer4j.RuntimeOptions;

/** OpenCV's native libraries and their number of threads, which is one for the whole process. */
final class OpenCv {

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Loads the libraries for networks, pictures and video if they are not loaded yet, and lets
   * OpenCV use at least as many threads as the options want.
   *
   * @throws FerException if they can't be loaded; the cause is kept. Also if another device than
   *     the CPU is demanded: the presets' OpenCV runs on nothing else
   */
  static synchronized void load(RuntimeOptions options) {
    if (options.device() != Device.CPU && options.device() != Device.AUTO) {
      throw new FerException(
          "expected CPU or AUTO as the device of the opencv backend, found %s: take the onnx backend for it"
              .formatted(options.device()));
    }
    int threads = options.intraOpThreads();
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
  static void loadDetectors(RuntimeOptions options) {
    load(options);
    load(opencv_objdetect.class, " On Linux it needs GTK 2 (package libgtk2.0-0).");
  }

  /** Tells what runs a network that was opened with these options. */
  static RuntimeDescription describe(RuntimeOptions options) {
    return new RuntimeDescription(
        "opencv",
        "OpenCV " + opencv_core.CV_VERSION,
        Device.CPU,
        "OpenCV DNN",
        options.intraOpThreads(),
        options.device() == Device.AUTO
            ? Optional.of("the opencv backend runs on the CPU only")
            : Optional.empty());
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
