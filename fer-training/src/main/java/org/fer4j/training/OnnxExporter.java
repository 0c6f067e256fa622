package org.fer4j.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Writes a trained network as ONNX, with batch norms folded into the convolutions. Weights that 16
 * bits hold exactly are stored so, and cast when a session is made.
 */
final class OnnxExporter {

  static final String INPUT = "input";
  static final String OUTPUT = "logits";

  /** Smaller arrays would save less than their cast costs. */
  private static final int WORTH_A_CAST = 1024;

  private final Map<String, Weights.Array> folded;
  private final OnnxGraph graph;
  private final Map<String, String> bounds = new HashMap<>();

  private OnnxExporter(Map<String, Weights.Array> folded, OnnxGraph graph) {
    this.folded = folded;
    this.graph = graph;
  }

  /**
   * Returns the bytes of a .onnx file with the input "input" [batch, 1, size, size] and the output
   * "logits" [batch, 8]; its metadata hold the recipe.
   *
   * @throws FerException if a weight is missing
   */
  static byte[] export(TrainingRecipe recipe, Map<String, Weights.Array> arrays) {
    NetworkShape shape = recipe.network();
    OnnxGraph graph = new OnnxGraph("expression-network");
    OnnxExporter exporter =
        new OnnxExporter(BatchNormFolding.fold(Layers.of(shape), arrays), graph);
    String input = graph.input(INPUT, 1, shape.inputSize(), shape.inputSize());
    exporter.network(Layers.of(shape), input);
    graph.output(OUTPUT, Layers.CLASSES);
    graph.describe(RunFolder.RECIPE_FACT, recipe.toJson());
    return graph.toBytes();
  }

  private void network(Layers layers, String input) {
    String x = activate(convolve(enlarge(input, layers), layers.stem()), layers);
    for (Layers.Block block : layers.blocks()) {
      x = block(x, block, layers);
    }
    x = graph.node("GlobalAveragePool", "pooled", List.of(x), List.of());
    x = graph.node("Flatten", "features", List.of(x), List.of(OnnxGraph.integer("axis", 1)));
    graph.node(
        "Gemm",
        OUTPUT,
        List.of(x, constant(Layers.HEAD_WEIGHT), constant(Layers.HEAD_BIAS)),
        List.of(OnnxGraph.integer("transB", 1)));
  }

  /** Bilinear between the centres of pixels, as LibTorch does without aligned corners. */
  private String enlarge(String input, Layers layers) {
    if (layers.enlargedTo() == layers.inputSize()) {
      return input;
    }
    float factor = (float) layers.enlargedTo() / layers.inputSize();
    return graph.node(
        "Resize",
        "enlarged",
        List.of(input, "", graph.constant("factors", new long[] {4}, 1, 1, factor, factor)),
        List.of(
            OnnxGraph.string("mode", "linear"),
            OnnxGraph.string("coordinate_transformation_mode", "half_pixel")));
  }

  private String block(String input, Layers.Block block, Layers layers) {
    if (block instanceof Layers.ResidualBlock residual) {
      String x = activate(convolve(input, residual.first()), layers);
      x = convolve(x, residual.second());
      String shortcut = residual.shortcut().map(c -> convolve(input, c)).orElse(input);
      return activate(graph.node("Add", x + ".sum", List.of(x, shortcut), List.of()), layers);
    }
    Layers.SeparableBlock separable = (Layers.SeparableBlock) block;
    String x = activate(convolve(input, separable.depthwise()), layers);
    return activate(convolve(x, separable.pointwise()), layers);
  }

  private String activate(String x, Layers layers) {
    if (layers.activation() == Layers.Activation.RELU) {
      return graph.node("Relu", x + ".relu", List.of(x), List.of());
    }
    return graph.node(
        "Clip", x + ".relu6", List.of(x, bound("zero", 0), bound("six", 6)), List.of());
  }

  private String bound(String name, float value) {
    return bounds.computeIfAbsent(name, n -> graph.constant(n, new long[0], value));
  }

  private String convolve(String x, Layers.Convolution c) {
    return graph.node(
        "Conv",
        c.name(),
        List.of(x, constant(c.weight()), constant(c.bias())),
        List.of(
            OnnxGraph.integer("group", c.groups()),
            OnnxGraph.integers("kernel_shape", c.kernel(), c.kernel()),
            OnnxGraph.integers("strides", c.stride(), c.stride()),
            OnnxGraph.integers("pads", c.padding(), c.padding(), c.padding(), c.padding())));
  }

  private String constant(String name) {
    Weights.Array array = array(name);
    return isLarge(array) && isExactIn16Bits(array)
        ? graph.halfConstant(name, array.shape(), array.values())
        : graph.constant(name, array.shape(), array.values());
  }

  private static boolean isLarge(Weights.Array array) {
    return array.values().length >= WORTH_A_CAST;
  }

  private static boolean isExactIn16Bits(Weights.Array array) {
    for (float value : array.values()) {
      if (!HalfFloats.isExact(value)) {
        return false;
      }
    }
    return true;
  }

  private Weights.Array array(String name) {
    Weights.Array array = folded.get(name);
    if (array == null) {
      throw new FerException("the weights have no array '%s'".formatted(name));
    }
    return array;
  }
}
