package org.fer4j.training;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Reads back the weights of a .onnx file that {@link OnnxExporter} wrote: a shipped model can be
 * trained on, and can teach.
 */
final class OnnxWeights {

  private OnnxWeights() {}

  /**
   * Returns the folded weights by their names in training, with the file's metadata as facts.
   *
   * @throws FerException if the bytes are not a .onnx file
   */
  static Weights read(byte[] onnx) {
    OnnxMl.ModelProto model;
    try {
      model = OnnxMl.ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new FerException("it is not an ONNX file: " + e.getMessage(), e);
    }
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (OnnxMl.TensorProto tensor : model.getGraph().getInitializerList()) {
      if (tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT16.getNumber()) {
        String name = tensor.getName();
        arrays.put(
            name.substring(0, name.length() - OnnxGraph.HALF.length()),
            new Weights.Array(shape(tensor), halves(tensor)));
      } else if (tensor.getName().endsWith(OnnxExporter.FACTOR)) {
        String name = tensor.getName();
        arrays.put(name.substring(0, name.length() - OnnxExporter.FACTOR.length()), slopes(tensor));
      } else {
        arrays.put(tensor.getName(), new Weights.Array(shape(tensor), floats(tensor)));
      }
    }
    Map<String, String> facts = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(p -> facts.put(p.getKey(), p.getValue()));
    return new Weights(arrays, facts);
  }

  private static long[] shape(OnnxMl.TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  private static ByteBuffer bytes(OnnxMl.TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(OnnxMl.TensorProto tensor) {
    float[] values = new float[bytes(tensor).remaining() / Float.BYTES];
    bytes(tensor).asFloatBuffer().get(values);
    return values;
  }

  private static Weights.Array slopes(OnnxMl.TensorProto tensor) {
    float[] values = floats(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
    return new Weights.Array(new long[] {values.length}, values);
  }

  private static float[] halves(OnnxMl.TensorProto tensor) {
    ByteBuffer bytes = bytes(tensor);
    float[] values = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.toFloat(bytes.getShort());
    }
    return values;
  }
}
