package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRecipeTest {

  @Test
  void jsonHoldsEverything() {
    TrainingRecipe recipe = Samples.recipe(5);
    assertEquals(recipe, TrainingRecipe.parse(recipe.toJson()));
  }

  @Test
  void bundledRecipeIsRead() {
    assertEquals(48, TrainingRecipe.named("fer-fast").network().inputSize());
    assertEquals("faceres", TrainingRecipe.named("fer-accurate").start());
    for (String further : List.of("fer-accurate-2", "fine-tune")) {
      assertEquals(TrainingRecipe.GIVEN, TrainingRecipe.named(further).start());
      assertEquals(
          TrainingRecipe.named("fer-accurate").network(), TrainingRecipe.named(further).network());
    }
  }

  @Test
  void fromScratchNeedsNothingButImages() {
    TrainingRecipe recipe = TrainingRecipe.named("from-scratch");
    assertEquals(TrainingRecipe.RANDOM, recipe.start());
    assertEquals(0, recipe.secondLabelWeight());
    assertEquals(Distillation.none(), recipe.distillation());
  }

  @Test
  void otherNamesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TrainingRecipe.named("none"));
  }

  @Test
  void missingValueIsNamed() {
    String json = Samples.recipe(5).toJson().replace("\"momentum\" : 0.9,", "");
    assertTrue(failure(json).contains("momentum"), failure(json));
  }

  @Test
  void unknownValueIsNamed() {
    String json =
        Samples.recipe(5).toJson().replace("\"momentum\"", "\"momentun\" : 1, \"momentum\"");
    assertTrue(failure(json).contains("momentun"), failure(json));
  }

  @Test
  void valueOutOfRangeIsNamed() {
    String json = Samples.recipe(5).toJson().replace("\"momentum\" : 0.9", "\"momentum\" : 9");
    assertTrue(failure(json).contains("expected momentum from 0.0 to 0.9999, found 9.0"));
  }

  @Test
  void fileIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("r.json");
    var e = assertThrows(FerException.class, () -> TrainingRecipe.read(file));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + " is not a recipe: "));
  }

  @Test
  void learningRateRisesThenFallsToZero() {
    TrainingRecipe recipe = Samples.recipe(10);
    assertEquals(0.005, recipe.learningRateAt(0, 10), 1e-9);
    assertEquals(0.05, recipe.learningRateAt(9, 10), 1e-9);
    assertEquals(0.05, recipe.learningRateAt(10, 10), 1e-9);
    assertEquals(0.025, recipe.learningRateAt(55, 10), 1e-9);
    assertEquals(0, recipe.learningRateAt(99, 10), 1e-4);
  }

  @Test
  void eachCycleFallsFromItsOwnLearningRate() {
    String json = Samples.recipe(4).toJson();
    String cycle = json.substring(json.indexOf("\"cycles\""), json.indexOf("\"batchSize\""));
    TrainingRecipe recipe =
        TrainingRecipe.parse(
            json.replace(
                cycle,
                """
                "cycles" : [
                  {"epochs" : 4, "learningRate" : 0.4, "enlargedTo" : 16, "frozenBlocks" : 0},
                  {"epochs" : 2, "learningRate" : 0.1, "enlargedTo" : 20, "frozenBlocks" : 0}],
                """));
    assertEquals(6, recipe.epochs());
    assertEquals(0.4, recipe.learningRateAt(10, 10), 1e-9);
    assertEquals(0, recipe.learningRateAt(39, 10), 2e-3);
    assertEquals(0.1, recipe.learningRateAt(40, 10), 1e-9);
    assertEquals(0.05, recipe.learningRateAt(50, 10), 1e-9);
    assertEquals(0, recipe.learningRateAt(59, 10), 1e-3);
    assertEquals(16, recipe.cycleAt(4).enlargedTo());
    assertEquals(20, recipe.cycleAt(5).enlargedTo());
  }

  private static String failure(String json) {
    return String.valueOf(
        assertThrows(FerException.class, () -> TrainingRecipe.parse(json)).getMessage());
  }

  @Test
  void networkThatWeighsPlacesHasOneSize() {
    String recipe = TrainingRecipe.named("fer-accurate").toJson();
    String other = recipe.replace("\"mobilenet\"", "\"mobilefacenet\"");
    var e = assertThrows(FerException.class, () -> TrainingRecipe.parse(other));
    assertTrue(
        String.valueOf(e.getMessage()).contains("enlargedTo of a cycle"),
        String.valueOf(e.getMessage()));
  }
}
