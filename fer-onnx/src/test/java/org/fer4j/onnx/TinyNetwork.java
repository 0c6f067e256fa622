package org.fer4j.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes small networks in the ONNX format, which is a handful of protobuf messages: the numbers of
 * their fields are those of {@code onnx.proto} (IR version 8, operator set 13).
 *
 * <p>Confined to one thread.
 */
final class TinyNetwork {

  /** Element types of {@code TensorProto.DataType}. */
  static final int FLOAT = 1;

  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 13;

  private final Message graph = new Message().text(2, "tiny");

  /** A protobuf message under construction. */
  private static final class Message {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        bytes.write((int) ((left & 0x7f) | 0x80));
        left >>>= 7;
      }
      bytes.write((int) left);
    }

    Message integer(int field, long value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message data(int field, byte[] value) {
      varint((field << 3) | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return data(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return data(field, value.toBytes());
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }

  /** Adds an input; a size of -1 is free. */
  TinyNetwork input(String name, int type, int... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  /** Adds an output; a size of -1 is free. */
  TinyNetwork output(String name, int type, int... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  private static Message value(String name, int type, int... shape) {
    Message dimensions = new Message();
    for (int size : shape) {
      Message dimension = new Message();
      dimensions.message(1, size < 0 ? dimension.text(2, "n") : dimension.integer(1, size));
    }
    Message tensor = new Message().integer(1, type).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** Adds an operation without attributes. */
  TinyNetwork node(String operation, List<String> inputs, String output) {
    return node(operation, inputs, output, new Message());
  }

  /** Adds a conversion to another element type. */
  TinyNetwork cast(String input, String output, int type) {
    Message attribute = new Message().text(1, "to").integer(3, type).integer(20, 2);
    return node("Cast", List.of(input), output, new Message().message(5, attribute));
  }

  private TinyNetwork node(
      String operation, List<String> inputs, String output, Message attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operation);
    node.bytes.writeBytes(attributes.toBytes());
    graph.message(1, node);
    return this;
  }

  /** Adds constant floats, row by row. */
  TinyNetwork constant(String name, float[] values, int... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    Message tensor = new Message();
    for (int size : shape) {
      tensor.integer(1, size);
    }
    graph.message(5, tensor.integer(2, FLOAT).text(8, name).data(9, data.array()));
    return this;
  }

  /** Returns the bytes of an ONNX file. */
  byte[] toBytes() {
    Message operators = new Message().text(1, "").integer(2, OPERATOR_SET);
    return new Message().integer(1, IR_VERSION).message(7, graph).message(8, operators).toBytes();
  }
}
