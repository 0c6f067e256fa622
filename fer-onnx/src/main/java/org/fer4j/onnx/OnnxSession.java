package org.fer4j.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fer4j.FerException;
import org.fer4j.RuntimeDescription;
import org.fer4j.inference.InferenceSession;
import org.jspecify.annotations.Nullable;

/**
 * A network in ONNX Runtime. Input and output stand in direct buffers of its own, over which
 * tensors are made once for each batch size; runs then move no tensor data between Java and native
 * memory.
 */
final class OnnxSession implements InferenceSession {

  /**
   * An output that is read.
   *
   * @param name in the network
   * @param shape for a batch of one
   * @param length floats for each image
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record OutputShape(String name, long[] shape, int length) {}

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final RuntimeDescription runtime;
  private final String place;
  private final String inputName;
  private final long[] imageShape;
  private final List<OutputShape> outputs;
  private final int maxBatch;
  private final boolean freeBatch;
  private final int imageLength;
  private final FloatBuffer input;
  private final List<FloatBuffer> outputBuffers;
  private final @Nullable Binding[] bindings;
  private boolean closed;

  /** Tensors over a part of the buffers, for one run. */
  private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {

    void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  OnnxSession(
      OrtEnvironment environment,
      OrtSession session,
      RuntimeDescription runtime,
      String place,
      String inputName,
      long[] imageShape,
      List<OutputShape> outputs,
      int maxBatch,
      boolean freeBatch) {
    this.environment = environment;
    this.session = session;
    this.runtime = runtime;
    this.place = place;
    this.inputName = inputName;
    this.imageShape = imageShape;
    this.outputs = List.copyOf(outputs);
    this.maxBatch = maxBatch;
    this.freeBatch = freeBatch;
    this.imageLength = (int) Arrays.stream(imageShape).reduce(1, Math::multiplyExact);
    this.input = directFloats(imageLength * maxBatch);
    this.outputBuffers = new ArrayList<>();
    for (OutputShape output : outputs) {
      outputBuffers.add(directFloats(output.length() * maxBatch));
    }
    this.bindings = new Binding[maxBatch];
  }

  private static FloatBuffer directFloats(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public RuntimeDescription runtime() {
    return runtime;
  }

  @Override
  public int maxBatch() {
    return maxBatch;
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
      throw new IllegalStateException("The session of '" + place + "' is closed.");
    }
    if (batch < 1 || batch > maxBatch) {
      throw new IllegalArgumentException(
          "expected a batch of 1 to %d, found %d".formatted(maxBatch, batch));
    }
    try {
      if (freeBatch) {
        run(binding(batch - 1, 0, batch));
      } else {
        for (int image = 0; image < batch; image++) {
          run(binding(image, image, 1));
        }
      }
    } catch (OrtException e) {
      throw new FerException(
          "ONNX Runtime failed to run '%s': %s".formatted(place, e.getMessage()), e);
    }
  }

  private void run(Binding binding) throws OrtException {
    // Closing the result leaves pinned outputs alone.
    session.run(binding.inputs(), binding.outputs()).close();
  }

  private Binding binding(int slot, int firstImage, int images) throws OrtException {
    Binding binding = bindings[slot];
    if (binding == null) {
      binding = bind(firstImage, images);
      bindings[slot] = binding;
    }
    return binding;
  }

  private Binding bind(int firstImage, int images) throws OrtException {
    Binding binding = new Binding(new LinkedHashMap<>(), new LinkedHashMap<>());
    try {
      binding
          .inputs()
          .put(
              inputName,
              tensor(input, firstImage, images, imageLength, shapeOf(imageShape, images)));
      for (int i = 0; i < outputs.size(); i++) {
        OutputShape output = outputs.get(i);
        binding
            .outputs()
            .put(
                output.name(),
                tensor(
                    outputBuffers.get(i),
                    firstImage,
                    images,
                    output.length(),
                    shapeOf(output.shape(), images)));
      }
      return binding;
    } catch (OrtException | RuntimeException | Error e) {
      binding.close();
      throw e;
    }
  }

  private static long[] shapeOf(long[] imageShape, int images) {
    long[] shape = imageShape.clone();
    shape[0] = images;
    return shape;
  }

  private OnnxTensor tensor(
      FloatBuffer memory, int firstImage, int images, int length, long[] shape)
      throws OrtException {
    return OnnxTensor.createTensor(
        environment, memory.slice(firstImage * length, images * length), shape);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Binding binding : bindings) {
      if (binding != null) {
        binding.close();
      }
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw new FerException(
          "ONNX Runtime failed to close '%s': %s".formatted(place, e.getMessage()), e);
    }
  }
}
