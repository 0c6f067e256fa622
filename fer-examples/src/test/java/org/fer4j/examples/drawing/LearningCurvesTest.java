package org.fer4j.examples.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fer4j.FerException;
import org.fer4j.training.EpochResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {

  private static final int ACCURACY = 0x00798c;

  private static EpochResult epoch(int epoch, double accuracy) {
    return new EpochResult(epoch, 0.1, 2.0 / epoch, 1.5 / epoch, accuracy, true, 100, 10);
  }

  @Test
  void accuracyRisesInThePicture(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("curves.png");
    LearningCurves.draw(List.of(epoch(1, 0.4), epoch(2, 0.6), epoch(3, 0.8)), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(900, picture.getWidth());
    int left = topOf(picture, 0, 450);
    int right = topOf(picture, 450, 900);
    assertTrue(right < left - 50, "found the curve at " + left + " and then at " + right);
  }

  /** Returns the first row in which the curve of the accuracy is seen, but for the legend. */
  private static int topOf(BufferedImage picture, int from, int to) {
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        if ((picture.getRGB(x, y) & 0xffffff) == ACCURACY) {
          return y;
        }
      }
    }
    throw new AssertionError("no curve");
  }

  @Test
  void oneEpochIsDrawnAsWell(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("curves.png");
    LearningCurves.draw(List.of(epoch(1, 0.4)), file);
    assertTrue(topOf(ImageIO.read(file.toFile()), 0, 900) > 0);
  }

  @Test
  void folderThatIsMissingIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none/curves.png");
    var e =
        assertThrows(FerException.class, () -> LearningCurves.draw(List.of(epoch(1, 0.4)), file));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + " can't be written"));
  }
}
