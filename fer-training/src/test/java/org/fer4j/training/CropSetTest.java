package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.training.data.DatasetFiles;
import org.fer4j.training.data.ExpressionDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropSetTest {

  @Test
  void corruptImagesAreCountedAndTheRestIsKept(@TempDir Path folder) throws IOException {
    DatasetFiles.png(folder.resolve("happy/a.png"), 48, 48, 1);
    DatasetFiles.png(folder.resolve("sad/b.png"), 90, 70, 2);
    Files.writeString(folder.resolve("sad/c.png"), "no image");
    try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
      CropSet crops = CropSet.ofWholeImages(dataset, 32);
      assertEquals(2, crops.crops().size());
      assertEquals(32 * 32, crops.crops().get(1).pixels().length);
      assertEquals(
          List.of(folder.resolve("sad/c.png") + " is not an image of a known format"),
          crops.unreadable());
    }
  }

  @Test
  void imagesWithoutAFaceAreCounted(@TempDir Path folder) {
    DatasetFiles.png(folder.resolve("happy/a.png"), 48, 48, 1);
    try (ExpressionDataset dataset = ExpressionDataset.open(folder)) {
      CropSet crops = CropSet.of(dataset, (entry, image) -> Optional.empty());
      assertTrue(crops.crops().isEmpty());
      assertEquals(List.of(folder.resolve("happy/a.png") + " shows no face"), crops.unreadable());
    }
  }

  @Test
  void meanIsOfWhatIsLearned() {
    Crop surprised = crop(Optional.of(EmotionScores.of(0.2f, 0, 0.8f, 0, 0, 0, 0, 0)));
    Crop happy = crop(Optional.of(EmotionScores.of(0, 1, 0, 0, 0, 0, 0, 0)));
    CropSet crops = new CropSet(List.of(surprised, happy, crop(Optional.empty())), List.of());
    EmotionScores mean = crops.meanDistribution();
    assertEquals(0.1f, mean.of(Emotion.NEUTRAL), 1e-6f);
    assertEquals(0.5f, mean.of(Emotion.HAPPINESS), 1e-6f);
    assertEquals(0.4f, mean.of(Emotion.SURPRISE), 1e-6f);
    assertEquals(0, mean.of(Emotion.FEAR));
    CropSet nothing = new CropSet(List.of(crop(Optional.empty())), List.of());
    assertThrows(IllegalArgumentException.class, nothing::meanDistribution);
  }

  private static Crop crop(Optional<EmotionScores> distribution) {
    return new Crop(new byte[1], Optional.of(Emotion.FEAR), distribution);
  }
}
