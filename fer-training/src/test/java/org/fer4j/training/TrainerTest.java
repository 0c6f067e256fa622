package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        new Trainer(Samples.recipe(8), folder, listener).train(TRAINING, VALIDATION);
    assertEquals(TrainingResult.End.FINISHED, result.end());
    assertTrue(result.bestAccuracy() > 0.95, "found " + result);
    assertEquals(8, epochs.size());
    assertEquals(9, Files.readAllLines(folder.log()).size());
    TrainedNetwork best = TrainedNetwork.read(folder.best());
    assertEquals(Samples.recipe(8), best.recipe());
    assertEquals(result.bestAccuracy(), best.measure(VALIDATION).accuracy(), 1e-9);
  }

  @Test
  void resumedRunComputesWhatAnUninterruptedOneDoes(@TempDir Path path) throws IOException {
    RunFolder whole = new RunFolder(path.resolve("whole"));
    new Trainer(Samples.recipe(3), whole, TrainingListener.NONE).train(TRAINING, VALIDATION);

    RunFolder parts = new RunFolder(path.resolve("parts"));
    // Within an epoch, at its first step, and after its last.
    for (int[] stop : new int[][] {{1, 2}, {2, 1}, {2, 6}}) {
      TrainingResult result =
          new Trainer(Samples.recipe(3), parts, new Interrupter(stop[0], stop[1]))
              .train(TRAINING, VALIDATION);
      assertTrue(Thread.interrupted());
      assertEquals(TrainingResult.End.INTERRUPTED, result.end());
    }
    new Trainer(Samples.recipe(3), parts, TrainingListener.NONE).train(TRAINING, VALIDATION);

    assertSame(SafeTensors.read(whole.checkpoint()), SafeTensors.read(parts.checkpoint()));
    assertSame(SafeTensors.read(whole.best()), SafeTensors.read(parts.best()));
    assertEquals(withoutTimes(whole), withoutTimes(parts));
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

  @Test
  void finishedRunStaysFinished(@TempDir Path path) {
    RunFolder folder = new RunFolder(path);
    Trainer trainer = new Trainer(Samples.recipe(1), folder, TrainingListener.NONE);
    TrainingResult first = trainer.train(TRAINING, VALIDATION);
    assertEquals(first, trainer.train(TRAINING, VALIDATION));
  }

  @Test
  void folderOfAnotherRecipeIsRefused(@TempDir Path path) {
    RunFolder folder = new RunFolder(path);
    new Trainer(Samples.recipe(1), folder, TrainingListener.NONE).train(TRAINING, VALIDATION);
    Trainer other = new Trainer(Samples.recipe(2), folder, TrainingListener.NONE);
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
        new Trainer(patient, new RunFolder(path), TrainingListener.NONE)
            .train(TRAINING, VALIDATION);
    assertEquals(TrainingResult.End.STOPPED_EARLY, result.end());
    assertTrue(result.bestEpoch() < 47, "found " + result);
  }

  @Test
  void noUsableImageIsTheCallersMistake(@TempDir Path path) {
    CropSet unlabelled =
        new CropSet(
            List.of(new Crop(new byte[256], Optional.empty(), Optional.empty())), List.of());
    Trainer trainer = new Trainer(Samples.recipe(1), new RunFolder(path), TrainingListener.NONE);
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
    Trainer trainer = new Trainer(Samples.recipe(1), new RunFolder(path), TrainingListener.NONE);
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
