package org.fer4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Works on something made up, so that the first frame meets libraries that hold their memory and
 * code that is compiled.
 */
final class WarmUp {

  /*
   * Measured in fresh JVMs on two cores, the first frame of 640 x 480 pixels against the median: with
   * the small networks 8 to 11 times as long without, 1.6 to 2.3 times after 20 runs, which take 0.1
   * to 0.15 s; with those for photographs 2.0 to 2.3 times without, 1.1 to 1.4 times after 3 to 10
   * runs of some 0.1 s each.
   */
  private static final int RUNS = 20;
  private static final long ENOUGH_NANOS = 500_000_000;

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final float HALF_FACE = 100;

  private WarmUp() {}

  /** Returns a frame of a camera's size with a drawn face, which detectors take for one. */
  static Frame frame() {
    byte[] pixels = new byte[WIDTH * HEIGHT * PixelFormat.BGR.bytesPerPixel()];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int light = light((x - WIDTH / 2f) / HALF_FACE, (y - HEIGHT / 2f) / HALF_FACE);
        int first = (y * WIDTH + x) * PixelFormat.BGR.bytesPerPixel();
        pixels[first] = (byte) (light * 3 / 4);
        pixels[first + 1] = (byte) (light * 7 / 8);
        pixels[first + 2] = (byte) light;
      }
    }
    return Frame.of(pixels, PixelFormat.BGR, WIDTH, HEIGHT);
  }

  /** Draws a face: x to the right and y down from its middle, in halves of its height. */
  private static int light(float x, float y) {
    float side = Math.abs(x);
    if (isInside(side - 0.33f, y + 0.18f, 0.07f, 0.06f)) {
      return 30; // pupils
    } else if (isInside(side - 0.33f, y + 0.18f, 0.15f, 0.08f)) {
      return 230; // eyes
    } else if (isInside(side - 0.33f, y + 0.38f, 0.2f, 0.05f)) {
      return 60; // brows
    } else if (isInside(side - 0.08f, y - 0.2f, 0.04f, 0.03f)) {
      return 80; // nostrils
    } else if (isInside(x, y - 0.5f, 0.28f, 0.08f)) {
      return 100; // mouth
    } else if (isInside(x, y - 0.05f, 0.72f, 0.95f) && !isInside(x, y + 1.05f, 0.8f, 0.5f)) {
      return 200 - (int) (50 * side); // skin
    } else if (isInside(x, y + 0.2f, 0.85f, 0.95f)) {
      return 40; // hair
    }
    return 140;
  }

  private static boolean isInside(float x, float y, float radiusX, float radiusY) {
    return x * x / (radiusX * radiusX) + y * y / (radiusY * radiusY) <= 1;
  }

  /** Returns a face in the middle, with the keypoints that a classifier wants. */
  static Face face(Frame frame, CropRule rule) {
    float side = Math.min(frame.width(), frame.height()) / 2f;
    float left = (frame.width() - side) / 2;
    float top = (frame.height() - side) / 2;
    List<String> names = new ArrayList<>();
    float[] points = new float[2 * rule.template().size()];
    for (Map.Entry<String, Point> keypoint : rule.template().entrySet()) {
      points[2 * names.size()] = left + keypoint.getValue().x() * side;
      points[2 * names.size() + 1] = top + keypoint.getValue().y() * side;
      names.add(keypoint.getKey());
    }
    return new Face(
        new BoundingBox(left, top, side, side), 1, Landmarks.of(new LandmarkLayout(names), points));
  }

  /** Runs the work some times, and not again once that took long enough. */
  static void run(LongSupplier nanoClock, Runnable work) {
    long start = nanoClock.getAsLong();
    for (int i = 0; i < RUNS && nanoClock.getAsLong() - start < ENOUGH_NANOS; i++) {
      work.run();
    }
  }
}
