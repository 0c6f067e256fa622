package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fer4j.examples.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains, fuses and compares on drawings: a mouth that is open or closed, at many places. */
class ClassicalCommandsTest {

  private static final String RECIPE =
      """
      {"learner": {"type": "svm", "components": 8, "gammas": [0.5], "costs": [2.0]},
       "features": "ALL", "heldOutShare": 0.25, "mostOfExpression": 100, "searchFaces": 20,
       "folds": 2, "calibrationDecay": 1e-3, "seed": 1}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path data = Path.of("");

  @BeforeEach
  void draw() throws IOException {
    data = folder.resolve("drawings");
    for (String split : List.of("train", "valid")) {
      for (String label : List.of("neutral", "surprise")) {
        Path target = Files.createDirectories(data.resolve(split).resolve(label));
        for (int i = 0; i < (split.equals("train") ? 16 : 6); i++) {
          ImageIO.write(
              face(label.equals("surprise"), i), "png", target.resolve(i + ".png").toFile());
        }
      }
    }
  }

  private static BufferedImage face(boolean open, int variant) {
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    int grey = 150 + 6 * (variant % 8);
    int shift = variant % 3 - 1;
    graphics.setColor(new Color(grey, grey, grey));
    graphics.fillRect(0, 0, 48, 48);
    graphics.setColor(Color.DARK_GRAY);
    graphics.fillOval(12 + shift, 17, 6, 3);
    graphics.fillOval(30 + shift, 17, 6, 3);
    graphics.fillOval(18 + shift, open ? 32 : 36, 12, open ? 11 : 2);
    graphics.dispose();
    return image;
  }

  private CommandLineRun train(Path recipe, Path model) {
    return CommandLineRun.of(
        "train-classical",
        data,
        "--recipe",
        recipe,
        "--run",
        folder.resolve("run"),
        "--framed-as",
        "fer-fast",
        "--export",
        model);
  }

  @Test
  void trainsAClassifierThatEvaluates() throws IOException {
    Path recipe = Files.writeString(folder.resolve("tiny.json"), RECIPE);
    Path model = folder.resolve("tiny-svm");
    CommandLineRun trained = train(recipe, model);
    assertEquals(0, trained.status(), trained.err());
    assertEquals(
        "tiny-svm: 100.00 %% of 12 validation images, written to %s%n".formatted(model),
        trained.out());
    assertTrue(trained.err().contains("support vectors of 24 faces"), trained.err());
    assertTrue(Files.exists(folder.resolve("run").resolve("train-0.features")));
    byte[] network = Files.readAllBytes(model.resolve("model.onnx"));

    CommandLineRun again = train(recipe, model);
    assertEquals(trained.out(), again.out());
    assertEquals(network.length, Files.size(model.resolve("model.onnx")));

    CommandLineRun compared =
        CommandLineRun.of(
            "ablation", data, "--split", "valid", "--models", model, "--robustness-sample", "2");
    assertEquals(0, compared.status(), compared.err());
    List<String> lines = compared.lines();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).contains("accuracy of 12"), lines.get(0));
    assertTrue(lines.get(2).startsWith("| " + model + " | 100.00 %"), lines.get(2));
  }

  @Test
  void fusesBundledClassifiers() {
    Path model = folder.resolve("both");
    CommandLineRun fused =
        CommandLineRun.of(
            "fuse", data, "--branches", "fer-fast,fer-svm", "--faces", "4", "--export", model);
    assertEquals(0, fused.status(), fused.err());
    assertEquals(3, fused.lines().size());
    assertTrue(fused.lines().get(1).startsWith("weighted: "), fused.out());
    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate", data, "--split", "valid", "--detector", "none", "--model", model);
    assertEquals(0, evaluated.status(), evaluated.err());
  }

  @Test
  void refusesWhatThereIsNot() {
    CommandLineRun rule =
        CommandLineRun.of("fuse", data, "--rule", "best", "--export", folder.resolve("x"));
    assertEquals(2, rule.status());
    assertTrue(rule.err().contains("expected one of [average, weighted, stacked]"), rule.err());
    CommandLineRun recipe = train(Path.of("none.json"), folder.resolve("x"));
    assertEquals(2, recipe.status());
    assertTrue(recipe.err().contains("there is no recipe named 'none.json'"), recipe.err());
    CommandLineRun branch =
        CommandLineRun.of(
            "fuse", data, "--branches", "fer-fast,fer-slow", "--export", folder.resolve("x"));
    assertEquals(2, branch.status());
    assertTrue(branch.err().contains("found 'fer-slow'"), branch.err());
  }

  @Test
  void wrongUsageOfFuseWritesNothing() {
    Path export = folder.resolve("fused");
    for (List<String> wrong :
        List.of(
            List.of("--faces", "0"), List.of("--branches", "fer-svm"), List.of("--rule", "x"))) {
      CommandLineRun run =
          CommandLineRun.of("fuse", data, "--export", export, wrong.get(0), wrong.get(1));
      assertEquals(2, run.status(), run.err());
      assertTrue(run.err().contains(wrong.get(0)), run.err());
    }
    CommandLineRun run = CommandLineRun.of("fuse", folder.resolve("none"), "--export", export);
    assertEquals(2, run.status(), run.err());
    assertFalse(Files.exists(export));
  }
}
