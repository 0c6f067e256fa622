package org.fer4j.image;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;
import org.fer4j.model.InputSpec;

/**
 * Reads a {@link RotatedSquare} of a frame as the input of a network: turning, scaling, colour
 * conversion and normalisation in one pass. Every backend and the training read pixels through it,
 * so that a network sees live what it saw in training.
 *
 * <p>Confined: it keeps scratch memory, so one thread may use it at a time.
 */
public final class TensorSampler {

  /*
   * A value of the input is the mean of a grid of samples, spread evenly over the area that it
   * covers in the frame: one interpolated sample while that area is less than two pixels wide, else
   * as many nearest pixels each way as the area is wide, up to a limit.
   *
   * A pixel is read as an int of four lanes of a byte (see PixelSource) and summed up without being
   * taken apart: lanes 0 and 2 in one number, 1 and 3 in another, so that each has room to grow; or,
   * where four are interpolated, all lanes in one long.
   * Colour conversion and normalisation are linear, so they are done once on the sum.
   *
   * It works row by row: sums, values of the input, a copy into the target. What it keeps fits into
   * the first-level cache, and no pixel is worked on that doesn't count. Arrays of packed pixels, and
   * columns whose samples all lie inside of the frame, have loops of their own; a letterbox reads
   * packed pixels in native memory through copies of two rows. Frames of other kinds and the frame's
   * edges take the slow way.
   */

  /** Enough for crops of faces: every pixel is heard up to a reduction to a third. */
  private static final int DEFAULT_MAX_TAPS = 3;

  /** Sums of 16 x 16 bytes still fit into 16 bits. */
  private static final int LARGEST_MAX_TAPS = 16;

  /** What the weights of four pixels sum up to: sums of bytes fit into 16 bits. */
  private static final int INTERPOLATION_ONE = 1 << 8;

  /** Lanes 0 and 2 of a pixel. */
  private static final int EVEN = 0xff00ff;

  private static final int FIXED_BITS = SampleGrid.FIXED_BITS;

  private final InputSpec spec;
  private final int size;
  private final int channels;
  private final int maxTaps;
  private final boolean replicate;
  private final boolean interleaved;
  private final PixelSource source = new PixelSource();
  private final SampleGrid grid = new SampleGrid();
  private final float[] gain;
  private final float[] black;
  private final float[] white;

  /**
   * For each column of a row, sums of the four lanes, and how many samples lie in the frame, in the
   * same unit.
   */
  private final float[][] sums;

  /** A row of the input, channel after channel. */
  private final float[] planes;

  /** A row of the input as it is laid out; the same array if that is channel after channel. */
  private final float[] values;

  /** A row of black pixels, laid out likewise. */
  private final float[] blackValues;

  /** Where the samples of an upright square lie in a row of the frame; -1 for outside. */
  private final int[] columns;

  /** Creates a sampler for a network's input. */
  public TensorSampler(InputSpec spec) {
    this(spec, DEFAULT_MAX_TAPS);
  }

  /**
   * Creates a sampler that trades smoothness for speed.
   *
   * @param maxTaps the most pixels each way that are averaged for one value, 1 to 16
   * @throws IllegalArgumentException if the number is out of its range
   */
  public TensorSampler(InputSpec spec, int maxTaps) {
    if (maxTaps < 1 || maxTaps > LARGEST_MAX_TAPS) {
      throw new IllegalArgumentException(
          "expected 1 to %d taps, found %d".formatted(LARGEST_MAX_TAPS, maxTaps));
    }
    this.spec = spec;
    this.size = spec.size();
    this.channels = spec.color().channels();
    this.maxTaps = maxTaps;
    this.replicate = spec.border() == InputSpec.Border.REPLICATE;
    this.interleaved = spec.layout() == InputSpec.Layout.NHWC && channels > 1;
    this.gain = new float[channels];
    this.black = new float[channels];
    this.white = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      float mean = spec.mean().get(channel);
      float std = spec.std().get(channel);
      gain[channel] = 1 / std;
      black[channel] = (0 - mean) / std;
      white[channel] = (255 - mean) / std;
    }
    this.sums = new float[5][size];
    this.planes = new float[channels * size];
    this.values = interleaved ? new float[channels * size] : planes;
    this.blackValues = new float[channels * size];
    for (int i = 0; i < blackValues.length; i++) {
      blackValues[i] = black[interleaved ? i % channels : i / size];
    }
    this.columns = new int[2 * size];
  }

  /**
   * Reads a square of a frame.
   *
   * @param target takes {@link InputSpec#length()} floats
   * @param index of the first float in the target; its position is not changed
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public void sample(Frame frame, RotatedSquare square, FloatBuffer target, int index) {
    Objects.checkFromIndexSize(index, spec.length(), target.limit());
    source.bind(frame, spec.color());
    foldNormalisation();
    float scale = square.size() / size;
    if (scale < 2) {
      grid.place(square, size, 1, true, source.fastWidth(), source.fastHeight());
      for (int row = 0; row < size; row++) {
        interpolateRow(row);
        mixRow(1f / INTERPOLATION_ONE);
        copyRow(values, row, target, index);
      }
    } else {
      int taps = Math.min(maxTaps, (int) Math.ceil(scale));
      grid.place(square, size, taps, false, source.fastWidth(), source.fastHeight());
      sampleNearest(taps, target, index);
    }
    source.release();
  }

  /** Makes the matrix of the source give values of the input instead of pixel values. */
  private void foldNormalisation() {
    for (int channel = 0; channel < channels; channel++) {
      float[] row = source.matrix[channel];
      for (int lane = 0; lane < row.length; lane++) {
        row[lane] *= gain[channel];
      }
    }
  }

  private void sampleNearest(int taps, FloatBuffer target, int index) {
    boolean pairs = taps == 2 && channels == 3 && grid.isUpright() && source.isPacked();
    if (pairs) {
      fillColumns();
    } else if (grid.isDense()) {
      source.bringIntoCache(grid);
    }
    for (int row = 0; row < size; row++) {
      float[] from = values;
      if (isBorderRow(row * taps, taps)) {
        from = blackValues;
      } else if (pairs && hasRows(2 * row)) {
        storeUprightPairs(2 * row);
      } else {
        addRow(row * taps, taps);
        mixRow(1f / (taps * taps));
      }
      copyRow(from, row, target, index);
    }
  }

  /** Tells whether all samples of a row of the input lie above or below the frame. */
  private boolean isBorderRow(int sampleRow, int taps) {
    long first = grid.y(sampleRow);
    long last = grid.y(sampleRow + taps - 1);
    return !replicate
        && grid.isUpright()
        && (Math.max(first, last) < 0 || Math.min(first, last) >> FIXED_BITS >= source.height);
  }

  /** Finds where the samples of an upright square lie in a row of the frame. */
  private void fillColumns() {
    int lastX = source.width - 1;
    long x = grid.x(0);
    for (int i = 0; i < columns.length; i++, x += grid.dx) {
      int pixelX = (int) (x >> FIXED_BITS);
      int nearest = Math.max(0, Math.min(lastX, pixelX));
      columns[i] = replicate || nearest == pixelX ? nearest * source.step() : -1;
    }
  }

  private boolean hasRows(int sampleRow) {
    return source.hasRow((int) (grid.y(sampleRow) >> FIXED_BITS))
        && source.hasRow((int) (grid.y(sampleRow + 1) >> FIXED_BITS));
  }

  /**
   * Two taps each way of an upright square in three separate colours: the letterbox of a live
   * frame. This is the hottest loop, so sums become values of the input at once.
   */
  private void storeUprightPairs(int sampleRow) {
    byte[] bytes =
        source.openRows(
            (int) (grid.y(sampleRow) >> FIXED_BITS), (int) (grid.y(sampleRow + 1) >> FIXED_BITS));
    int upper = source.upperStart;
    int lower = source.lowerStart;
    // Green is in lane 1, red and blue are in lanes 0 and 2 or the other way round.
    int first = source.matrix[0][0] != 0 ? 0 : 2;
    int last = 2 - first;
    float weight0 = source.matrix[first][0] / 4;
    float weight1 = source.matrix[1][1] / 4;
    float weight2 = source.matrix[last][2] / 4;
    float black0 = black[first];
    float black1 = black[1];
    float black2 = black[last];
    int step = interleaved ? 3 : 1;
    int plane = interleaved ? 1 : size;
    int at0 = first * plane;
    int at1 = plane;
    int at2 = last * plane;
    int[] from = columns;
    float[] to = values;
    for (int i = 0, at = 0; i < from.length - 1; i += 2, at += step) {
      int left = from[i];
      int right = from[i + 1];
      int even = 0;
      int odd = 0;
      if (left >= 0) {
        int pixel0 = PixelSource.intAt(bytes, upper + left);
        int pixel1 = PixelSource.intAt(bytes, lower + left);
        even = (pixel0 & EVEN) + (pixel1 & EVEN);
        odd = ((pixel0 >>> 8) & 0xff) + ((pixel1 >>> 8) & 0xff);
      }
      if (right >= 0) {
        int pixel0 = PixelSource.intAt(bytes, upper + right);
        int pixel1 = PixelSource.intAt(bytes, lower + right);
        even += (pixel0 & EVEN) + (pixel1 & EVEN);
        odd += ((pixel0 >>> 8) & 0xff) + ((pixel1 >>> 8) & 0xff);
      }
      to[at + at0] = toFloat(even & 0xffff) * weight0 + black0;
      to[at + at1] = toFloat(odd) * weight1 + black1;
      to[at + at2] = toFloat(even >>> 16) * weight2 + black2;
    }
  }

  private void addRow(int sampleRow, int taps) {
    long x = grid.x(sampleRow);
    long y = grid.y(sampleRow);
    int begin = grid.firstInside(x, y, size);
    int end = grid.endInside(x, y, begin, size);
    addAnywhere(x, y, taps, 0, begin);
    if (taps == 3) {
      addInsideThrees(x, y, begin, end);
    } else {
      addInside(x, y, taps, begin, end);
    }
    addAnywhere(x, y, taps, end, size);
  }

  /** The same as {@link #addInside} with three taps: without inner loops it is half as long. */
  private void addInsideThrees(long rowX, long rowY, int begin, int end) {
    byte[] bytes = source.array();
    int origin = source.index(0, 0);
    int stride = source.stride();
    int step = source.step();
    long dx = grid.dx;
    long dy = grid.dy;
    long x = rowX + begin * 3L * dx;
    long y = rowY + begin * 3L * dy;
    for (int column = begin; column < end; column++) {
      int pixel0 = pixelAt(bytes, origin, x, step, y, stride);
      int pixel1 = pixelAt(bytes, origin, x + dx, step, y + dy, stride);
      int pixel2 = pixelAt(bytes, origin, x + 2 * dx, step, y + 2 * dy, stride);
      int pixel3 = pixelAt(bytes, origin, x - dy, step, y + dx, stride);
      int pixel4 = pixelAt(bytes, origin, x + dx - dy, step, y + dy + dx, stride);
      int pixel5 = pixelAt(bytes, origin, x + 2 * dx - dy, step, y + 2 * dy + dx, stride);
      int pixel6 = pixelAt(bytes, origin, x - 2 * dy, step, y + 2 * dx, stride);
      int pixel7 = pixelAt(bytes, origin, x + dx - 2 * dy, step, y + dy + 2 * dx, stride);
      int pixel8 = pixelAt(bytes, origin, x + 2 * dx - 2 * dy, step, y + 2 * dy + 2 * dx, stride);
      int even = 0;
      int odd = 0;
      even += (pixel0 & EVEN) + (pixel1 & EVEN) + (pixel2 & EVEN);
      even += (pixel3 & EVEN) + (pixel4 & EVEN) + (pixel5 & EVEN);
      even += (pixel6 & EVEN) + (pixel7 & EVEN) + (pixel8 & EVEN);
      odd += ((pixel0 >>> 8) & EVEN) + ((pixel1 >>> 8) & EVEN) + ((pixel2 >>> 8) & EVEN);
      odd += ((pixel3 >>> 8) & EVEN) + ((pixel4 >>> 8) & EVEN) + ((pixel5 >>> 8) & EVEN);
      odd += ((pixel6 >>> 8) & EVEN) + ((pixel7 >>> 8) & EVEN) + ((pixel8 >>> 8) & EVEN);
      put(column, even, odd, 9);
      x += 3 * dx;
      y += 3 * dy;
    }
  }

  private static int pixelAt(byte[] bytes, int origin, long x, int step, long y, int stride) {
    return PixelSource.intAt(
        bytes, origin + (int) (y >> FIXED_BITS) * stride + (int) (x >> FIXED_BITS) * step);
  }

  /** Columns of an array of packed pixels whose samples all lie inside of the frame. */
  private void addInside(long rowX, long rowY, int taps, int begin, int end) {
    byte[] bytes = source.array();
    int origin = source.index(0, 0);
    int stride = source.stride();
    int step = source.step();
    long dx = grid.dx;
    long dy = grid.dy;
    long x = rowX + (long) begin * taps * dx;
    long y = rowY + (long) begin * taps * dy;
    for (int column = begin; column < end; column++) {
      int even = 0;
      int odd = 0;
      for (int down = 0; down < taps; down++) {
        long sampleX = x - down * dy;
        long sampleY = y + down * dx;
        for (int across = 0; across < taps; across++) {
          int at =
              origin
                  + (int) (sampleY >> FIXED_BITS) * stride
                  + (int) (sampleX >> FIXED_BITS) * step;
          int pixel = PixelSource.intAt(bytes, at);
          even += pixel & EVEN;
          odd += (pixel >>> 8) & EVEN;
          sampleX += dx;
          sampleY += dy;
        }
      }
      put(column, even, odd, taps * taps);
      x += taps * dx;
      y += taps * dy;
    }
  }

  /** Any columns of any format. */
  private void addAnywhere(long rowX, long rowY, int taps, int begin, int end) {
    long x = rowX + (long) begin * taps * grid.dx;
    long y = rowY + (long) begin * taps * grid.dy;
    for (int column = begin; column < end; column++) {
      int even = 0;
      int odd = 0;
      int inside = 0;
      for (int down = 0; down < taps; down++) {
        long sampleX = x - down * grid.dy;
        long sampleY = y + down * grid.dx;
        for (int across = 0; across < taps; across++) {
          int pixelX = (int) (sampleX >> FIXED_BITS);
          int pixelY = (int) (sampleY >> FIXED_BITS);
          boolean contained = source.contains(pixelX, pixelY);
          if (contained || replicate) {
            int pixel =
                contained ? source.load(pixelX, pixelY) : source.loadNearest(pixelX, pixelY);
            even += pixel & EVEN;
            odd += (pixel >>> 8) & EVEN;
            inside++;
          }
          sampleX += grid.dx;
          sampleY += grid.dy;
        }
      }
      put(column, even, odd, inside);
      x += taps * grid.dx;
      y += taps * grid.dy;
    }
  }

  private void put(int column, int even, int odd, int inside) {
    sums[0][column] = toFloat(even & 0xffff);
    sums[1][column] = toFloat(odd & 0xffff);
    sums[2][column] = toFloat(even >>> 16);
    sums[3][column] = toFloat(odd >>> 16);
    sums[4][column] = toFloat(inside);
  }

  private void interpolateRow(int row) {
    long x = grid.x(row);
    long y = grid.y(row);
    int begin = grid.firstInside(x, y, size);
    int end = grid.endInside(x, y, begin, size);
    interpolateAnywhere(x, y, 0, begin);
    interpolateInside(x, y, begin, end);
    interpolateAnywhere(x, y, end, size);
  }

  /** Columns of an array of packed pixels whose samples all lie inside of the frame. */
  private void interpolateInside(long rowX, long rowY, int begin, int end) {
    byte[] bytes = source.array();
    int origin = source.index(0, 0);
    int stride = source.stride();
    int step = source.step();
    long dx = grid.dx;
    long dy = grid.dy;
    long x = rowX + begin * dx;
    long y = rowY + begin * dy;
    for (int column = begin; column < end; column++) {
      int right = fraction(x);
      int below = fraction(y);
      int weight3 = crossWeight(right, below);
      int at = origin + (int) (y >> FIXED_BITS) * stride + (int) (x >> FIXED_BITS) * step;
      long sum =
          spread(PixelSource.intAt(bytes, at)) * (INTERPOLATION_ONE - right - below + weight3)
              + spread(PixelSource.intAt(bytes, at + step)) * (right - weight3)
              + spread(PixelSource.intAt(bytes, at + stride)) * (below - weight3)
              + spread(PixelSource.intAt(bytes, at + stride + step)) * weight3;
      put(column, sum, INTERPOLATION_ONE);
      x += dx;
      y += dy;
    }
  }

  /** Any columns of any format. */
  private void interpolateAnywhere(long rowX, long rowY, int begin, int end) {
    for (int column = begin; column < end; column++) {
      long x = rowX + column * grid.dx;
      long y = rowY + column * grid.dy;
      int left = (int) (x >> FIXED_BITS);
      int top = (int) (y >> FIXED_BITS);
      int right = fraction(x);
      int below = fraction(y);
      int weight3 = crossWeight(right, below);
      int weight0 = weightAt(left, top, INTERPOLATION_ONE - right - below + weight3);
      int weight1 = weightAt(left + 1, top, right - weight3);
      int weight2 = weightAt(left, top + 1, below - weight3);
      weight3 = weightAt(left + 1, top + 1, weight3);
      long sum =
          spread(source.loadNearest(left, top)) * weight0
              + spread(source.loadNearest(left + 1, top)) * weight1
              + spread(source.loadNearest(left, top + 1)) * weight2
              + spread(source.loadNearest(left + 1, top + 1)) * weight3;
      put(column, sum, weight0 + weight1 + weight2 + weight3);
    }
  }

  /** Returns in 256ths how far a position lies behind the pixel before it. */
  private static int fraction(long position) {
    return (int) (position >> (FIXED_BITS - 8)) & 0xff;
  }

  /**
   * Returns the weight of the pixel to the right and below. As the others follow from it, the four
   * sum up to one, and those of a row or a column are exact.
   */
  private static int crossWeight(int right, int below) {
    return (right * below + INTERPOLATION_ONE / 2) >> 8;
  }

  private int weightAt(int x, int y, int weight) {
    return replicate || source.contains(x, y) ? weight : 0;
  }

  /** Moves the lanes apart, to 16 bits each: 0 and 2, then 1 and 3. */
  private static long spread(int pixel) {
    return (pixel & (long) EVEN) | ((pixel & 0xff00ff00L) << 24);
  }

  /** Keeps a sum of four weighted pixels. */
  private void put(int column, long sum, int inside) {
    sums[0][column] = toFloat((int) sum & 0xffff);
    sums[1][column] = toFloat((int) (sum >>> 32) & 0xffff);
    sums[2][column] = toFloat((int) (sum >>> 16) & 0xffff);
    sums[3][column] = toFloat((int) (sum >>> 48));
    sums[4][column] = toFloat(inside);
  }

  /**
   * Converts an integer below 2^23 by way of the bits of 2^23 + sum. The conversion instruction
   * that Java 17 emits on x86 waits for the one before it, which made this loop twice as slow.
   */
  private static float toFloat(int sum) {
    return Float.intBitsToFloat(0x4b000000 | sum) - 0x1p23f;
  }

  /**
   * Turns the sums of a row into values of the input.
   *
   * @param share what turns a sum into a mean
   */
  private void mixRow(float share) {
    for (int channel = 0; channel < channels; channel++) {
      mix(source.matrix[channel], share, black[channel], white[channel], channel * size);
    }
    if (interleaved) {
      // Only three colours are interleaved; a loop over them would take three times as long.
      for (int column = 0, at = 0; column < size; column++, at += 3) {
        values[at] = planes[column];
        values[at + 1] = planes[size + column];
        values[at + 2] = planes[2 * size + column];
      }
    }
  }

  private void mix(float[] weights, float share, float low, float high, int begin) {
    float weight0 = weights[0] * share;
    float weight1 = weights[1] * share;
    float weight2 = weights[2] * share;
    float weight3 = weights[3] * share;
    float offset = weights[4] * share;
    float[] sum0 = sums[0];
    float[] sum1 = sums[1];
    float[] sum2 = sums[2];
    float[] sum3 = sums[3];
    float[] inside = sums[4];
    float[] to = planes;
    // Without clamping, which takes longer than all of this, the compiler makes vectors of it.
    for (int column = 0; column < sum0.length; column++) {
      to[begin + column] =
          weight0 * sum0[column]
              + weight1 * sum1[column]
              + weight2 * sum2[column]
              + weight3 * sum3[column]
              + offset * inside[column]
              + low;
    }
    if (offset != 0) {
      clamp(to, begin, begin + sum0.length, low, high);
    }
  }

  /** There are colours that Y, U and V can tell but R, G and B cannot. */
  private static void clamp(float[] values, int begin, int end, float low, float high) {
    for (int i = begin; i < end; i++) {
      values[i] = Math.max(low, Math.min(high, values[i]));
    }
  }

  private void copyRow(float[] from, int row, FloatBuffer target, int index) {
    if (interleaved) {
      target.put(index + row * from.length, from);
    } else {
      for (int channel = 0; channel < channels; channel++) {
        target.put(index + (channel * size + row) * size, from, channel * size, size);
      }
    }
  }
}
