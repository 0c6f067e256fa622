package org.fer4j.training;

import java.util.List;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Writes a trained residual network as ONNX. Batch norm is folded into the convolutions, which is
 * exact up to rounding: with the running mean m, variance v, scale g and shift b, the convolution's
 * weights are multiplied by g / sqrt(v + epsilon), and its bias becomes b - m g / sqrt(v +
 * epsilon).
 */
final class OnnxExporter {

  static final String INPUT = "input";
  static final String OUTPUT = "logits";

  private final Map<String, Weights.Array> arrays;
  private final OnnxGraph graph;

  private OnnxExporter(Map<String, Weights.Array> arrays, OnnxGraph graph) {
    this.arrays = arrays;
    this.graph = graph;
  }

  /**
   * Returns the bytes of a .onnx file with the input "input" [batch, 1, size, size] and the output
   * "logits" [batch, 8].
   *
   * @throws FerException if a weight is missing
   */
  static byte[] export(NetworkShape shape, Map<String, Weights.Array> arrays) {
    OnnxGraph graph = new OnnxGraph("residual-network");
    OnnxExporter exporter = new OnnxExporter(arrays, graph);
    String input = graph.input(INPUT, 1, shape.inputSize(), shape.inputSize());
    exporter.network(Layers.of(shape), input);
    graph.output(OUTPUT, Layers.CLASSES);
    return graph.toBytes();
  }

  private void network(Layers layers, String input) {
    String x = relu(convolve(input, layers.stem()));
    for (Layers.Block block : layers.blocks()) {
      x = block(x, block);
    }
    x = graph.node("GlobalAveragePool", "pooled", List.of(x), List.of());
    x = graph.node("Flatten", "features", List.of(x), List.of(OnnxGraph.integer("axis", 1)));
    graph.node(
        "Gemm",
        OUTPUT,
        List.of(x, constant(Layers.HEAD_WEIGHT), constant(Layers.HEAD_BIAS)),
        List.of(OnnxGraph.integer("transB", 1)));
  }

  private String block(String input, Layers.Block block) {
    String x = relu(convolve(input, block.first()));
    x = convolve(x, block.second());
    String shortcut =
        block.shortcut().map(convolution -> convolve(input, convolution)).orElse(input);
    return relu(graph.node("Add", x + ".sum", List.of(x, shortcut), List.of()));
  }

  private String relu(String x) {
    return graph.node("Relu", x + ".relu", List.of(x), List.of());
  }

  private String convolve(String x, Layers.Convolution c) {
    Weights.Array kernels = array(c.weight());
    float[] folded = kernels.values().clone();
    float[] bias = new float[c.out()];
    int each = folded.length / c.out();
    for (int out = 0; out < c.out(); out++) {
      double factor =
          array(c.scale()).values()[out]
              / Math.sqrt(array(c.variance()).values()[out] + Layers.BATCH_NORM_EPSILON);
      for (int i = out * each; i < (out + 1) * each; i++) {
        folded[i] = (float) (folded[i] * factor);
      }
      bias[out] = (float) (array(c.shift()).values()[out] - array(c.mean()).values()[out] * factor);
    }
    return graph.node(
        "Conv",
        c.name(),
        List.of(
            x,
            graph.constant(c.name() + ".weight", kernels.shape(), folded),
            graph.constant(c.name() + ".bias", new long[] {c.out()}, bias)),
        List.of(
            OnnxGraph.integers("kernel_shape", c.kernel(), c.kernel()),
            OnnxGraph.integers("strides", c.stride(), c.stride()),
            OnnxGraph.integers("pads", c.padding(), c.padding(), c.padding(), c.padding())));
  }

  private String constant(String name) {
    return graph.constant(name, array(name).shape(), array(name).values());
  }

  private Weights.Array array(String name) {
    Weights.Array array = arrays.get(name);
    if (array == null) {
      throw new FerException("the weights have no array '%s'".formatted(name));
    }
    return array;
  }
}
