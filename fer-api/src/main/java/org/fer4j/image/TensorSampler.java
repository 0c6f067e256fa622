package org.fer4j.image;

import java.nio.FloatBuffer;
import java.util.Arrays;
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
   * taken apart: lanes 0 and 2 in one number, 1 and 3 in another, so that each has room to grow.
   * Colour conversion and normalisation are linear, so they are done once on the mean.
   */

  /** Enough for crops of faces: every pixel is heard up to a reduction to a third. */
  private static final int DEFAULT_MAX_TAPS = 3;

  /** Sums of 16 x 16 bytes still fit into 16 bits. */
  private static final int LARGEST_MAX_TAPS = 16;

  /** What the weights of four pixels sum up to: sums of bytes stay below 2^23. */
  private static final int INTERPOLATION_ONE = 1 << 15;

  private static final int FIXED_BITS = 16;
  private static final double FIXED_ONE = 1 << FIXED_BITS;

  private final InputSpec spec;
  private final int maxTaps;
  private final boolean replicate;
  private final float[] tensor;
  private final int channels;
  private final int channelStep;
  private final int pixelStep;
  private final PixelSource source = new PixelSource();
  private final float[] gain;
  private final float[] black;
  private final float[] white;

  /** Sums of lanes 0 and 2, and of 1 and 3, of each column: 32 bits for each. */
  private final long[] evenLanes;

  private final long[] oddLanes;

  /** How many samples of each column lie in the frame, in the same unit as the sums. */
  private final int[] insides;

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
    this.maxTaps = maxTaps;
    this.replicate = spec.border() == InputSpec.Border.REPLICATE;
    this.tensor = new float[spec.length()];
    this.channels = spec.color().channels();
    this.gain = new float[channels];
    this.black = new float[channels];
    this.white = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      float mean = spec.mean().get(channel);
      float std = spec.std().get(channel);
      gain[channel] = 1 / std;
      black[channel] = -mean / std;
      white[channel] = (255 - mean) / std;
    }
    boolean planar = spec.layout() == InputSpec.Layout.NCHW;
    this.channelStep = planar ? spec.size() * spec.size() : 1;
    this.pixelStep = planar ? 1 : channels;
    this.evenLanes = new long[spec.size()];
    this.oddLanes = new long[spec.size()];
    this.insides = new int[spec.size()];
    this.columns = new int[2 * spec.size()];
  }

  /**
   * Reads a square of a frame.
   *
   * @param target takes {@link InputSpec#length()} floats
   * @param index of the first float in the target; its position is not changed
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public void sample(Frame frame, RotatedSquare square, FloatBuffer target, int index) {
    Objects.checkFromIndexSize(index, tensor.length, target.limit());
    source.bind(frame, spec.color());
    foldNormalisation();
    float scale = square.size() / spec.size();
    int taps = scale < 2 ? 1 : Math.min(maxTaps, (int) Math.ceil(scale));
    Grid grid = new Grid(square, spec.size() * taps);
    if (scale < 2) {
      sampleInterpolated(grid);
    } else {
      sampleNearest(grid, square, taps);
    }
    source.release();
    target.put(index, tensor);
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

  /** Where samples lie in the frame, as fixed-point numbers: a grid, turned with the square. */
  private static final class Grid {

    private final long dx;
    private final long dy;
    private final double stepX;
    private final double stepY;
    private final double firstX;
    private final double firstY;

    Grid(RotatedSquare square, int count) {
      double angle = Math.toRadians(square.rotationDegrees());
      double step = (double) square.size() / count;
      stepX = Math.cos(angle) * step;
      stepY = Math.sin(angle) * step;
      dx = Math.round(stepX * FIXED_ONE);
      dy = Math.round(stepY * FIXED_ONE);
      double half = (count - 1) / 2.0;
      firstX = square.centerX() - half * stepX + half * stepY;
      firstY = square.centerY() - half * stepY - half * stepX;
    }

    long x(int row) {
      return Math.round((firstX - row * stepY) * FIXED_ONE);
    }

    long y(int row) {
      return Math.round((firstY + row * stepX) * FIXED_ONE);
    }
  }

  private void sampleNearest(Grid grid, RotatedSquare square, int taps) {
    float share = 1f / (taps * taps);
    boolean letterbox = grid.dy == 0 && taps == 2;
    if (letterbox) {
      fillColumns(grid);
    }
    boolean inside = source.isPackedArray() && source.contains(square);
    for (int row = 0; row < spec.size(); row++) {
      if (letterbox && isPackedRow(grid, 2 * row)) {
        addUprightPairs(grid, 2 * row);
      } else if (letterbox && isBorderRow(grid, 2 * row)) {
        clearRow();
      } else if (inside) {
        addInsideRow(grid, row * taps, taps);
      } else {
        addRow(grid, row * taps, taps);
      }
      storeRow(row, share);
    }
  }

  /** Finds where the samples of an upright square lie in a row of the frame; -1 for outside. */
  private void fillColumns(Grid grid) {
    int lastX = source.width - 1;
    long x = grid.x(0);
    for (int i = 0; i < columns.length; i++, x += grid.dx) {
      int pixelX = (int) (x >> FIXED_BITS);
      int nearest = Math.max(0, Math.min(lastX, pixelX));
      columns[i] = replicate || nearest == pixelX ? nearest * source.step() : -1;
    }
  }

  private boolean isPackedRow(Grid grid, int gridRow) {
    return source.isPackedArray()
        && source.isPackedRow((int) (grid.y(gridRow) >> FIXED_BITS))
        && source.isPackedRow((int) (grid.y(gridRow + 1) >> FIXED_BITS));
  }

  private boolean isBorderRow(Grid grid, int gridRow) {
    return !replicate
        && (Math.max(grid.y(gridRow), grid.y(gridRow + 1)) < 0
            || Math.min(grid.y(gridRow), grid.y(gridRow + 1)) >> FIXED_BITS >= source.height);
  }

  private void clearRow() {
    Arrays.fill(evenLanes, 0);
    Arrays.fill(oddLanes, 0);
    Arrays.fill(insides, 0);
  }

  /** Two taps each way of an upright square: the letterbox of a live frame, the hottest loop. */
  private void addUprightPairs(Grid grid, int gridRow) {
    byte[] bytes = source.array();
    int row0 = source.index(0, (int) (grid.y(gridRow) >> FIXED_BITS));
    int row1 = source.index(0, (int) (grid.y(gridRow + 1) >> FIXED_BITS));
    int[] at = columns;
    for (int column = 0, i = 0; column < insides.length; column++, i += 2) {
      int left = at[i];
      int right = at[i + 1];
      int even = 0;
      int odd = 0;
      int inside = 0;
      if (left >= 0) {
        int upper = PixelSource.intAt(bytes, row0 + left);
        int lower = PixelSource.intAt(bytes, row1 + left);
        even = (upper & 0xff00ff) + (lower & 0xff00ff);
        odd = ((upper >>> 8) & 0xff00ff) + ((lower >>> 8) & 0xff00ff);
        inside = 2;
      }
      if (right >= 0) {
        int upper = PixelSource.intAt(bytes, row0 + right);
        int lower = PixelSource.intAt(bytes, row1 + right);
        even += (upper & 0xff00ff) + (lower & 0xff00ff);
        odd += ((upper >>> 8) & 0xff00ff) + ((lower >>> 8) & 0xff00ff);
        inside += 2;
      }
      put(column, even, odd, inside);
    }
  }

  /** A row of a square that lies inside of the frame: the crop of a face. */
  private void addInsideRow(Grid grid, int gridRow, int taps) {
    byte[] bytes = source.array();
    int origin = source.index(0, 0);
    int stride = source.stride();
    int step = source.step();
    long dx = grid.dx;
    long dy = grid.dy;
    long x = grid.x(gridRow);
    long y = grid.y(gridRow);
    for (int column = 0; column < insides.length; column++) {
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
          even += pixel & 0xff00ff;
          odd += (pixel >>> 8) & 0xff00ff;
          sampleX += dx;
          sampleY += dy;
        }
      }
      put(column, even, odd, taps * taps);
      x += taps * dx;
      y += taps * dy;
    }
  }

  /** Any row of any format. */
  private void addRow(Grid grid, int gridRow, int taps) {
    long x = grid.x(gridRow);
    long y = grid.y(gridRow);
    for (int column = 0; column < insides.length; column++) {
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
            even += pixel & 0xff00ff;
            odd += (pixel >>> 8) & 0xff00ff;
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
    evenLanes[column] = (even & 0xffffL) | ((long) (even >>> 16) << 32);
    oddLanes[column] = (odd & 0xffffL) | ((long) (odd >>> 16) << 32);
    insides[column] = inside;
  }

  private void sampleInterpolated(Grid grid) {
    // Pixel centres become integers, so that the rest is the weight of the next pixel, which is
    // rounded to 256ths.
    long half = (1L << (FIXED_BITS - 1)) - (1L << (FIXED_BITS - 9));
    for (int row = 0; row < spec.size(); row++) {
      long x = grid.x(row) - half;
      long y = grid.y(row) - half;
      for (int column = 0; column < insides.length; column++) {
        interpolate(x, y, column);
        x += grid.dx;
        y += grid.dy;
      }
      storeRow(row, 1f / INTERPOLATION_ONE);
    }
  }

  /** Sums up the four pixels around a point, weighted by 32768ths. */
  private void interpolate(long x, long y, int column) {
    int left = (int) (x >> FIXED_BITS);
    int top = (int) (y >> FIXED_BITS);
    int right = (int) (x >> (FIXED_BITS - 8)) & 0xff;
    int below = (int) (y >> (FIXED_BITS - 8)) & 0xff;
    int weight3 = (right * below) >> 1;
    int weight1 = ((right << 8) >> 1) - weight3;
    int weight2 = ((below << 8) >> 1) - weight3;
    int weight0 = INTERPOLATION_ONE - weight1 - weight2 - weight3;
    if (!replicate && !(source.contains(left, top) && source.contains(left + 1, top + 1))) {
      weight0 = source.contains(left, top) ? weight0 : 0;
      weight1 = source.contains(left + 1, top) ? weight1 : 0;
      weight2 = source.contains(left, top + 1) ? weight2 : 0;
      weight3 = source.contains(left + 1, top + 1) ? weight3 : 0;
    }
    int pixel0 = source.loadNearest(left, top);
    int pixel1 = source.loadNearest(left + 1, top);
    int pixel2 = source.loadNearest(left, top + 1);
    int pixel3 = source.loadNearest(left + 1, top + 1);
    evenLanes[column] =
        spread(pixel0) * weight0
            + spread(pixel1) * weight1
            + spread(pixel2) * weight2
            + spread(pixel3) * weight3;
    oddLanes[column] =
        spread(pixel0 >>> 8) * weight0
            + spread(pixel1 >>> 8) * weight1
            + spread(pixel2 >>> 8) * weight2
            + spread(pixel3 >>> 8) * weight3;
    insides[column] = weight0 + weight1 + weight2 + weight3;
  }

  /** Moves lanes 0 and 2 apart, to bits 0 and 32. */
  private static long spread(int pixel) {
    return (pixel & 0xffL) | ((pixel & 0xff0000L) << 16);
  }

  /**
   * Turns the sums of a row into values of the input.
   *
   * @param share what turns a sum into a mean
   */
  private void storeRow(int row, float share) {
    int at = row * spec.size() * pixelStep;
    int lane0 = source.onlyLane(0);
    if (channels == 3 && lane0 >= 0) {
      storeThreeLanes(lane0, source.onlyLane(1), source.onlyLane(2), share, at);
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      storeMixed(source.matrix[channel], share, black[channel], white[channel], at);
      at += channelStep;
    }
  }

  private void storeThreeLanes(int lane0, int lane1, int lane2, float share, int begin) {
    long[] sums0 = (lane0 & 1) == 0 ? evenLanes : oddLanes;
    long[] sums1 = (lane1 & 1) == 0 ? evenLanes : oddLanes;
    long[] sums2 = (lane2 & 1) == 0 ? evenLanes : oddLanes;
    int shift0 = (lane0 >> 1) * 32;
    int shift1 = (lane1 >> 1) * 32;
    int shift2 = (lane2 >> 1) * 32;
    float weight0 = source.matrix[0][lane0] * share;
    float weight1 = source.matrix[1][lane1] * share;
    float weight2 = source.matrix[2][lane2] * share;
    float black0 = black[0];
    float black1 = black[1];
    float black2 = black[2];
    int step = pixelStep;
    int plane = channelStep;
    float[] to = tensor;
    for (int column = 0, at = begin; column < sums0.length; column++, at += step) {
      to[at] = toFloat((int) (sums0[column] >>> shift0)) * weight0 + black0;
      to[at + plane] = toFloat((int) (sums1[column] >>> shift1)) * weight1 + black1;
      to[at + 2 * plane] = toFloat((int) (sums2[column] >>> shift2)) * weight2 + black2;
    }
  }

  /**
   * Converts an integer below 2^23 by way of the bits of 2^23 + sum. The conversion instruction
   * that Java 17 emits on x86 waits for the one before it, which made this loop twice as slow.
   */
  private static float toFloat(int sum) {
    return Float.intBitsToFloat(0x4b000000 | sum) - 0x1p23f;
  }

  private void storeMixed(float[] weights, float share, float low, float high, int begin) {
    float lane0 = weights[0] * share;
    float lane1 = weights[1] * share;
    float lane2 = weights[2] * share;
    float lane3 = weights[3] * share;
    float offset = weights[4] * share;
    int at = begin;
    for (int column = 0; column < insides.length; column++) {
      long even = evenLanes[column];
      long odd = oddLanes[column];
      float value =
          lane0 * toFloat((int) even)
              + lane1 * toFloat((int) odd)
              + lane2 * toFloat((int) (even >>> 32))
              + lane3 * toFloat((int) (odd >>> 32))
              + offset * insides[column]
              + low;
      // There are colours that Y, U and V can tell but R, G and B cannot.
      tensor[at] = Math.max(low, Math.min(high, value));
      at += pixelStep;
    }
  }
}
