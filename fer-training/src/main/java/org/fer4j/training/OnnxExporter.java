package org.fer4j.training;

import java.util.Arrays;
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

  /** Ends the names of one minus the slopes of a PReLU. */
  static final String FACTOR = ".factor";

  /** Smaller arrays would save less than their cast costs. */
  private static final int WORTH_A_CAST = 1024;

  private final Map<String, Weights.Array> folded;
  private final OnnxGraph graph;

  /** Constants that several nodes read. */
  private final Map<String, String> shared = new HashMap<>();

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
    String x = convolve(enlarge(input, layers), layers.stem());
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

  private String block(String input, Layers.Block block) {
    if (block instanceof Layers.ResidualBlock residual) {
      String x = convolve(convolve(input, residual.first()), residual.second());
      String shortcut = residual.shortcut().map(c -> convolve(input, c)).orElse(input);
      return relu(sum(x, shortcut));
    }
    Layers.SeparableBlock separable = (Layers.SeparableBlock) block;
    String x = input;
    for (Layers.Convolution c : separable.chain()) {
      x = convolve(x, c);
    }
    return separable.addsInput() ? sum(x, input) : x;
  }

  private String sum(String x, String y) {
    return graph.node("Add", x + ".sum", List.of(x, y), List.of());
  }

  private String convolve(String x, Layers.Convolution c) {
    String y =
        graph.node(
            "Conv",
            c.name(),
            List.of(x, constant(c.weight()), constant(c.bias())),
            List.of(
                OnnxGraph.integer("group", c.groups()),
                OnnxGraph.integers("kernel_shape", c.kernel(), c.kernel()),
                OnnxGraph.integers("strides", c.stride(), c.stride()),
                OnnxGraph.integers(
                    "pads", c.zerosBefore(), c.zerosBefore(), c.zerosAfter(), c.zerosAfter())));
    return switch (c.activation()) {
      case NONE -> y;
      case RELU -> relu(y);
      case RELU6 ->
          graph.node(
              "Clip", y + ".relu6", List.of(y, bound("zero", 0), bound("six", 6)), List.of());
      case PRELU -> prelu(y, c);
    };
  }

  private String relu(String x) {
    return graph.node("Relu", x + ".relu", List.of(x), List.of());
  }

  /**
   * Writes max(0, x) + slope min(0, x) as the equal x + (1 - slope) relu(-x). ONNX Runtime has no
   * kernel for PRelu in its blocked memory layout: each one would cost two changes of layout. The
   * change of sign and the factor are depthwise convolutions, which stay in that layout; the first
   * takes in the relu, the second the sum.
   */
  private String prelu(String x, Layers.Convolution c) {
    long[] shape = {c.out(), 1, 1, 1};
    float[] factors = array(c.slope()).values().clone();
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 - factors[i];
    }
    String negated = relu(scale(x, x + ".negated", c, negations(c.out())));
    String factor = graph.constant(c.slope() + FACTOR, shape, factors);
    return sum(scale(negated, x + ".bent", c, factor), x);
  }

  private String scale(String x, String y, Layers.Convolution c, String factors) {
    return graph.node(
        "Conv",
        y,
        List.of(x, factors),
        List.of(OnnxGraph.integer("group", c.out()), OnnxGraph.integers("kernel_shape", 1, 1)));
  }

  private String negations(int channels) {
    float[] values = new float[channels];
    Arrays.fill(values, -1);
    return shared.computeIfAbsent(
        "negation" + channels, n -> graph.constant(n, new long[] {channels, 1, 1, 1}, values));
  }

  private String bound(String name, float value) {
    return shared.computeIfAbsent(name, n -> graph.constant(n, new long[0], value));
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
