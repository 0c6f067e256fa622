package org.fer4j.image;

import java.nio.ByteBuffer;
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

  /** Enough for crops of faces: every pixel is heard up to a reduction to an eighth. */
  private static final int DEFAULT_MAX_TAPS = 4;

  /** Sums of 16 x 16 bytes still fit into 16 bits. */
  private static final int LARGEST_MAX_TAPS = 16;

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
      sampleNearest(grid, taps);
    }
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

  private void sampleNearest(Grid grid, int taps) {
    for (int row = 0; row < spec.size(); row++) {
      clearRow();
      for (int tap = 0; tap < taps; tap++) {
        int gridRow = row * taps + tap;
        int y = (int) (grid.y(gridRow) >> FIXED_BITS);
        if (grid.dy == 0 && source.isFastRow(y)) {
          addUprightRow(grid, y, taps);
        } else {
          addRow(grid, gridRow, taps);
        }
      }
      storeRow(row, 1f / (taps * taps));
    }
  }

  private void clearRow() {
    Arrays.fill(evenLanes, 0);
    Arrays.fill(oddLanes, 0);
    Arrays.fill(insides, 0);
  }

  private void addRow(Grid grid, int gridRow, int taps) {
    long x = grid.x(gridRow);
    long y = grid.y(gridRow);
    for (int column = 0; column < insides.length; column++) {
      int even = 0;
      int odd = 0;
      int inside = 0;
      for (int tap = 0; tap < taps; tap++) {
        int pixelX = (int) (x >> FIXED_BITS);
        int pixelY = (int) (y >> FIXED_BITS);
        boolean contained = source.contains(pixelX, pixelY);
        if (contained || replicate) {
          int pixel = contained ? source.load(pixelX, pixelY) : source.loadNearest(pixelX, pixelY);
          even += pixel & 0xff00ff;
          odd += (pixel >>> 8) & 0xff00ff;
          inside++;
        }
        x += grid.dx;
        y += grid.dy;
      }
      add(column, even, odd, inside);
    }
  }

  /** Adds a row of packed pixels: the letterbox of a live frame, the hottest loop there is. */
  private void addUprightRow(Grid grid, int y, int taps) {
    ByteBuffer bytes = source.bytes();
    int rowAt = source.index(0, y);
    int step = source.step();
    int lastX = source.width - 1;
    long x = grid.x(0);
    for (int column = 0; column < insides.length; column++) {
      int even = 0;
      int odd = 0;
      int inside = 0;
      for (int tap = 0; tap < taps; tap++, x += grid.dx) {
        int pixelX = (int) (x >> FIXED_BITS);
        int nearest = Math.max(0, Math.min(lastX, pixelX));
        if (replicate || nearest == pixelX) {
          int pixel = bytes.getInt(rowAt + nearest * step);
          even += pixel & 0xff00ff;
          odd += (pixel >>> 8) & 0xff00ff;
          inside++;
        }
      }
      add(column, even, odd, inside);
    }
  }

  private void add(int column, int even, int odd, int inside) {
    evenLanes[column] += (even & 0xffffL) | ((long) (even >>> 16) << 32);
    oddLanes[column] += (odd & 0xffffL) | ((long) (odd >>> 16) << 32);
    insides[column] += inside;
  }

  private void sampleInterpolated(Grid grid) {
    // Pixel centres become integers, so that the rest is the weight of the next pixel, which is
    // rounded to 256ths.
    long half = (1L << (FIXED_BITS - 1)) - (1L << (FIXED_BITS - 9));
    for (int row = 0; row < spec.size(); row++) {
      clearRow();
      long x = grid.x(row) - half;
      long y = grid.y(row) - half;
      for (int column = 0; column < insides.length; column++) {
        interpolate(x, y, column);
        x += grid.dx;
        y += grid.dy;
      }
      storeRow(row, 1f / (256 * 256));
    }
  }

  /** Adds the four pixels around a point, weighted by 65536ths. */
  private void interpolate(long x, long y, int column) {
    int left = (int) (x >> FIXED_BITS);
    int top = (int) (y >> FIXED_BITS);
    int right = (int) (x >> (FIXED_BITS - 8)) & 0xff;
    int below = (int) (y >> (FIXED_BITS - 8)) & 0xff;
    addWeighted(left, top, (256 - right) * (256 - below), column);
    addWeighted(left + 1, top, right * (256 - below), column);
    addWeighted(left, top + 1, (256 - right) * below, column);
    addWeighted(left + 1, top + 1, right * below, column);
  }

  private void addWeighted(int x, int y, int weight, int column) {
    boolean contained = source.contains(x, y);
    if (contained || replicate) {
      int pixel = contained ? source.load(x, y) : source.loadNearest(x, y);
      evenLanes[column] += spread(pixel) * weight;
      oddLanes[column] += spread(pixel >>> 8) * weight;
      insides[column] += weight;
    }
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
    for (int channel = 0; channel < channels; channel++) {
      int at = row * spec.size() * pixelStep + channel * channelStep;
      int lane = source.onlyLane(channel);
      if (lane >= 0) {
        storeLane(lane, source.matrix[channel][lane] * share, black[channel], at);
      } else {
        storeMixed(source.matrix[channel], share, black[channel], white[channel], at);
      }
    }
  }

  private void storeLane(int lane, float weight, float constant, int begin) {
    long[] sums = (lane & 1) == 0 ? evenLanes : oddLanes;
    int shift = (lane >> 1) * 32;
    int at = begin;
    for (int column = 0; column < sums.length; column++) {
      tensor[at] = (int) (sums[column] >>> shift) * weight + constant;
      at += pixelStep;
    }
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
          lane0 * (int) even
              + lane1 * (int) odd
              + lane2 * (int) (even >>> 32)
              + lane3 * (int) (odd >>> 32)
              + offset * insides[column]
              + low;
      // There are colours that Y, U and V can tell but R, G and B cannot.
      tensor[at] = Math.max(low, Math.min(high, value));
      at += pixelStep;
    }
  }
}
