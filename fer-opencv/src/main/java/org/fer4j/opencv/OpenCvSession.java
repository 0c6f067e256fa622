package org.fer4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;
import org.fer4j.FerException;
import org.fer4j.RuntimeDescription;
import org.fer4j.inference.InferenceEngine.Output;
import org.fer4j.inference.InferenceSession;
import org.fer4j.model.InputSpec;

/**
 * A network in OpenCV's DNN module. Images are run one by one: a larger batch is at most a tenth
 * faster there, and each change of its size makes OpenCV lay out the network's memory anew.
 */
final class OpenCvSession implements InferenceSession {

  private final Net net;
  private final String place;
  private final RuntimeDescription runtime;
  private final String inputName;
  private final List<Output> outputs;
  private final FloatBuffer input;
  private final List<FloatBuffer> outputBuffers = new ArrayList<>();

  /** The same memory, for native code. */
  private final List<BytePointer> outputPointers = new ArrayList<>();

  /** Headers over the images of the input. */
  private final List<Mat> images = new ArrayList<>();

  private final Scalar noMean = new Scalar(0, 0, 0, 0);
  private final StringVector outputNames;
  private final MatVector results = new MatVector();
  private boolean closed;

  /**
   * Takes over a network, which is closed with the session.
   *
   * @param spec of one image
   */
  OpenCvSession(
      Net net,
      String place,
      InputSpec spec,
      List<Output> outputs,
      int maxBatch,
      RuntimeDescription runtime) {
    this.net = net;
    this.place = place;
    this.runtime = runtime;
    this.inputName = spec.name();
    this.outputs = List.copyOf(outputs);
    this.input = direct(spec.length() * maxBatch).asFloatBuffer();
    int[] shape = Arrays.stream(spec.shape(1)).mapToInt(Math::toIntExact).toArray();
    for (int i = 0; i < maxBatch; i++) {
      FloatPointer image = new FloatPointer(input.slice(i * spec.length(), spec.length()));
      images.add(new Mat(shape, opencv_core.CV_32F, image, (SizeTPointer) null));
    }
    for (Output output : outputs) {
      ByteBuffer memory = direct(output.length() * maxBatch);
      outputBuffers.add(memory.asFloatBuffer());
      outputPointers.add(new BytePointer(memory));
    }
    this.outputNames = new StringVector(outputs.stream().map(Output::name).toArray(String[]::new));
  }

  private static ByteBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public RuntimeDescription runtime() {
    return runtime;
  }

  @Override
  public int maxBatch() {
    return images.size();
  }

  @Override
  public FloatBuffer input() {
    return input;
  }

  @Override
  public FloatBuffer output(int index) {
    return outputBuffers.get(index);
  }

  @Override
  public void run(int batch) {
    if (closed) {
      throw new IllegalStateException("The session of " + place + " is closed.");
    }
    if (batch < 1 || batch > maxBatch()) {
      throw new IllegalArgumentException(
          "expected a batch of 1 to %d, found %d".formatted(maxBatch(), batch));
    }
    for (int image = 0; image < batch; image++) {
      forward(images.get(image));
      for (int i = 0; i < outputs.size(); i++) {
        store(i, image);
      }
    }
  }

  private void forward(Mat image) {
    try {
      net.setInput(image, inputName, 1, noMean);
      net.forward(results, outputNames);
    } catch (RuntimeException e) {
      throw new FerException(
          "OpenCV failed to run %s from input '%s' to outputs %s: %s"
              .formatted(
                  place, inputName, outputs.stream().map(Output::name).toList(), e.getMessage()),
          e);
    }
  }

  /** Copies an output, which belongs to the network, to where the caller reads it. */
  private void store(int index, int image) {
    Output output = outputs.get(index);
    long bytes = (long) output.length() * Float.BYTES;
    BytePointer target = outputPointers.get(index).position(image * bytes);
    try (Mat result = results.get(index);
        BytePointer values = result.data()) {
      long found = result.total() * result.channels();
      if (result.depth() != opencv_core.CV_32F
          || !result.isContinuous()
          || found != output.length()) {
        throw new FerException(
            "expected %d floats for each image in output '%s' of %s, found %d values of depth %d"
                .formatted(output.length(), output.name(), place, found, result.depth()));
      }
      Pointer.memcpy(target, values, bytes);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    results.close();
    outputNames.close();
    noMean.close();
    images.forEach(Mat::close);
    net.close();
  }
}
