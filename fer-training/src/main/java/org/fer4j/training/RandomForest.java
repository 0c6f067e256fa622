package org.fer4j.training;

import ai.onnx.proto.OnnxMl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_ml;
import org.bytedeco.opencv.opencv_core.TermCriteria;
import org.bytedeco.opencv.opencv_ml.DTrees;
import org.bytedeco.opencv.opencv_ml.RTrees;
import org.fer4j.Emotion;

/**
 * A random forest, grown by OpenCV. A leaf holds how often each expression occurred among the faces
 * of the training that end there (OpenCV keeps only the most frequent one), and the outputs are the
 * logarithms of the means over all trees.
 *
 * <p>All trees share arrays over their nodes: the feature that is looked at, the threshold, and the
 * node to go on at, which is the next but one if the feature is above the threshold. A leaf goes on
 * at itself. So the network walks down all trees of all faces at once, a level at a time, by
 * looking numbers up; 16 bytes hold a node.
 */
final class RandomForest implements FeatureLearner {

  /** Added to each mean before its logarithm. */
  private static final float LEAST_SHARE = 1e-3f;

  /** A leaf counts as if so many further faces had ended there, with the forest's shares. */
  private static final double SMOOTHING = 1;

  private static final int WHOLE = 255;

  /** Of OpenCV's random numbers, which belong to the thread. */
  private static final int SEED = 1;

  /** Above every scaled feature, so that a leaf is never left. */
  private static final float NEVER = 1000;

  private static final int FLOAT = OnnxMl.TensorProto.DataType.FLOAT.getNumber();
  private static final int LONG = OnnxMl.TensorProto.DataType.INT64.getNumber();
  private static final int CLASSES = Emotion.all().size();

  private final int depth;
  private final int[] roots;
  private final short[] features;
  private final float[] thresholds;
  private final int[] next;

  /** For each node the share of each class in 255ths. */
  private final byte[] shares;

  private RandomForest(
      int depth, int[] roots, short[] features, float[] thresholds, int[] next, byte[] shares) {
    this.depth = depth;
    this.roots = roots;
    this.features = features;
    this.thresholds = thresholds;
    this.next = next;
    this.shares = shares;
  }

  /**
   * Grows a forest.
   *
   * @param scaled a row for each face
   * @param labels its class
   */
  @SuppressWarnings("try") // The scope works by being open.
  static RandomForest fit(
      float[][] scaled, int[] labels, ClassicalRecipe.Forest choice, int depth) {
    try (PointerScope scope = new PointerScope()) {
      opencv_core.setRNGSeed(SEED);
      RTrees forest = RTrees.create();
      forest.setMaxDepth(depth);
      forest.setMinSampleCount(choice.leafFaces());
      forest.setActiveVarCount(Math.min(choice.candidates(), scaled[0].length));
      forest.setTermCriteria(new TermCriteria(TermCriteria.MAX_ITER, choice.trees(), 0));
      forest.train(OpenCvMats.of(scaled), opencv_ml.ROW_SAMPLE, OpenCvMats.of(labels));
      return new Reader(forest).read(depth).withLeaves(scaled, labels);
    }
  }

  /** Copies OpenCV's nodes so that both children of a node are neighbours. */
  private static final class Reader {

    private final DTrees.Node nodes;
    private final DTrees.Split splits;
    private final int[] openCvRoots;
    private final List<Short> features = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<Integer> next = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();

    Reader(RTrees forest) {
      IntPointer found = forest.getRoots();
      openCvRoots = new int[Math.toIntExact(found.limit())];
      found.get(openCvRoots);
      nodes = forest.getNodes();
      splits = forest.getSplits();
    }

    RandomForest read(int depth) {
      int[] roots = new int[openCvRoots.length];
      for (int tree = 0; tree < roots.length; tree++) {
        roots[tree] = sources.size();
        sources.add(openCvRoots[tree]);
        for (int at = roots[tree]; at < sources.size(); at++) {
          add(at);
        }
      }
      int count = sources.size();
      short[] featureArray = new short[count];
      float[] thresholdArray = new float[count];
      for (int i = 0; i < count; i++) {
        featureArray[i] = features.get(i);
        thresholdArray[i] = thresholds.get(i);
      }
      int[] nextArray = next.stream().mapToInt(Integer::intValue).toArray();
      return new RandomForest(
          depth, roots, featureArray, thresholdArray, nextArray, new byte[CLASSES * count]);
    }

    private void add(int at) {
      DTrees.Node node = nodes.getPointer(sources.get(at));
      if (node.split() < 0) {
        features.add((short) 0);
        thresholds.add(NEVER);
        next.add(at);
        return;
      }
      DTrees.Split split = splits.getPointer(node.split());
      features.add((short) split.varIdx());
      thresholds.add(HalfFloats.rounded(split.c()));
      next.add(sources.size());
      sources.add(split.inversed() ? node.right() : node.left());
      sources.add(split.inversed() ? node.left() : node.right());
    }
  }

  private RandomForest withLeaves(float[][] scaled, int[] labels) {
    double[] prior = new double[CLASSES];
    int[][] counts = new int[features.length][];
    for (int n = 0; n < scaled.length; n++) {
      prior[labels[n]] += 1.0 / scaled.length;
      for (int root : roots) {
        int leaf = leaf(root, scaled[n]);
        if (counts[leaf] == null) {
          counts[leaf] = new int[CLASSES];
        }
        counts[leaf][labels[n]]++;
      }
    }
    for (int leaf = 0; leaf < counts.length; leaf++) {
      if (counts[leaf] != null) {
        setShares(leaf, counts[leaf], prior);
      }
    }
    return this;
  }

  private void setShares(int leaf, int[] counts, double[] prior) {
    double total = SMOOTHING;
    for (int count : counts) {
      total += count;
    }
    for (int k = 0; k < CLASSES; k++) {
      double share = (counts[k] + SMOOTHING * prior[k]) / total;
      shares[CLASSES * leaf + k] = (byte) Math.round(WHOLE * share);
    }
  }

  private int leaf(int root, float[] row) {
    int at = root;
    while (next[at] != at) {
      at = next[at] + (row[features[at]] > thresholds[at] ? 1 : 0);
    }
    return at;
  }

  @Override
  public float[][] outputs(float[][] scaled) {
    float[][] outputs = new float[scaled.length][CLASSES];
    for (int n = 0; n < scaled.length; n++) {
      int[] sums = new int[CLASSES];
      for (int root : roots) {
        int leaf = CLASSES * leaf(root, scaled[n]);
        for (int k = 0; k < CLASSES; k++) {
          sums[k] += shares[leaf + k] & 0xff;
        }
      }
      for (int k = 0; k < CLASSES; k++) {
        float mean = (float) sums[k] / WHOLE / roots.length;
        outputs[n][k] = (float) Math.log(mean + LEAST_SHARE);
      }
    }
    return outputs;
  }

  @Override
  public int vote(float[] outputs) {
    int best = 0;
    for (int k = 1; k < CLASSES; k++) {
      best = outputs[k] > outputs[best] ? k : best;
    }
    return best;
  }

  @Override
  public int outputCount() {
    return CLASSES;
  }

  /** Returns the number of nodes of all trees. */
  int nodes() {
    return features.length;
  }

  @Override
  public String write(OnnxGraph graph, String scaled) {
    long[] count = {features.length};
    ByteBuffer featureBytes = OnnxGraph.littleEndian(Short.BYTES * features.length);
    ByteBuffer nextBytes = OnnxGraph.littleEndian(Integer.BYTES * next.length);
    for (int i = 0; i < features.length; i++) {
      featureBytes.putShort(features[i]);
      nextBytes.putInt(next[i]);
    }
    String feature =
        graph.constant(
            "splitFeatures", OnnxMl.TensorProto.DataType.INT16, count, featureBytes.flip());
    String threshold = graph.storedHalfConstant("splitThresholds", count, thresholds);
    String follower =
        graph.constant("next", OnnxMl.TensorProto.DataType.INT32, count, nextBytes.flip());
    String at = firstLevel(graph, scaled);
    for (int level = 1; level < depth; level++) {
      String suffix = "." + level;
      String looked = cast(graph, gather(graph, feature, at, "feature" + suffix), LONG);
      String bound = cast(graph, gather(graph, threshold, at, "threshold" + suffix), FLOAT);
      String value =
          graph.node(
              "GatherElements",
              "value" + suffix,
              List.of(scaled, looked),
              List.of(OnnxGraph.integer("axis", 1)));
      String above = graph.node("Greater", "above" + suffix, List.of(value, bound), List.of());
      String on = cast(graph, gather(graph, follower, at, "next" + suffix), LONG);
      at = graph.node("Add", "at" + suffix, List.of(on, cast(graph, above, LONG)), List.of());
    }
    String leaves =
        graph.constant(
            "leafShares",
            OnnxMl.TensorProto.DataType.UINT8,
            new long[] {features.length, CLASSES},
            ByteBuffer.wrap(shares));
    String found = cast(graph, gather(graph, leaves, at, "leaves"), FLOAT);
    String sums =
        graph.node(
            "ReduceMean",
            "leafMeans",
            List.of(found),
            List.of(OnnxGraph.integers("axes", 1), OnnxGraph.integer("keepdims", 0)));
    String whole = graph.constant("whole", new long[0], WHOLE);
    String means = graph.node("Div", "shareMeans", List.of(sums, whole), List.of());
    String least = graph.constant("least", new long[0], LEAST_SHARE);
    String positive = graph.node("Add", "positive", List.of(means, least), List.of());
    return graph.node("Log", "logarithms", List.of(positive), List.of());
  }

  /** All faces begin at the roots, whose features and thresholds are constants. */
  private String firstLevel(OnnxGraph graph, String scaled) {
    int trees = roots.length;
    float[] bounds = new float[trees];
    ByteBuffer looked = OnnxGraph.littleEndian(Long.BYTES * trees);
    ByteBuffer on = OnnxGraph.littleEndian(Long.BYTES * trees);
    for (int tree = 0; tree < trees; tree++) {
      bounds[tree] = thresholds[roots[tree]];
      looked.putLong(features[roots[tree]]);
      on.putLong(next[roots[tree]]);
    }
    long[] shape = {trees};
    String value =
        graph.node(
            "Gather",
            "value.0",
            List.of(
                scaled,
                graph.constant(
                    "rootFeatures", OnnxMl.TensorProto.DataType.INT64, shape, looked.flip())),
            List.of(OnnxGraph.integer("axis", 1)));
    String above =
        graph.node(
            "Greater",
            "above.0",
            List.of(value, graph.constant("rootThresholds", shape, bounds)),
            List.of());
    String follower =
        graph.constant("rootNext", OnnxMl.TensorProto.DataType.INT64, shape, on.flip());
    return graph.node("Add", "at.0", List.of(cast(graph, above, LONG), follower), List.of());
  }

  private static String gather(OnnxGraph graph, String table, String indices, String name) {
    return graph.node("Gather", name, List.of(table, indices), List.of());
  }

  private static String cast(OnnxGraph graph, String x, int type) {
    return graph.node("Cast", x + ".cast", List.of(x), List.of(OnnxGraph.integer("to", type)));
  }
}
