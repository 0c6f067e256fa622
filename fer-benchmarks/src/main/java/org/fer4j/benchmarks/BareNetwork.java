package org.fer4j.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
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
      inputs.put(node.getKey(), tensor(environment, (TensorInfo) node.getValue().getInfo(), batch));
    }
    for (var node : session.getOutputInfo().entrySet()) {
      outputs.put(
          node.getKey(), tensor(environment, (TensorInfo) node.getValue().getInfo(), batch));
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, TensorInfo info, int batch)
      throws OrtException {
    long[] shape = info.getShape().clone();
    shape[0] = batch;
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    ByteBuffer memory =
        ByteBuffer.allocateDirect(Math.toIntExact(length * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
  }

  void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  /** Returns the first value of the first output, to see that the network ran. */
  float firstValue() {
    return outputs.values().iterator().next().getFloatBuffer().get(0);
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
