package org.fer4j.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fer4j.model.Model;
import org.fer4j.onnx.OnnxBackend;

/**
 * A network alone, without anything of fer4j: {@code OrtSession.run} on ready tensors, one thread,
 * no spinning. The yardstick for everything around it.
 *
 * <p>Confined to one thread.
 */
final class BareNetwork implements AutoCloseable {

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final List<FloatBuffer> outputBuffers = new ArrayList<>();

  BareNetwork(String name, int batch) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Model model = Model.ofResource(OnnxBackend.class, "models/" + name);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(model.load(), options);
    }
    for (var node : session.getInputInfo().entrySet()) {
      long[] shape = shape(node.getValue(), batch);
      inputs.put(node.getKey(), OnnxTensor.createTensor(environment, memory(shape), shape));
    }
    for (var node : session.getOutputInfo().entrySet()) {
      long[] shape = shape(node.getValue(), batch);
      FloatBuffer memory = memory(shape);
      outputBuffers.add(memory);
      outputs.put(node.getKey(), OnnxTensor.createTensor(environment, memory, shape));
    }
  }

  private static long[] shape(NodeInfo node, int batch) {
    long[] shape = ((TensorInfo) node.getInfo()).getShape().clone();
    shape[0] = batch;
    return shape;
  }

  private static FloatBuffer memory(long[] shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return ByteBuffer.allocateDirect(Math.toIntExact(length * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  /** Returns the first value of the first output, to see that the network ran. */
  float firstValue() {
    return outputBuffers.get(0).get(0);
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
