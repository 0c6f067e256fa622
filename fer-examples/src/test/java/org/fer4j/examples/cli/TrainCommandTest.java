package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.fer4j.CropRule;
import org.fer4j.examples.CommandLineRun;
import org.fer4j.examples.Pictures;
import org.fer4j.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a tiny network on a handful of pictures of one face, dark ones of which are sad. */
class TrainCommandTest {

  private static final String RECIPE =
      """
      {"network": {"type": "residual", "inputSize": 48, "stemChannels": 4,
         "stages": [{"channels": 8, "blocks": 1}]},
       "start": "random", "dropout": 0.0, "pixelMean": 127.5, "pixelDeviation": 64.0,
       "augmentation": {
         "geometry": {"flip": true, "rotationDegrees": 5.0, "scale": 0.05, "stretch": 0.05,
           "shift": 0.05},
         "light": {"brightness": 0.0, "contrast": 0.1, "gamma": 1.0, "unevenProbability": 0.1,
           "uneven": 0.1, "exposureProbability": 0.1, "exposureStops": 0.5},
         "occlusion": {"probability": 0.1, "area": 0.1},
         "quality": {"blurProbability": 0.1, "blur": 0.02, "lowResolutionProbability": 0.1,
           "lowResolution": 0.5, "noiseProbability": 0.1, "noise": 5.0,
           "compressionProbability": 0.1, "compression": 0.5}},
       "mixup": {"probability": 0.1, "depth": 0.2}, "secondLabelWeight": 0.0,
       "distillation": {"weight": 0.0, "views": 0},
       "cycles": [{"epochs": 2, "learningRate": 0.05, "enlargedTo": 48, "frozenBlocks": 0}],
       "batchSize": 8, "warmUpEpochs": 0.5, "momentum": 0.9, "weightDecay": 1e-4,
       "averageDecay": 0.5, "patienceEpochs": 10, "seed": 1}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void trainsResumesAndExportsAModelThatAnalyzes() throws IOException {
    writeSplit("FER2013Train", 24);
    writeSplit("FER2013Valid", 8);
    Path recipe = Files.writeString(folder.resolve("tiny.json"), RECIPE);
    Path model = folder.resolve("tiny-model");
    Path list =
        Files.writeString(
            folder.resolve("out.tsv"),
            folder.getFileName() + "/FER2013Train/fer0000023.png\tconflict\n");
    CommandLineRun first = train(recipe, model, "--leave-out", list);
    assertEquals(0, first.status(), first.err());
    assertTrue(first.out().startsWith("tiny-model: "), first.out());
    assertTrue(first.err().contains("epoch 2 of 2: "), first.err());
    assertTrue(first.err().contains("train: 23 images, 1 left out"), first.err());
    assertTrue(first.err().contains("valid: 8 images, 0 left out"), first.err());
    String manifest = Files.readString(model.resolve("model.json"));
    assertTrue(manifest.contains("--model tiny-model --leave-out out.tsv"), manifest);
    assertTrue(Files.size(folder.resolve("golden.json")) > 0);
    assertTrue(Files.size(folder.resolve("run").resolve("curves.png")) > 0);

    CropRule rule = Model.ofDirectory(model).manifest().requireClassifier().crop();
    assertEquals(0.5, x(rule, "nose_tip"), 0.02);
    assertTrue(x(rule, "right_eye") < x(rule, "left_eye"));

    CommandLineRun again = train(recipe, model, "--leave-out", list);
    assertEquals(0, again.status(), again.err());
    assertTrue(!again.err().contains("epoch 2 of 2: "), "a finished run is not trained again");

    CommandLineRun analyzed =
        CommandLineRun.of(
            "analyze",
            Path.of("..", "samples", "astronaut.jpg"),
            "--model",
            model,
            "--format",
            "jsonl");
    assertEquals(0, analyzed.status(), analyzed.err());
    assertTrue(analyzed.out().contains("\"emotion\""), analyzed.out());
  }

  @Test
  void exportedModelIsTrainedOnAndTeaches() throws IOException {
    writeSplit("FER2013Train", 24);
    writeSplit("FER2013Valid", 8);
    Path recipe = Files.writeString(folder.resolve("tiny.json"), RECIPE);
    Path model = folder.resolve("tiny-model");
    CommandLineRun first = train(recipe, model, "--half");
    assertEquals(0, first.status(), first.err());

    String further =
        RECIPE.replace("\"random\"", "\"given\"").replace("\"weight\": 0.0", "\"weight\": 0.5");
    Path furtherRecipe = Files.writeString(folder.resolve("further.json"), further);
    CommandLineRun nothing = train(furtherRecipe, folder.resolve("further"));
    assertEquals(2, nothing.status());
    assertTrue(nothing.err().contains("the recipe's start is 'given', but no weights are given"));

    CommandLineRun second =
        CommandLineRun.of(
            "train",
            folder,
            "--recipe",
            furtherRecipe,
            "--run",
            folder.resolve("second-run"),
            "--export",
            folder.resolve("further"),
            "--from",
            model,
            "--teacher",
            model);
    assertEquals(0, second.status(), second.err());
    assertTrue(second.out().startsWith("further: "), second.out());
  }

  @Test
  void secondLabelsThatAreWantedOrNotAreAskedForByName() throws IOException {
    writeSplit("FER2013Train", 8);
    writeSplit("FER2013Valid", 8);
    Path two =
        Files.writeString(
            folder.resolve("two.json"),
            RECIPE.replace("\"secondLabelWeight\": 0.0", "\"secondLabelWeight\": 0.4"));
    CommandLineRun without = train(two, folder.resolve("model"));
    assertEquals(2, without.status());
    assertTrue(without.err().contains("name the labels with --second-labels"), without.err());
    Path labels =
        Files.writeString(folder.resolve("labels.csv"), "image,label\nfer0000001.png,sad\n");
    CommandLineRun with = train(two, folder.resolve("model"), "--second-labels", labels);
    assertEquals(0, with.status(), with.err());
  }

  @Test
  void anUnknownRecipeIsWrongUsage() throws IOException {
    CommandLineRun run = train(Path.of("no-such-recipe"), folder.resolve("model"));
    assertEquals(2, run.status());
    assertTrue(run.err().contains("no-such-recipe"), run.err());
  }

  @Test
  void aFolderWithoutDataFailsWithTheReason() throws IOException {
    Path recipe = Files.writeString(folder.resolve("tiny.json"), RECIPE);
    CommandLineRun run = train(recipe, folder.resolve("model"));
    assertEquals(1, run.status(), run.err());
    assertTrue(run.err().contains("is not a dataset: expected"), run.err());
  }

  private static float x(CropRule rule, String name) {
    return Objects.requireNonNull(rule.template().get(name)).x();
  }

  private CommandLineRun train(Path recipe, Path model, Object... options) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "train",
                folder,
                "--recipe",
                recipe,
                "--run",
                folder.resolve("run"),
                "--export",
                model,
                "--golden",
                folder.resolve("golden.json")));
    all.addAll(List.of(options));
    return CommandLineRun.of(all.toArray());
  }

  private void writeSplit(String split, int count) throws IOException {
    BufferedImage portrait = ImageIO.read(Path.of("..", "samples", "astronaut.jpg").toFile());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean dark = i % 2 == 1;
      String name = "fer%07d.png".formatted(i);
      BufferedImage crop = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = crop.createGraphics();
      int shift = i % 5;
      graphics.drawImage(
          portrait, 0, 0, 48, 48, 165 + shift, 65 - shift, 280 + shift, 180 - shift, null);
      if (dark) {
        graphics.setColor(new Color(0, 0, 0, 120));
        graphics.fillRect(0, 0, 48, 48);
      }
      graphics.dispose();
      Pictures.write(folder.resolve(split).resolve(name), Pictures.encode(crop, "png"));
      lines.add(
          name + ",\"(0, 0, 48, 48)\"," + (dark ? "0,0,0,10,0,0,0,0,0,0" : "0,10,0,0,0,0,0,0,0,0"));
    }
    Files.write(folder.resolve(split).resolve("label.csv"), lines);
  }
}
