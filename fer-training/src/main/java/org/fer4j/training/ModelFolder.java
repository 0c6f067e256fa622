package org.fer4j.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.FerException;
import org.fer4j.features.FeatureLayout;
import org.fer4j.model.ScoresSpec;
import org.fer4j.model.TrainingPrior;

/**
 * A model as backends read it: {@code model.onnx}, and {@code model.json} that says how to feed it
 * and where it comes from.
 *
 * <p>Immutable; not for writing by several threads or processes at once.
 *
 * @param path the folder, which is made when written to
 */
public record ModelFolder(Path path) {

  private static final int DECIMALS = 4;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the file of the network. */
  public Path network() {
    return path.resolve("model.onnx");
  }

  /** Returns the file of the manifest. */
  public Path manifest() {
    return path.resolve("model.json");
  }

  /**
   * Writes both files. What an older manifest says besides is kept, but for what was said of the
   * older weights: their accuracy, and how to read their output if they detected faces.
   *
   * @throws FerException if a file can't be written, or the older manifest is not JSON
   */
  public void write(TrainedNetwork network, ModelCard card) {
    write(network.toOnnx(), card, input -> describeInput(input, network.recipe()));
  }

  /**
   * Writes both files of a classifier of facial features, as {@link #write(TrainedNetwork,
   * ModelCard)} does.
   *
   * @throws FerException if a file can't be written, or the older manifest is not JSON
   */
  public void write(TrainedFeatureClassifier classifier, ModelCard card) {
    write(
        classifier.toOnnx(),
        card,
        input ->
            input
                .put("name", TrainedFeatureClassifier.INPUT)
                .putObject("features")
                .put("layout", FeatureLayout.VERSION)
                .put("length", classifier.length()));
  }

  /**
   * Writes both files of a fusion, as {@link #write(TrainedNetwork, ModelCard)} does.
   *
   * @param rule which of {@link FusionWeights#RULES} is used if none is named
   * @param scores how the fusion's input is made
   * @throws FerException if a file can't be written, or the older manifest is not JSON
   */
  public void write(FusionWeights weights, String rule, ScoresSpec scores, ModelCard card) {
    write(
        weights.toOnnx(),
        card,
        rule,
        input -> {
          ObjectNode node = input.put("name", scores.name()).putObject("scores");
          scores.branches().forEach(node.putArray("branches")::add);
          ArrayNode shares = node.putArray("weights");
          scores.weights().forEach(weight -> shares.add(rounded(weight)));
          node.put("leastPresence", rounded(scores.leastPresence()))
              .put("leastLipsContrast", rounded(scores.leastLipsContrast()));
        });
  }

  private void write(byte[] onnx, ModelCard card, Consumer<ObjectNode> input) {
    write(onnx, card, OnnxExporter.OUTPUT, input);
  }

  private void write(byte[] onnx, ModelCard card, String logits, Consumer<ObjectNode> input) {
    ObjectNode manifest = oldManifest();
    manifest.remove("detector");
    manifest.remove("landmarks");
    if (manifest.get("input") instanceof ObjectNode old) {
      old.remove(List.of("features", "scores"));
    }
    if (card.accuracy().isEmpty()) {
      manifest.remove("accuracy");
    }
    describe(manifest, card, onnx);
    input.accept(object(manifest, "input"));
    describeClassifier(object(manifest, "classifier"), card, logits);
    card.accuracy().ifPresent(a -> describeAccuracy(manifest.putObject("accuracy"), a));
    AtomicFiles.write(network(), onnx);
    AtomicFiles.write(manifest(), toText(manifest) + "\n");
  }

  private ObjectNode oldManifest() {
    if (!Files.exists(manifest())) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode old = JSON.readTree(manifest().toFile());
      if (old instanceof ObjectNode object) {
        return object;
      }
      throw new FerException("%s is not a JSON object".formatted(manifest()));
    } catch (IOException e) {
      throw new FerException("%s can't be read: %s".formatted(manifest(), e.getMessage()), e);
    }
  }

  private void describe(ObjectNode manifest, ModelCard card, byte[] onnx) {
    manifest
        .put("name", card.name())
        .put("version", card.version())
        .put("task", "emotion-classification")
        .put("description", card.description())
        .put("file", network().getFileName().toString())
        .put("sha256", sha256(onnx))
        .put("license", card.license())
        .put("source", card.source());
  }

  private static void describeInput(ObjectNode input, TrainingRecipe recipe) {
    input
        .put("name", OnnxExporter.INPUT)
        .put("layout", "NCHW")
        .put("width", recipe.network().inputSize())
        .put("height", recipe.network().inputSize())
        .put("color", "GRAY")
        .put("border", "replicate");
    input.putArray("mean").add(recipe.pixelMean());
    input.putArray("std").add(recipe.pixelDeviation());
  }

  private static void describeClassifier(ObjectNode classifier, ModelCard card, String logits) {
    classifier.put("logits", logits);
    Emotion.all().stream().map(Emotion::label).forEach(classifier.putArray("labels")::add);
    classifier.put("temperature", rounded(card.temperature()));
    describePrior(classifier, card.prior());
    describeCrop(object(classifier, "crop"), card.crop());
  }

  private static void describePrior(ObjectNode classifier, TrainingPrior prior) {
    ObjectNode shares = classifier.putObject("prior");
    for (Emotion emotion : Emotion.all()) {
      shares.put(emotion.label(), rounded(prior.shares().of(emotion)));
    }
    classifier.put("balancedStrength", rounded(prior.balancedStrength()));
  }

  private static void describeCrop(ObjectNode crop, CropRule rule) {
    ObjectNode keypoints = crop.putObject("keypoints");
    new TreeMap<>(rule.template())
        .forEach(
            (name, point) ->
                keypoints.putArray(name).add(rounded(point.x())).add(rounded(point.y())));
    crop.putObject("box")
        .put("shiftX", rounded(rule.boxShiftX()))
        .put("shiftY", rounded(rule.boxShiftY()))
        .put("scale", rounded(rule.boxScale()));
  }

  private static void describeAccuracy(ObjectNode node, ModelCard.Accuracy accuracy) {
    node.put("dataset", accuracy.dataset())
        .put("images", accuracy.images())
        .put("accuracy", rounded(accuracy.accuracy()));
    node.putArray("ci95")
        .add(rounded(accuracy.confidenceInterval().low()))
        .add(rounded(accuracy.confidenceInterval().high()));
    node.put("command", accuracy.command());
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode old ? old : parent.putObject(name);
  }

  private static double rounded(double value) {
    double scale = Math.pow(10, DECIMALS);
    return Math.round(value * scale) / scale;
  }

  private static String toText(ObjectNode manifest) {
    Separators separators =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return JSON.writer(printer).writeValueAsString(manifest);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of plain values can't be written", e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
