package org.fer4j.image;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
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
   * A value of the input is the mean of a grid of taps x taps samples, spread evenly over the area
   * that it covers in the frame. Two ways to take a sample:
   *
   *  - bilinear, one sample for every two pixels each way, so that each pixel is heard: for small
   *    reductions, enlargements and turned squares;
   *  - the nearest pixel, for upright squares that are reduced to half or less: a letterbox of a
   *    whole frame. Columns are computed once and used for all rows.
   *
   * Both sum up the planes of the source as they are stored (luma, or R, G and B, or Y, U and V).
   * Colour conversion and normalisation are linear, so one 3 x 3 matrix with a bias does them on the
   * mean, not on each sample.
   */

  private final InputSpec spec;
  private final float[] tensor;
  private final float[] sums = new float[3];
  private final Source source = new Source();
  private int[] columns = new int[0];
  private final int[] rowSums;

  /** Creates a sampler for a network's input. */
  public TensorSampler(InputSpec spec) {
    this.spec = spec;
    this.tensor = new float[spec.length()];
    this.rowSums = new int[4 * spec.size()];
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
    source.bind(frame, spec);
    float scale = square.size() / spec.size();
    if (square.rotationDegrees() == 0 && scale >= 2) {
      sampleNearest(square, scale);
    } else {
      sampleBilinear(square, scale);
    }
    target.put(index, tensor);
  }

  private void sampleNearest(RotatedSquare square, float scale) {
    int size = spec.size();
    int taps = scale < 3 ? (int) Math.ceil(scale) : Math.max(3, (int) Math.ceil(scale / 2));
    double step = (double) square.size() / (size * taps);
    double left = square.centerX() - square.size() / 2.0 + step / 2;
    double top = square.centerY() - square.size() / 2.0 + step / 2;
    boolean replicate = spec.border() == InputSpec.Border.REPLICATE;
    fillColumns(left, step, size * taps, replicate);
    float share = 1f / (taps * taps);
    for (int row = 0; row < size; row++) {
      Arrays.fill(rowSums, 0);
      for (int tap = 0; tap < taps; tap++) {
        int y = (int) Math.floor(top + (row * taps + tap) * step);
        if (replicate) {
          y = Math.max(0, Math.min(source.height - 1, y));
        }
        if (y >= 0 && y < source.height) {
          source.addRow(y, columns, taps, size, rowSums);
        }
      }
      for (int column = 0; column < size; column++) {
        int at = 4 * column;
        sums[0] = rowSums[at] * share;
        sums[1] = rowSums[at + 1] * share;
        sums[2] = rowSums[at + 2] * share;
        store(row, column, rowSums[at + 3] * share);
      }
    }
  }

  /** Fills in the x of each column's samples; -1 for those beyond a black border. */
  private void fillColumns(double left, double step, int count, boolean replicate) {
    if (columns.length < count) {
      columns = new int[count];
    }
    for (int i = 0; i < count; i++) {
      int x = (int) Math.floor(left + i * step);
      if (replicate) {
        x = Math.max(0, Math.min(source.width - 1, x));
      }
      columns[i] = x < source.width ? Math.max(-1, x) : -1;
    }
  }

  private void sampleBilinear(RotatedSquare square, float scale) {
    int size = spec.size();
    int taps = Math.max(1, (int) Math.ceil(scale / 2));
    double angle = Math.toRadians(square.rotationDegrees());
    double step = (double) square.size() / (size * taps);
    float dx = (float) (Math.cos(angle) * step);
    float dy = (float) (Math.sin(angle) * step);
    // The centre of the first sample, moved by half a pixel: pixel centres become integers.
    double half = (size * taps - 1) / 2.0;
    double firstX = square.centerX() - half * dx + half * dy - 0.5;
    double firstY = square.centerY() - half * dy - half * dx - 0.5;
    boolean replicate = spec.border() == InputSpec.Border.REPLICATE;
    float share = 1f / (taps * taps);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Arrays.fill(sums, 0);
        float inside = 0;
        for (int tapY = 0; tapY < taps; tapY++) {
          int down = row * taps + tapY;
          int across = column * taps;
          float x = (float) (firstX + across * (double) dx - down * (double) dy);
          float y = (float) (firstY + across * (double) dy + down * (double) dx);
          for (int tapX = 0; tapX < taps; tapX++) {
            inside += source.addBilinear(x, y, replicate, sums);
            x += dx;
            y += dy;
          }
        }
        sums[0] *= share;
        sums[1] *= share;
        sums[2] *= share;
        store(row, column, inside * share);
      }
    }
  }

  /** Turns the means of the planes into the channels of one pixel of the input. */
  private void store(int row, int column, float inside) {
    int size = spec.size();
    int channels = source.channels;
    boolean planar = spec.layout() == InputSpec.Layout.NCHW;
    int pixel = row * size + column;
    for (int channel = 0; channel < channels; channel++) {
      float[] weights = source.matrix[channel];
      float value =
          weights[0] * sums[0] + weights[1] * sums[1] + weights[2] * sums[2] + weights[3] * inside;
      value = Math.max(0, Math.min(255, value));
      int at = planar ? channel * size * size + pixel : pixel * channels + channel;
      tensor[at] = value * source.gain[channel] + source.bias[channel];
    }
  }

  /** The planes of one frame, and the matrix that turns them into the channels of the input. */
  private static final class Source {

    private ByteBuffer pixels = ByteBuffer.allocate(0);
    private int width;
    private int height;
    private int channels;
    private int planes;
    private boolean subsampled;
    private final int[] offset = new int[3];
    private final int[] stride = new int[3];
    private final int[] step = new int[3];

    /** For each channel: a weight for each plane, then what is added where the frame is. */
    private final float[][] matrix = new float[3][4];

    private final float[] gain = new float[3];
    private final float[] bias = new float[3];

    void bind(Frame frame, InputSpec spec) {
      pixels = frame.pixels();
      width = frame.width();
      height = frame.height();
      channels = spec.color().channels();
      bindPlanes(frame, spec.color() == InputSpec.Color.GRAY);
      bindMatrix(frame.format(), spec.color());
      for (int channel = 0; channel < channels; channel++) {
        gain[channel] = 1 / spec.std().get(channel);
        bias[channel] = -spec.mean().get(channel) / spec.std().get(channel);
      }
    }

    private void bindPlanes(Frame frame, boolean gray) {
      PixelFormat format = frame.format();
      subsampled = format.isPlanar() && !gray;
      planes = format == PixelFormat.GRAY8 || (format.isPlanar() && gray) ? 1 : 3;
      Arrays.fill(offset, frame.offset());
      Arrays.fill(stride, frame.strideBytes());
      Arrays.fill(step, format.bytesPerPixel());
      switch (format) {
        case GRAY8 -> {}
        case RGB, RGBA -> addOffsets(0, 1, 2);
        case BGR, BGRA -> addOffsets(2, 1, 0);
        case ABGR -> addOffsets(3, 2, 1);
        case NV21, I420 -> {
          offset[1] = frame.offsetU();
          offset[2] = frame.offsetV();
          stride[1] = frame.chromaStrideBytes();
          stride[2] = frame.chromaStrideBytes();
          step[1] = frame.chromaBytesPerPixel();
          step[2] = frame.chromaBytesPerPixel();
        }
      }
    }

    private void addOffsets(int red, int green, int blue) {
      offset[0] += red;
      offset[1] += green;
      offset[2] += blue;
    }

    private void bindMatrix(PixelFormat format, InputSpec.Color color) {
      if (format == PixelFormat.GRAY8 || (format.isPlanar() && color == InputSpec.Color.GRAY)) {
        for (int channel = 0; channel < channels; channel++) {
          setRow(channel, 1, 0, 0, 0);
        }
        return;
      }
      int red = color == InputSpec.Color.BGR ? 2 : 0;
      int blue = 2 - red;
      if (format.isPlanar()) {
        // ITU-T T.871 (JFIF): full range BT.601, with U and V around 128.
        setRow(red, 1, 0, 1.402f, -128 * 1.402f);
        setRow(1, 1, -0.344136f, -0.714136f, 128 * (0.344136f + 0.714136f));
        setRow(blue, 1, 1.772f, 0, -128 * 1.772f);
      } else if (color == InputSpec.Color.GRAY) {
        setRow(0, 0.299f, 0.587f, 0.114f, 0);
      } else {
        setRow(red, 1, 0, 0, 0);
        setRow(1, 0, 1, 0, 0);
        setRow(blue, 0, 0, 1, 0);
      }
    }

    private void setRow(int channel, float first, float second, float third, float constant) {
      float[] row = matrix[channel];
      row[0] = first;
      row[1] = second;
      row[2] = third;
      row[3] = constant;
    }

    /**
     * Adds samples of one row of the frame.
     *
     * @param xs of the samples, taps for each column, -1 for none
     * @param into for each column: the sum of each plane, then the number of samples
     */
    void addRow(int y, int[] xs, int taps, int count, int[] into) {
      if (subsampled) {
        addPlanarRow(y, xs, taps, count, into);
      } else if (planes == 1) {
        addGrayRow(y, xs, taps, count, into);
      } else {
        addPackedRow(y, xs, taps, count, into);
      }
    }

    private void addGrayRow(int y, int[] xs, int taps, int count, int[] into) {
      ByteBuffer bytes = pixels;
      int row = offset[0] + y * stride[0];
      for (int column = 0, i = 0; column < count; column++) {
        int sum = 0;
        int inside = 0;
        for (int tap = 0; tap < taps; tap++) {
          int x = xs[i++];
          if (x >= 0) {
            sum += bytes.get(row + x) & 0xff;
            inside++;
          }
        }
        into[4 * column] += sum;
        into[4 * column + 3] += inside;
      }
    }

    private void addPackedRow(int y, int[] xs, int taps, int count, int[] into) {
      ByteBuffer bytes = pixels;
      int pixelStep = step[0];
      int row0 = offset[0] + y * stride[0];
      int row1 = offset[1] + y * stride[1];
      int row2 = offset[2] + y * stride[2];
      for (int column = 0, i = 0; column < count; column++) {
        int sum0 = 0;
        int sum1 = 0;
        int sum2 = 0;
        int inside = 0;
        for (int tap = 0; tap < taps; tap++) {
          int x = xs[i++];
          if (x >= 0) {
            int at = x * pixelStep;
            sum0 += bytes.get(row0 + at) & 0xff;
            sum1 += bytes.get(row1 + at) & 0xff;
            sum2 += bytes.get(row2 + at) & 0xff;
            inside++;
          }
        }
        into[4 * column] += sum0;
        into[4 * column + 1] += sum1;
        into[4 * column + 2] += sum2;
        into[4 * column + 3] += inside;
      }
    }

    private void addPlanarRow(int y, int[] xs, int taps, int count, int[] into) {
      ByteBuffer bytes = pixels;
      int rowY = offset[0] + y * stride[0];
      int rowU = offset[1] + (y >> 1) * stride[1];
      int rowV = offset[2] + (y >> 1) * stride[2];
      for (int column = 0, i = 0; column < count; column++) {
        for (int tap = 0; tap < taps; tap++) {
          int x = xs[i++];
          if (x >= 0) {
            into[4 * column] += bytes.get(rowY + x) & 0xff;
            into[4 * column + 1] += bytes.get(rowU + (x >> 1) * step[1]) & 0xff;
            into[4 * column + 2] += bytes.get(rowV + (x >> 1) * step[2]) & 0xff;
            into[4 * column + 3]++;
          }
        }
      }
    }

    /**
     * Adds one interpolated sample to the sum of each plane.
     *
     * @param x relative to the centre of the first pixel
     * @param y relative to the centre of the first pixel
     * @return how much of the sample lies in the frame, from 0 to 1
     */
    float addBilinear(float x, float y, boolean replicate, float[] into) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      float right = x - left;
      float below = y - top;
      if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
        add(left, top, (1 - right) * (1 - below), into);
        add(left + 1, top, right * (1 - below), into);
        add(left, top + 1, (1 - right) * below, into);
        add(left + 1, top + 1, right * below, into);
        return 1;
      }
      return addAtEdge(left, top, (1 - right) * (1 - below), replicate, into)
          + addAtEdge(left + 1, top, right * (1 - below), replicate, into)
          + addAtEdge(left, top + 1, (1 - right) * below, replicate, into)
          + addAtEdge(left + 1, top + 1, right * below, replicate, into);
    }

    private float addAtEdge(int x, int y, float weight, boolean replicate, float[] into) {
      int insideX = Math.max(0, Math.min(width - 1, x));
      int insideY = Math.max(0, Math.min(height - 1, y));
      if (!replicate && (insideX != x || insideY != y)) {
        return 0;
      }
      add(insideX, insideY, weight, into);
      return weight;
    }

    private void add(int x, int y, float weight, float[] into) {
      into[0] += weight * (pixels.get(offset[0] + y * stride[0] + x * step[0]) & 0xff);
      if (planes == 1) {
        return;
      }
      int shift = subsampled ? 1 : 0;
      int chroma1 = offset[1] + (y >> shift) * stride[1] + (x >> shift) * step[1];
      int chroma2 = offset[2] + (y >> shift) * stride[2] + (x >> shift) * step[2];
      into[1] += weight * (pixels.get(chroma1) & 0xff);
      into[2] += weight * (pixels.get(chroma2) & 0xff);
    }
  }
}
