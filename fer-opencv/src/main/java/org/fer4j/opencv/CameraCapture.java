package org.fer4j.opencv;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.RuntimeOptions;

/**
 * Frames of a camera, or of a file that OpenCV reads without further libraries: Motion JPEG in AVI,
 * or a sequence of images such as {@code frames/img_%04d.png}. For MP4 use JavaCV.
 *
 * <pre>{@code
 * try (CameraCapture camera = CameraCapture.open(0);
 *     FramePipeline pipeline = FramePipeline.builder().live().build()) {
 *   for (Optional<Frame> frame = camera.next(); frame.isPresent(); frame = camera.next()) {
 *     System.out.println(pipeline.process(frame.get()).faces());
 *   }
 * }
 * }</pre>
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class CameraCapture implements AutoCloseable {

  /** Of a sequence of images, which does not tell how fast it is to be shown. */
  private static final double DEFAULT_FRAMES_PER_SECOND = 25;

  /** OpenCV's reader for them, which always says one frame a second. */
  private static final String IMAGES = "CV_IMAGES";

  private static final double NANOS_PER_SECOND = 1e9;

  private final VideoCapture capture;
  private final String source;
  private final LongSupplier timestamps;
  private final Mat picture = new Mat();
  private long framesRead;
  private boolean closed;

  private CameraCapture(VideoCapture capture, String source, boolean camera) {
    this.capture = capture;
    this.source = source;
    if (camera) {
      this.timestamps = System::nanoTime;
    } else {
      double rate = framesPerSecond(capture);
      this.timestamps = () -> Math.round(framesRead * NANOS_PER_SECOND / rate);
    }
  }

  private static double framesPerSecond(VideoCapture capture) {
    double told = capture.get(opencv_videoio.CAP_PROP_FPS);
    try (BytePointer reader = capture.getBackendName()) {
      boolean known = told > 0 && Double.isFinite(told) && !reader.getString().startsWith(IMAGES);
      return known ? told : DEFAULT_FRAMES_PER_SECOND;
    }
  }

  /**
   * Opens a camera.
   *
   * @param index from 0, in the order of the system
   * @throws IllegalArgumentException if the index is below 0
   * @throws FerException if there is no such camera, or it can't be used
   */
  public static CameraCapture open(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("expected the index of a camera from 0, found " + index);
    }
    OpenCv.load(RuntimeOptions.defaults());
    VideoCapture capture = new VideoCapture();
    return opened(
        capture,
        () -> capture.open(index),
        "camera " + index,
        "is it plugged in, used by another program, or forbidden to this user?",
        true);
  }

  /**
   * Opens a file.
   *
   * @param file a video, or the pattern of a sequence of images
   * @throws FerException if it is not there, or OpenCV can't read it
   */
  public static CameraCapture open(Path file) {
    OpenCv.load(RuntimeOptions.defaults());
    VideoCapture capture = new VideoCapture();
    return opened(
        capture,
        () -> capture.open(file.toString()),
        "'" + file + "'",
        "OpenCV alone reads Motion JPEG in AVI and sequences of images such as img_%04d.png.",
        false);
  }

  /** Opens something, natively. */
  @FunctionalInterface
  private interface Opening {
    boolean open();
  }

  private static CameraCapture opened(
      VideoCapture capture, Opening opening, String source, String hint, boolean camera) {
    try {
      if (opening.open()) {
        return new CameraCapture(capture, source, camera);
      }
    } catch (RuntimeException e) {
      capture.close();
      throw new FerException(
          "OpenCV can't open %s: %s (%s)".formatted(source, hint, e.getMessage()), e);
    }
    capture.close();
    throw new FerException("OpenCV can't open %s: %s".formatted(source, hint));
  }

  /**
   * Waits for the next frame.
   *
   * @return BGR, or grey if the source is; its timestamp is the moment at which it arrived, as
   *     {@link System#nanoTime()} tells it, or for a file the moment at which it is to be shown,
   *     from 0 (a sequence of images has 25 a second). The next call and {@link #close()} overwrite
   *     or free its pixels. Empty at the end of a file, or if the camera is gone
   * @throws FerException if OpenCV fails to decode it
   * @throws IllegalStateException after {@link #close()}
   */
  public Optional<Frame> next() {
    if (closed) {
      throw new IllegalStateException("The capture of " + source + " is closed.");
    }
    try {
      if (!capture.read(picture) || picture.empty()) {
        return Optional.empty();
      }
    } catch (RuntimeException e) {
      throw new FerException(
          "OpenCV failed to read a frame of %s: %s".formatted(source, e.getMessage()), e);
    }
    Frame frame = MatFrames.frameOf(picture).withTimestampNanos(timestamps.getAsLong());
    framesRead++;
    return Optional.of(frame);
  }

  /** Lets go of the camera or file and frees the pixels; further calls do nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      capture.release();
      capture.close();
      picture.close();
    }
  }
}
