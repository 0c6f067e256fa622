package org.fer4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.RotatedSquare;
import org.fer4j.contract.Picture;
import org.fer4j.contract.Picture.Memory;
import org.fer4j.model.InputSpec;
import org.fer4j.model.InputSpec.Border;
import org.fer4j.model.InputSpec.Color;
import org.fer4j.model.InputSpec.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle reads single pixels, converts each to colour and interpolates or averages them, all in
 * double precision. All tolerances are in pixel values, of which there are 256.
 */
class TensorSamplerTest {

  private static final long SEED = 29;

  /**
   * Interpolation of independent pixels. Positions count in 256ths of a pixel, rounded down, and
   * two neighbours can be 255 values apart to the right and down.
   */
  private static final double BILINEAR_TOLERANCE = 2;

  /** The mean of these differences over one input. */
  private static final double MEAN_BILINEAR_TOLERANCE = 0.25;

  /** Means of whole pixels: only the sum is rounded. */
  private static final double BOX_TOLERANCE = 1e-3;

  /**
   * The mean over an area by the nearest pixels of a few samples. Such a pixel lies off by half a
   * pixel at most, over which the waves rise by 2.6 values; in the mean some of that cancels out.
   */
  private static final double AREA_TOLERANCE = 2;

  /** The same if colour stands for 2x2 pixels. */
  private static final double PLANAR_AREA_TOLERANCE = 3.5;

  private static InputSpec spec(int size, Color color, Border border) {
    return spec(size, Layout.NCHW, color, 0, 1, border);
  }

  private static InputSpec spec(
      int size, Layout layout, Color color, float mean, float std, Border border) {
    return new InputSpec(
        "x",
        layout,
        size,
        color,
        Collections.nCopies(color.channels(), mean),
        Collections.nCopies(color.channels(), std),
        border);
  }

  private static float[] sample(InputSpec spec, Frame frame, RotatedSquare square) {
    return sample(new TensorSampler(spec), spec, frame, square);
  }

  private static float[] sample(
      TensorSampler sampler, InputSpec spec, Frame frame, RotatedSquare square) {
    float[] tensor = new float[spec.length()];
    sampler.sample(frame, square, FloatBuffer.wrap(tensor), 0);
    return tensor;
  }

  /** The slow way from a frame to a tensor in the layout NCHW. */
  private record Oracle(Frame frame, Color color, Border border) {

    /** Interpolates at every centre of the tensor's pixels. */
    double[] bilinear(RotatedSquare square, int size) {
      return means(square, size, 1, true);
    }

    /** Averages so many samples that their number no longer matters. */
    double[] area(RotatedSquare square, int size) {
      return means(square, size, 24, false);
    }

    private double[] means(RotatedSquare square, int size, int taps, boolean interpolated) {
      double[] tensor = new double[color.channels() * size * size];
      double angle = Math.toRadians(square.rotationDegrees());
      for (int row = 0; row < size * taps; row++) {
        for (int column = 0; column < size * taps; column++) {
          double right = ((column + 0.5) / (size * taps) - 0.5) * square.size();
          double down = ((row + 0.5) / (size * taps) - 0.5) * square.size();
          double x = square.centerX() + right * Math.cos(angle) - down * Math.sin(angle);
          double y = square.centerY() + right * Math.sin(angle) + down * Math.cos(angle);
          double[] value =
              interpolated ? between(x, y) : at((int) Math.floor(x), (int) Math.floor(y));
          for (int c = 0; c < value.length; c++) {
            int at = (c * size + row / taps) * size + column / taps;
            tensor[at] += value[c] / (taps * taps);
          }
        }
      }
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = Math.max(0, Math.min(255, tensor[i]));
      }
      return tensor;
    }

    private double[] between(double x, double y) {
      int left = (int) Math.floor(x - 0.5);
      int top = (int) Math.floor(y - 0.5);
      double right = x - 0.5 - left;
      double below = y - 0.5 - top;
      double[] sum = new double[color.channels()];
      for (int i = 0; i < 4; i++) {
        double weight = (i % 2 == 0 ? 1 - right : right) * (i < 2 ? 1 - below : below);
        double[] value = at(left + i % 2, top + i / 2);
        for (int c = 0; c < sum.length; c++) {
          sum[c] += weight * value[c];
        }
      }
      return sum;
    }

    private double[] at(int x, int y) {
      int insideX = Math.max(0, Math.min(frame.width() - 1, x));
      int insideY = Math.max(0, Math.min(frame.height() - 1, y));
      if (border == Border.ZERO && (insideX != x || insideY != y)) {
        return new double[color.channels()];
      }
      double[] rgb = rgb(insideX, insideY);
      return switch (color) {
        case GRAY ->
            new double[] {
              frame.format().isPlanar()
                  ? unsigned(frame.offset() + insideY * frame.strideBytes() + insideX)
                  : 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
            };
        case RGB -> rgb;
        case BGR -> new double[] {rgb[2], rgb[1], rgb[0]};
      };
    }

    private double[] rgb(int x, int y) {
      int bytes = frame.format().bytesPerPixel();
      int at = frame.offset() + y * frame.strideBytes() + x * bytes;
      return switch (frame.format()) {
        case GRAY8 -> triple(at, at, at);
        case RGB, RGBA -> triple(at, at + 1, at + 2);
        case BGR, BGRA -> triple(at + 2, at + 1, at);
        case ABGR -> triple(at + 3, at + 2, at + 1);
        case NV21, I420 -> {
          int shift = y / 2 * frame.chromaStrideBytes() + x / 2 * frame.chromaBytesPerPixel();
          double u = unsigned(frame.offsetU() + shift) - 128;
          double v = unsigned(frame.offsetV() + shift) - 128;
          double luma = unsigned(at);
          yield new double[] {
            luma + 1.402 * v, luma - 0.344136 * u - 0.714136 * v, luma + 1.772 * u
          };
        }
      };
    }

    private double[] triple(int red, int green, int blue) {
      return new double[] {unsigned(red), unsigned(green), unsigned(blue)};
    }

    private double unsigned(int index) {
      return frame.pixels().get(index) & 0xff;
    }
  }

  private static void assertTensor(double[] expected, float[] found, double tolerance, Object at) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], tolerance, "value " + i + " of " + at);
    }
  }

  private static double meanDistance(double[] expected, float[] found) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(expected[i] - found[i]);
    }
    return sum / expected.length;
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void turnedAndScaledSquaresOfEveryFormat(PixelFormat format) {
    sweepBilinear(format, random -> random.nextFloat() * 720 - 360);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void uprightEnlargementsOfEveryFormat(PixelFormat format) {
    sweepBilinear(format, random -> 0);
  }

  @FunctionalInterface
  private interface Rotation {
    float of(Random random);
  }

  /** Frames of any parity, squares inside, across and beyond their edges, both borders. */
  private static void sweepBilinear(PixelFormat format, Rotation rotation) {
    Random random = new Random(SEED);
    int size = 12;
    for (int i = 0; i < 120; i++) {
      Picture picture = Picture.noise(1 + random.nextInt(40), 1 + random.nextInt(40), i);
      int padding = 2 * random.nextInt(4);
      Memory memory = Memory.values()[random.nextInt(4)];
      Frame frame = picture.frame(format, memory, padding);
      RotatedSquare square =
          new RotatedSquare(
              random.nextFloat() * 60 - 10,
              random.nextFloat() * 60 - 10,
              0.5f + random.nextFloat() * 23,
              rotation.of(random));
      Color color = Color.values()[i % 3];
      Border border = Border.values()[i / 3 % 2];
      InputSpec spec = spec(size, color, border);
      double[] expected = new Oracle(frame, color, border).bilinear(square, size);
      float[] found = sample(spec, frame, square);
      String at = frame + " " + square + " " + spec;
      assertTensor(expected, found, BILINEAR_TOLERANCE, at);
      assertEquals(0, meanDistance(expected, found), MEAN_BILINEAR_TOLERANCE, at);
    }
  }

  /** More taps come closer to the mean of the area, and one tap is the nearest pixel. */
  @Test
  void tapsTradeSmoothnessForSpeed() {
    Frame frame = Picture.noise(96, 96, SEED).frame(PixelFormat.RGB);
    RotatedSquare whole = RotatedSquare.around(frame);
    InputSpec spec = spec(12, Color.RGB, Border.ZERO);
    double[] area = new Oracle(frame, Color.RGB, Border.ZERO).area(whole, 12);
    double before = Double.MAX_VALUE;
    for (int taps : new int[] {1, 2, 4, 8}) {
      double distance =
          meanDistance(area, sample(new TensorSampler(spec, taps), spec, frame, whole));
      assertTrue(distance < before, taps + " taps are off by " + distance);
      before = distance;
    }
    // Eight pixels each way: all of them.
    assertEquals(0, before, BOX_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 17})
  void tapsOutOfRangeAreNamed(int taps) {
    InputSpec spec = spec(12, Color.RGB, Border.ZERO);
    assertEquals(
        "expected 1 to 16 taps, found " + taps,
        assertThrows(IllegalArgumentException.class, () -> new TensorSampler(spec, taps))
            .getMessage());
  }

  /** Sums of the most and lightest pixels have room. */
  @Test
  void manyLightPixelsDoNotOverflow() {
    InputSpec spec = spec(3, Color.RGB, Border.ZERO);
    for (PixelFormat format : PixelFormat.values()) {
      Frame frame = Picture.filled(200, 200, 0xffffff).frame(format);
      for (float rotation : new float[] {0, 90, 12}) {
        RotatedSquare square = new RotatedSquare(100, 100, 100, rotation);
        for (float value : sample(new TensorSampler(spec, 16), spec, frame, square)) {
          assertEquals(255, value, 1e-3, format::toString);
        }
      }
    }
  }

  /** Every pixel counts once. */
  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void halvesAndThirdsAreMeansOfWholePixels(PixelFormat format) {
    Frame frame = Picture.noise(61, 53, SEED).frame(format, Memory.DIRECT, 2);
    int size = 9;
    for (int scale = 2; scale <= 3; scale++) {
      for (int corner = -20; corner <= 50; corner += 10) {
        float half = scale * size / 2f;
        RotatedSquare square = new RotatedSquare(corner + half, corner - 4 + half, scale * size, 0);
        for (Color color : Color.values()) {
          for (Border border : Border.values()) {
            assertTensor(
                new Oracle(frame, color, border).area(square, size),
                sample(spec(size, color, border), frame, square),
                BOX_TOLERANCE,
                frame + " " + square + " " + color + " " + border);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void uprightReductionsAreMeansOfAreas(PixelFormat format) {
    sweepAreas(format, random -> 0);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void turnedReductionsAreMeansOfAreas(PixelFormat format) {
    sweepAreas(format, random -> random.nextFloat() * 720 - 360);
  }

  private static void sweepAreas(PixelFormat format, Rotation rotation) {
    Random random = new Random(SEED);
    Frame frame = Picture.waves(260, 240).frame(format);
    int size = 8;
    for (int i = 0; i < 12; i++) {
      RotatedSquare square =
          new RotatedSquare(
              120 + random.nextFloat() * 20,
              110 + random.nextFloat() * 20,
              2.01f * size + random.nextFloat() * 120,
              rotation.of(random));
      Color color = Color.values()[i % 3];
      assertTensor(
          new Oracle(frame, color, Border.ZERO).area(square, size),
          sample(spec(size, color, Border.ZERO), frame, square),
          format.isPlanar() ? PLANAR_AREA_TOLERANCE : AREA_TOLERANCE,
          frame + " " + square + " " + color);
    }
  }

  /** One value for one pixel: a crop that already has the network's size. */
  @ParameterizedTest
  @CsvSource({"0, 1", "127, 128", "128, 64", "0.5, 0.25"})
  void cropsOfTheNetworksSizeAreBitExact(float mean, float std) {
    Picture picture = Picture.noise(48, 48, SEED).gray();
    InputSpec spec = spec(48, Layout.NCHW, Color.GRAY, mean, std, Border.ZERO);
    Frame frame = picture.frame(PixelFormat.GRAY8);
    float[] found = sample(spec, frame, RotatedSquare.around(frame));
    for (int i = 0; i < found.length; i++) {
      // Adding 0 makes -0 a 0.
      assertEquals((picture.component(i % 48, i / 48, 0) - mean) / std + 0, found[i]);
    }
  }

  /** The sampler multiplies by the rounded inverse of std, unless it is a power of two. */
  @ParameterizedTest
  @CsvSource({"127.5, 127.5", "123.675, 58.395", "129.4, 64.9"})
  void cropsOfTheNetworksSizeAreExactButForRounding(float mean, float std) {
    Picture picture = Picture.noise(48, 48, SEED).gray();
    InputSpec spec = spec(48, Layout.NCHW, Color.GRAY, mean, std, Border.ZERO);
    Frame frame = picture.frame(PixelFormat.GRAY8);
    float[] found = sample(spec, frame, RotatedSquare.around(frame));
    for (int i = 0; i < found.length; i++) {
      double expected = ((double) picture.component(i % 48, i / 48, 0) - mean) / std;
      assertEquals(expected, found[i], 4 * Math.ulp(255 / std));
    }
  }

  @Test
  void quarterTurnsMoveWholePixels() {
    Picture picture = Picture.noise(20, 20, SEED);
    InputSpec spec = spec(20, Color.RGB, Border.ZERO);
    Frame upright = picture.frame(PixelFormat.RGB);
    float[] expected = sample(spec, upright, RotatedSquare.around(upright));
    for (int rotation = 90; rotation <= 270; rotation += 90) {
      // Stored so that a further turn makes it upright.
      Frame stored =
          picture
              .turnedClockwise(360 - rotation)
              .frame(PixelFormat.RGB)
              .withRotationDegrees(rotation);
      float[] found = sample(spec, stored, RotatedSquare.around(stored));
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], BILINEAR_TOLERANCE, rotation + " degrees, value " + i);
      }
    }
  }

  @Test
  void layoutsHoldTheSameValues() {
    Frame frame = Picture.noise(30, 30, SEED).frame(PixelFormat.BGRA);
    RotatedSquare square = new RotatedSquare(14, 15, 26, 33);
    float[] planes = sample(spec(10, Color.RGB, Border.REPLICATE), frame, square);
    float[] pixels =
        sample(spec(10, Layout.NHWC, Color.RGB, 0, 1, Border.REPLICATE), frame, square);
    float[] swapped = sample(spec(10, Color.BGR, Border.REPLICATE), frame, square);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 100; i++) {
        assertEquals(planes[c * 100 + i], pixels[i * 3 + c]);
        assertEquals(planes[c * 100 + i], swapped[(2 - c) * 100 + i]);
      }
    }
  }

  @Test
  void eachChannelHasItsOwnMeanAndStd() {
    InputSpec spec =
        new InputSpec(
            "x",
            Layout.NHWC,
            1,
            Color.RGB,
            List.of(10f, 20f, 30f),
            List.of(1f, 2f, 4f),
            Border.ZERO);
    Frame frame = Picture.filled(1, 1, 0x28323c).frame(PixelFormat.RGB);
    assertArrayEquals(new float[] {30, 15, 7.5f}, sample(spec, frame, RotatedSquare.around(frame)));
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void beyondTheFrameIsBlackOrTheNearestPixel(PixelFormat format) {
    Frame frame = Picture.filled(8, 8, 0xc8c8c8).frame(format);
    for (float rotation : new float[] {0, 30}) {
      for (float size : new float[] {4, 40, 400}) {
        RotatedSquare far = new RotatedSquare(-2000, 3000, size, rotation);
        assertTensor(
            new double[3 * 4 * 4], sample(spec(4, Color.RGB, Border.ZERO), frame, far), 0, far);
        double[] light = new double[3 * 4 * 4];
        Arrays.fill(light, 200);
        assertTensor(light, sample(spec(4, Color.RGB, Border.REPLICATE), frame, far), 0.001, far);
      }
    }
  }

  /** Crops that reach over the frame's last pixel, whose memory ends with it, and far beyond. */
  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"BGR", "RGBA", "ABGR"})
  void cropsOverTheEndOfTheFramesMemoryAreRead(PixelFormat format) {
    int side = 65;
    byte[] pixels = new byte[side * side * format.bytesPerPixel()];
    Arrays.fill(pixels, (byte) 200);
    Frame frame = Frame.of(pixels, format, side, side);
    InputSpec spec = spec(16, Color.RGB, Border.REPLICATE);
    for (float center : new float[] {-40, 0, side / 2f, side, side + 40, 1e9f, -1e9f}) {
      for (float rotation : new float[] {0, 30}) {
        RotatedSquare square = new RotatedSquare(center, center, 16 * 2.5f, rotation);
        for (float value : sample(spec, frame, square)) {
          assertEquals(200, value, 1e-3, square.toString());
        }
      }
    }
  }

  /** The black border is normalised like a black pixel. */
  @Test
  void blackBorderIsNormalised() {
    Frame frame = Picture.filled(8, 8, 0xffffff).frame(PixelFormat.NV21);
    InputSpec spec = spec(4, Layout.NHWC, Color.RGB, 127.5f, 127.5f, Border.ZERO);
    for (float value : sample(spec, frame, new RotatedSquare(100, 100, 8, 0))) {
      assertEquals(-1, value, 1e-6);
    }
  }

  /** A box from a caller can be absurd; the work must follow the frame, not the box. */
  @ParameterizedTest
  @ValueSource(floats = {0, 45})
  void hugeSquaresTakeBoundedWork(float rotation) {
    Frame frame = Picture.filled(8, 8, 0xffffff).frame(PixelFormat.RGB);
    RotatedSquare huge = new RotatedSquare(4, 4, 1e8f, rotation);
    for (float value : sample(spec(48, Color.RGB, Border.ZERO), frame, huge)) {
      assertEquals(0, value, 1e-3);
    }
    for (float value : sample(spec(48, Color.RGB, Border.REPLICATE), frame, huge)) {
      assertEquals(255, value, 1e-3);
    }
  }

  @Test
  void scratchMemoryKeepsNothing() {
    InputSpec spec = spec(16, Color.RGB, Border.ZERO);
    TensorSampler used = new TensorSampler(spec);
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      PixelFormat format = PixelFormat.values()[random.nextInt(8)];
      Frame frame = Picture.noise(1 + random.nextInt(99), 1 + random.nextInt(99), i).frame(format);
      RotatedSquare square =
          new RotatedSquare(
              random.nextFloat() * 100,
              random.nextFloat() * 100,
              1 + random.nextFloat() * 150,
              random.nextBoolean() ? 0 : random.nextFloat() * 90);
      assertArrayEquals(sample(spec, frame, square), sample(used, spec, frame, square));
    }
  }

  /** A view reads what the same pixels give as a frame of their own. */
  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void viewsSeeOnlyTheirPart(PixelFormat format) {
    Picture picture = Picture.noise(50, 40, SEED);
    Frame view = picture.frame(format, Memory.DIRECT, 4).view(10, 6, 32, 30);
    Frame alone = picture.part(10, 6, 32, 30).frame(format);
    for (float size : new float[] {20, 40, 90}) {
      RotatedSquare square = new RotatedSquare(16, 15, size, 0);
      for (Border border : Border.values()) {
        InputSpec spec = spec(16, Color.BGR, border);
        assertArrayEquals(sample(spec, alone, square), sample(spec, view, square));
      }
    }
  }

  @Test
  void tensorsAreWrittenAtTheirIndex() {
    InputSpec spec = spec(2, Color.GRAY, Border.ZERO);
    Frame frame = Frame.of(new byte[] {1, 2, 3, 4}, PixelFormat.GRAY8, 2, 2);
    FloatBuffer target = ByteBuffer.allocateDirect(40).asFloatBuffer();
    target.put(2, 7).put(7, 8).position(5);
    new TensorSampler(spec).sample(frame, RotatedSquare.around(frame), target, 3);
    assertEquals(5, target.position());
    float[] found = new float[10];
    target.get(0, found);
    assertArrayEquals(new float[] {0, 0, 7, 1, 2, 3, 4, 8, 0, 0}, found);
  }

  @Test
  void targetsThatAreTooShortAreRefused() {
    InputSpec spec = spec(2, Color.GRAY, Border.ZERO);
    Frame frame = Frame.of(new byte[4], PixelFormat.GRAY8, 2, 2);
    FloatBuffer target = FloatBuffer.allocate(8).limit(6);
    IntConsumer at =
        index -> new TensorSampler(spec).sample(frame, RotatedSquare.around(frame), target, index);
    at.accept(2);
    assertThrows(IndexOutOfBoundsException.class, () -> at.accept(3));
    assertThrows(IndexOutOfBoundsException.class, () -> at.accept(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> at.accept(Integer.MAX_VALUE));
  }
}
