package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  private static final CropSet TRAINING = Samples.crops(100, 1);
  private static final CropSet VALIDATION = Samples.crops(60, 2);

  @Test
  void learnsWhatCanBeLearned(@TempDir Path path) throws IOException {
    RunFolder folder = new RunFolder(path.resolve("run"));
    List<EpochResult> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult result) {
            epochs.add(result);
          }
        };
    TrainingResult result =
        trainer(Samples.recipe(8), folder, listener).train(TRAINING, VALIDATION);
    assertEquals(TrainingResult.End.FINISHED, result.end());
    assertTrue(result.bestAccuracy() > 0.95, "found " + result);
    assertEquals(8, epochs.size());
    assertEquals(9, Files.readAllLines(folder.log()).size());
    assertEquals(8, folder.epochs().size());
    for (int i = 0; i < 8; i++) {
      assertEquals(epochs.get(i).best(), folder.epochs().get(i).best());
      assertEquals(
          epochs.get(i).validationAccuracy(), folder.epochs().get(i).validationAccuracy(), 1e-4);
    }
    TrainedNetwork best = TrainedNetwork.read(folder.best());
    assertEquals(Samples.recipe(8), best.recipe());
    assertEquals(result.bestAccuracy(), best.measure(VALIDATION).accuracy(), 1e-9);
  }

  @Test
  void resumedRunComputesWhatAnUninterruptedOneDoes(@TempDir Path path) throws IOException {
    RunFolder whole = new RunFolder(path.resolve("whole"));
    trainer(Samples.recipe(3), whole, TrainingListener.NONE).train(TRAINING, VALIDATION);

    RunFolder parts = new RunFolder(path.resolve("parts"));
    // Within an epoch, at its first step, and after its last.
    for (int[] stop : new int[][] {{1, 2}, {2, 1}, {2, 6}}) {
      TrainingResult result =
          trainer(Samples.recipe(3), parts, new Interrupter(stop[0], stop[1]))
              .train(TRAINING, VALIDATION);
      assertTrue(Thread.interrupted());
      assertEquals(TrainingResult.End.INTERRUPTED, result.end());
    }
    trainer(Samples.recipe(3), parts, TrainingListener.NONE).train(TRAINING, VALIDATION);

    assertSame(SafeTensors.read(whole.checkpoint()), SafeTensors.read(parts.checkpoint()));
    assertSame(SafeTensors.read(whole.best()), SafeTensors.read(parts.best()));
    assertEquals(withoutTimes(whole), withoutTimes(parts));
  }

  private static Trainer trainer(
      TrainingRecipe recipe, RunFolder folder, TrainingListener listener) {
    return new Trainer(recipe, Trainer.Given.nothing(), folder, listener);
  }

  private static void assertSame(Weights expected, Weights found) {
    assertEquals(expected.facts(), found.facts());
    assertEquals(expected.arrays().keySet(), found.arrays().keySet());
    expected
        .arrays()
        .forEach((name, a) -> assertArrayEquals(a.values(), found.array(name).values(), name));
  }

  private static List<String> withoutTimes(RunFolder folder) throws IOException {
    return Files.readAllLines(folder.log()).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*$", ""))
        .toList();
  }

  /** Interrupts the training thread after a step. */
  private record Interrupter(int epoch, int step) implements TrainingListener {
    @Override
    public void stepped(Step done) {
      if (done.epoch() == epoch && done.step() == step) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static TrainingRecipe changed(TrainingRecipe recipe, String from, String to) {
    String json = recipe.toJson();
    assertTrue(json.contains(from), json);
    return TrainingRecipe.parse(json.replace(from, to));
  }

  @Test
  void startsFromGivenWeights(@TempDir Path path) {
    RunFolder first = new RunFolder(path.resolve("first"));
    trainer(Samples.recipe(8), first, TrainingListener.NONE).train(TRAINING, VALIDATION);
    TrainingRecipe gentle =
        changed(
            changed(Samples.recipe(1), "\"random\"", "\"given\""),
            "\"learningRate\" : 0.05",
            "\"learningRate\" : 1.0E-6");
    Trainer.Given given =
        new Trainer.Given(Optional.of(TrainedNetwork.read(first.best())), List.of());
    RunFolder second = new RunFolder(path.resolve("second"));
    TrainingResult result =
        new Trainer(gentle, given, second, TrainingListener.NONE).train(TRAINING, VALIDATION);
    assertTrue(result.bestAccuracy() > 0.95, "found " + result);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> trainer(gentle, second, TrainingListener.NONE));
    assertEquals("the recipe's start is 'given', but no weights are given", e.getMessage());
  }

  @Test
  void frozenBlocksKeepTheirWeights(@TempDir Path path) {
    Weights[] checkpoints = new Weights[2];
    for (int run = 0; run < 2; run++) {
      RunFolder folder = new RunFolder(path.resolve("run" + run));
      TrainingRecipe recipe =
          changed(Samples.recipe(1 + run), "\"frozenBlocks\" : 0", "\"frozenBlocks\" : 1");
      trainer(recipe, folder, TrainingListener.NONE).train(TRAINING, VALIDATION);
      checkpoints[run] = SafeTensors.read(folder.checkpoint());
    }
    checkpoints[0]
        .arraysUnder("network/")
        .forEach(
            (name, array) -> {
              boolean frozen = name.startsWith("stem") || name.startsWith("stage1.block1");
              float[] after = checkpoints[1].array("network/" + name).values();
              assertEquals(frozen, Arrays.equals(array.values(), after), name);
            });
  }

  @Test
  void learnsFromATeacherAlone(@TempDir Path path) {
    RunFolder teacher = new RunFolder(path.resolve("teacher"));
    trainer(Samples.recipe(8), teacher, TrainingListener.NONE).train(TRAINING, VALIDATION);
    TrainingRecipe recipe =
        changed(
            changed(Samples.recipe(12), "\"weight\" : 0.0", "\"weight\" : 1.0"),
            "\"views\" : 0",
            "\"views\" : 3");
    // The annotators say the opposite of what the teacher learned.
    List<Crop> lies = new ArrayList<>();
    for (Crop crop : TRAINING.crops()) {
      boolean happy = crop.label().orElseThrow() == Emotion.HAPPINESS;
      float[] lie = new float[Layers.CLASSES];
      lie[(happy ? Emotion.SURPRISE : Emotion.HAPPINESS).ordinal()] = 1;
      lies.add(new Crop(crop.pixels(), crop.label(), Optional.of(EmotionScores.of(lie))));
    }
    Trainer.Given given =
        new Trainer.Given(Optional.empty(), List.of(TrainedNetwork.read(teacher.best())));
    RunFolder student = new RunFolder(path.resolve("student"));
    TrainingResult result =
        new Trainer(recipe, given, student, TrainingListener.NONE)
            .train(new CropSet(lies, List.of()), VALIDATION);
    assertTrue(result.bestAccuracy() > 0.9, "found " + result);
  }

  @Test
  void finishedRunStaysFinished(@TempDir Path path) {
    RunFolder folder = new RunFolder(path);
    Trainer trainer = trainer(Samples.recipe(1), folder, TrainingListener.NONE);
    TrainingResult first = trainer.train(TRAINING, VALIDATION);
    assertEquals(first, trainer.train(TRAINING, VALIDATION));
  }

  @Test
  void folderInUseIsRefused(@TempDir Path path) {
    RunFolder folder = new RunFolder(path);
    List<String> failures = new ArrayList<>();
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void started(Start start) {
            Trainer other = trainer(Samples.recipe(1), folder, TrainingListener.NONE);
            var e = assertThrows(FerException.class, () -> other.train(TRAINING, VALIDATION));
            failures.add(String.valueOf(e.getMessage()));
          }
        };
    trainer(Samples.recipe(1), folder, second).train(TRAINING, VALIDATION);
    assertEquals(1, failures.size());
    assertTrue(failures.get(0).startsWith("another training run is on in " + path));
    trainer(Samples.recipe(1), folder, TrainingListener.NONE).train(TRAINING, VALIDATION);
  }

  @Test
  void folderOfAnotherRecipeIsRefused(@TempDir Path path) {
    RunFolder folder = new RunFolder(path);
    trainer(Samples.recipe(1), folder, TrainingListener.NONE).train(TRAINING, VALIDATION);
    Trainer other = trainer(Samples.recipe(2), folder, TrainingListener.NONE);
    var e = assertThrows(FerException.class, () -> other.train(TRAINING, VALIDATION));
    assertTrue(String.valueOf(e.getMessage()).contains("belongs to a run of another recipe"));
  }

  @Test
  void stopsWhenAccuracyNoLongerRises(@TempDir Path path) {
    TrainingRecipe patient =
        TrainingRecipe.parse(
            Samples.recipe(50)
                .toJson()
                .replace("\"patienceEpochs\" : 1000", "\"patienceEpochs\" : 3"));
    TrainingResult result =
        trainer(patient, new RunFolder(path), TrainingListener.NONE).train(TRAINING, VALIDATION);
    assertEquals(TrainingResult.End.STOPPED_EARLY, result.end());
    assertTrue(result.bestEpoch() < 47, "found " + result);
  }

  @Test
  void noUsableImageIsTheCallersMistake(@TempDir Path path) {
    CropSet unlabelled =
        new CropSet(
            List.of(new Crop(new byte[256], Optional.empty(), Optional.empty())), List.of());
    Trainer trainer = trainer(Samples.recipe(1), new RunFolder(path), TrainingListener.NONE);
    var e = assertThrows(IllegalArgumentException.class, () -> trainer.train(TRAINING, unlabelled));
    assertEquals(
        "expected at least 2 images to train on and 1 to validate on, found 100 and 0",
        e.getMessage());
  }

  @Test
  void cropsOfAnotherSizeAreTheCallersMistake(@TempDir Path path) {
    Crop crop = TRAINING.crops().get(0);
    Crop small = new Crop(new byte[9], crop.label(), crop.distribution());
    CropSet wrong = new CropSet(List.of(crop, small), List.of());
    Trainer trainer = trainer(Samples.recipe(1), new RunFolder(path), TrainingListener.NONE);
    String expected =
        "expected crops of 16 x 16 pixels as the network's input, found one of 9 pixels";
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> trainer.train(wrong, VALIDATION))
            .getMessage());
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> trainer.train(TRAINING, wrong))
            .getMessage());
  }
}
