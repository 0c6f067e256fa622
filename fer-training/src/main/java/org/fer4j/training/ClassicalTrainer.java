package org.fer4j.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fer4j.Emotion;
import org.fer4j.features.FeatureLayout;
import org.fer4j.training.FeatureSet.LabeledFeatures;

/**
 * Trains a classifier of facial features: chooses the learner's parameters by cross-validation,
 * fits the learner, and fits a linear map from its outputs to logits on faces that it has not seen,
 * so that their softmax is calibrated. Only training faces take part in all of that.
 *
 * <p>Safe for use by many threads; loads OpenCV and LibTorch.
 */
public final class ClassicalTrainer {

  private final ClassicalRecipe recipe;
  private final Consumer<String> listener;

  /**
   * Creates a trainer.
   *
   * @param listener is told in a sentence of what was done
   */
  public ClassicalTrainer(ClassicalRecipe recipe, Consumer<String> listener) {
    this.recipe = recipe;
    this.listener = listener;
  }

  /**
   * What is seen by the learner, and what is held out.
   *
   * @param seen at most so many of each expression as the recipe says
   * @param heldOut the same share of each expression
   */
  record Parts(List<LabeledFeatures> seen, List<LabeledFeatures> heldOut) {

    /** Shares out the faces; in both parts they stand in no order. */
    static Parts of(ClassicalRecipe recipe, List<LabeledFeatures> faces) {
      List<LabeledFeatures> seen = new ArrayList<>();
      List<LabeledFeatures> heldOut = new ArrayList<>();
      boolean[] isHeldOut =
          ClassicalTrainer.heldOut(recipe, faces.stream().map(LabeledFeatures::label).toList());
      int[] counts = new int[Emotion.all().size()];
      for (int i : order(faces.size(), recipe.seed())) {
        LabeledFeatures face = faces.get(i);
        if (isHeldOut[i]) {
          heldOut.add(face);
        } else if (counts[face.label().ordinal()]++ < recipe.mostOfExpression()) {
          seen.add(face);
        }
      }
      return new Parts(seen, heldOut);
    }
  }

  /**
   * Tells for each face of a training set, in its order, whether the learner does not see it: such
   * faces calibrate it, and teach a fusion.
   *
   * @param labels of all faces of the training set
   */
  public static boolean[] heldOut(ClassicalRecipe recipe, List<Emotion> labels) {
    int[] totals = new int[Emotion.all().size()];
    labels.forEach(label -> totals[label.ordinal()]++);
    boolean[] heldOut = new boolean[labels.size()];
    int[] taken = new int[totals.length];
    for (int i : order(labels.size(), recipe.seed())) {
      int label = labels.get(i).ordinal();
      if (taken[label] < Math.round(recipe.heldOutShare() * totals[label])) {
        taken[label]++;
        heldOut[i] = true;
      }
    }
    return heldOut;
  }

  private static List<Integer> order(int count, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(Seeds.mix(seed, count)));
    return order;
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if fewer than two expressions occur
   */
  public TrainedFeatureClassifier train(FeatureSet training) {
    if (training.faces().stream().map(LabeledFeatures::label).distinct().count() < 2) {
      throw new IllegalArgumentException(
          "expected faces of two expressions at least, found fewer in %d faces"
              .formatted(training.faces().size()));
    }
    Parts parts = Parts.of(recipe, training.faces());
    int geometry = FeatureLayout.current().geometryCount();
    int all = training.faces().get(0).values().length;
    ClassicalRecipe.Features wanted = recipe.features();
    FeatureScaling scaling =
        FeatureScaling.of(
            parts.seen,
            wanted == ClassicalRecipe.Features.APPEARANCE ? geometry : 0,
            wanted == ClassicalRecipe.Features.GEOMETRY ? geometry : all);
    FeatureLearner learner = fit(scaling.apply(parts.seen), labels(parts.seen));
    float[][] outputs = learner.outputs(scaling.apply(parts.heldOut));
    LogisticRegression map =
        LogisticRegression.fit(outputs, labels(parts.heldOut), recipe.calibrationDecay());
    listener.accept("calibrated on %,d faces that it had not seen".formatted(outputs.length));
    return new TrainedFeatureClassifier(recipe, scaling, learner, map, training.shares());
  }

  static int[] labels(List<LabeledFeatures> faces) {
    return faces.stream().mapToInt(face -> face.label().ordinal()).toArray();
  }

  private FeatureLearner fit(float[][] scaled, int[] labels) {
    if (recipe.learner() instanceof ClassicalRecipe.SupportVectors choice) {
      return supportVectors(choice, scaled, labels);
    }
    return forest((ClassicalRecipe.Forest) recipe.learner(), scaled, labels);
  }

  private FeatureLearner supportVectors(
      ClassicalRecipe.SupportVectors choice, float[][] scaled, int[] labels) {
    PrincipalComponents components = PrincipalComponents.of(scaled, choice.components());
    float[][] projected = components.apply(scaled);
    double bestRight = -1;
    double bestGamma = choice.gammas().get(0);
    double bestCost = choice.costs().get(0);
    if (choice.gammas().size() * choice.costs().size() > 1) {
      for (double gamma : choice.gammas()) {
        for (double cost : choice.costs()) {
          double right =
              crossValidate(
                  projected,
                  labels,
                  (rows, classes) ->
                      SupportVectorMachine.fit(components, rows, classes, gamma, cost).voter());
          listener.accept("gamma %s, cost %s: %.4f right".formatted(gamma, cost, right));
          if (right > bestRight) {
            bestRight = right;
            bestGamma = gamma;
            bestCost = cost;
          }
        }
      }
    }
    SupportVectorMachine machine =
        SupportVectorMachine.fit(components, projected, labels, bestGamma, bestCost);
    listener.accept(
        "gamma %s, cost %s: %,d support vectors of %,d faces"
            .formatted(bestGamma, bestCost, machine.vectors(), labels.length));
    return machine;
  }

  private FeatureLearner forest(ClassicalRecipe.Forest choice, float[][] scaled, int[] labels) {
    double bestRight = -1;
    int bestDepth = choice.depths().get(0);
    if (choice.depths().size() > 1) {
      for (int depth : choice.depths()) {
        double right =
            crossValidate(
                scaled,
                labels,
                (rows, classes) -> {
                  RandomForest forest = RandomForest.fit(rows, classes, choice, depth);
                  return faces -> votes(forest, forest.outputs(faces));
                });
        listener.accept("depth %d: %.4f right".formatted(depth, right));
        if (right > bestRight) {
          bestRight = right;
          bestDepth = depth;
        }
      }
    }
    RandomForest forest = RandomForest.fit(scaled, labels, choice, bestDepth);
    listener.accept(
        "depth %d: %,d nodes grown on %,d faces"
            .formatted(bestDepth, forest.nodes(), labels.length));
    return forest;
  }

  /** Tells the classes of faces. */
  interface Voter {
    int[] votes(float[][] faces);
  }

  /** Fits something that tells the classes of faces. */
  private interface Fit {
    Voter fit(float[][] rows, int[] labels);
  }

  static int[] votes(FeatureLearner learner, float[][] outputs) {
    return Arrays.stream(outputs).mapToInt(learner::vote).toArray();
  }

  /** Returns the share that is right of faces that were left out of the fit, a fold at a time. */
  private double crossValidate(float[][] rows, int[] labels, Fit fit) {
    int count = Math.min(recipe.searchFaces(), rows.length);
    int right = 0;
    for (int fold = 0; fold < recipe.folds(); fold++) {
      int f = fold;
      int[] inside = IntStream.range(0, count).filter(i -> i % recipe.folds() != f).toArray();
      int[] outside = IntStream.range(0, count).filter(i -> i % recipe.folds() == f).toArray();
      Voter voter = fit.fit(pick(rows, inside), pick(labels, inside));
      int[] votes = voter.votes(pick(rows, outside));
      for (int i = 0; i < votes.length; i++) {
        right += votes[i] == labels[outside[i]] ? 1 : 0;
      }
    }
    return (double) right / count;
  }

  private static float[][] pick(float[][] rows, int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(float[][]::new);
  }

  private static int[] pick(int[] labels, int[] indices) {
    return Arrays.stream(indices).map(i -> labels[i]).toArray();
  }
}
