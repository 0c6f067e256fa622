package org.fer4j.training;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX graph that is being written, node after node; each node's output is named after it.
 *
 * <p>Confined to one thread.
 */
final class OnnxGraph {

  /** Of September 2020: old enough for every runtime in use, new enough for all nodes here. */
  private static final int OPSET = 13;

  /** The format's version that came with the operators' (onnx/docs/Versioning.md). */
  private static final int IR_VERSION = 7;

  /** Ends the names of constants that are stored in 16 bits. */
  static final String HALF = ".half";

  private static final String BATCH = "batch";

  private final OnnxMl.GraphProto.Builder graph;
  private final Map<String, String> metadata = new TreeMap<>();

  OnnxGraph(String name) {
    graph = OnnxMl.GraphProto.newBuilder().setName(name);
  }

  /** Adds a fact in words about the model. */
  void describe(String key, String value) {
    metadata.put(key, value);
  }

  /** Declares an input of floats behind a free batch dimension. */
  String input(String name, long... sizes) {
    graph.addInput(value(name, sizes));
    return name;
  }

  /** Declares an output of floats behind a free batch dimension. */
  void output(String name, long... sizes) {
    graph.addOutput(value(name, sizes));
  }

  /** Adds constant floats. */
  String constant(String name, long[] shape, float... values) {
    ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return constant(name, OnnxMl.TensorProto.DataType.FLOAT, shape, bytes);
  }

  /** Adds constant floats that are stored in 16 bits each, and cast to 32. */
  String halfConstant(String name, long[] shape, float[] values) {
    String half = storedHalfConstant(name + HALF, shape, values);
    int type = OnnxMl.TensorProto.DataType.FLOAT.getNumber();
    return node("Cast", name, List.of(half), List.of(integer("to", type)));
  }

  /** Adds constant floats of 16 bits. */
  String storedHalfConstant(String name, long[] shape, float[] values) {
    ByteBuffer bytes = littleEndian(Short.BYTES * values.length);
    for (float value : values) {
      bytes.putShort(HalfFloats.fromFloat(value));
    }
    return constant(name, OnnxMl.TensorProto.DataType.FLOAT16, shape, bytes.rewind());
  }

  /** Returns memory for the values of a constant. */
  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a constant of any type; the bytes are all that remain in the buffer. */
  String constant(String name, OnnxMl.TensorProto.DataType type, long[] shape, ByteBuffer bytes) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds a node and returns the name of its output. */
  String node(
      String operator, String output, List<String> inputs, List<OnnxMl.AttributeProto> attributes) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(attributes));
    return output;
  }

  static OnnxMl.AttributeProto integers(String name, long... values) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder()
            .setName(name)
            .setType(OnnxMl.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static OnnxMl.AttributeProto integer(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static OnnxMl.AttributeProto string(String name, String value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** Returns the model as the bytes of a .onnx file; equal graphs give equal bytes. */
  byte[] toBytes() {
    OnnxMl.ModelProto.Builder model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("fer4j")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static OnnxMl.ValueInfoProto value(String name, long... sizes) {
    OnnxMl.TensorShapeProto.Builder shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    for (long size : sizes) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
