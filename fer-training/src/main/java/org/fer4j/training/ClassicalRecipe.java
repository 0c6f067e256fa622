package org.fer4j.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.List;
import org.fer4j.FerException;
import org.fer4j.training.internal.Ranges;

/**
 * Everything that decides what training a classifier of facial features computes, apart from the
 * faces. The same recipe on the same faces gives the same classifier.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param learner what is fitted, with what is tried for it
 * @param features which features are looked at
 * @param heldOutShare the share of each expression's faces that the learner does not see: they
 *     calibrate it, and weigh it in a fusion; from 0.05 to 0.5
 * @param mostOfExpression the most faces of one expression that the learner sees: the rest of the
 *     frequent ones would take long and teach little
 * @param searchFaces how many faces the cross-validation of {@link Learner}'s choices uses
 * @param folds of the cross-validation, 2 to 20
 * @param calibrationDecay weight decay of the map from the learner's outputs to logits, above 0
 * @param seed of what is held out, and of the faces that are seen
 */
public record ClassicalRecipe(
    Learner learner,
    Features features,
    double heldOutShare,
    int mostOfExpression,
    int searchFaces,
    int folds,
    double calibrationDecay,
    long seed) {

  private static final RecipeJson<ClassicalRecipe> JSON =
      new RecipeJson<>(ClassicalRecipe.class, "classical-recipes");

  /** Which features a classifier looks at. */
  public enum Features {
    ALL,
    GEOMETRY,
    APPEARANCE
  }

  /**
   * What is fitted.
   *
   * <p>Immutable and safe for use by many threads.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = SupportVectors.class, name = "svm"),
    @JsonSubTypes.Type(value = Forest.class, name = "forest")
  })
  public sealed interface Learner {}

  /**
   * A support vector machine with radial basis functions, one against one, on the principal
   * components of the standardised features.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param components how many, at least 1
   * @param gammas what to try for the kernel exp(-gamma d^2 / s), d being the distance of two faces
   *     and s the mean square of a face's distance from the mean
   * @param costs what to try for the penalty of errors, C
   */
  public record SupportVectors(int components, List<Double> gammas, List<Double> costs)
      implements Learner {

    /**
     * Copies the lists and checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SupportVectors {
      gammas = List.copyOf(gammas);
      costs = List.copyOf(costs);
      Ranges.require("components", components, 1, 10_000);
      Ranges.require("number of gammas", gammas.size(), 1, 100);
      Ranges.require("number of costs", costs.size(), 1, 100);
      gammas.forEach(gamma -> Ranges.require("gamma", gamma, 1e-6, 1e6));
      costs.forEach(cost -> Ranges.require("cost", cost, 1e-6, 1e6));
    }
  }

  /**
   * A random forest on the standardised features.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param trees how many, 1 to 2,000
   * @param depths what to try for the most splits between root and leaf, 1 to 25 each
   * @param leafFaces the fewest faces that are split further
   * @param candidates how many features, drawn at random, each split chooses from
   */
  public record Forest(int trees, List<Integer> depths, int leafFaces, int candidates)
      implements Learner {

    /**
     * Copies the list and checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Forest {
      depths = List.copyOf(depths);
      Ranges.require("trees", trees, 1, 2000);
      Ranges.require("number of depths", depths.size(), 1, 100);
      depths.forEach(depth -> Ranges.require("depth", depth, 1, 25));
      Ranges.require("leafFaces", leafFaces, 1, 100_000);
      Ranges.require("candidates", candidates, 1, 10_000);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ClassicalRecipe {
    Ranges.require("heldOutShare", heldOutShare, 0.05, 0.5);
    Ranges.require("mostOfExpression", mostOfExpression, 1, 1_000_000);
    Ranges.require("searchFaces", searchFaces, 1, 1_000_000);
    Ranges.require("folds", folds, 2, 20);
    Ranges.require("calibrationDecay", calibrationDecay, 1e-9, 1);
  }

  /**
   * Returns a bundled recipe: "fer-svm" or "fer-forest", those of the bundled models, or
   * "geometry-svm", which looks at geometry alone.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static ClassicalRecipe named(String name) {
    return JSON.named(name);
  }

  /**
   * Reads a recipe.
   *
   * @throws FerException if the file can't be read or is not a valid recipe
   */
  public static ClassicalRecipe read(Path file) {
    return JSON.read(file);
  }

  /**
   * Reads a recipe from its JSON.
   *
   * @throws FerException if the text is not a valid recipe
   */
  public static ClassicalRecipe parse(String json) {
    return JSON.parse(json);
  }

  /** Returns the recipe as JSON that {@link #parse} reads. */
  public String toJson() {
    return RecipeJson.toJson(this);
  }
}
