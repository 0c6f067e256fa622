package org.fer4j.training;

/** From grey values of 0 to 255 to what the network reads, as its manifest says. */
final class Normalization {

  private Normalization() {}

  static void apply(TrainingRecipe recipe, float[] pixels) {
    float mean = recipe.pixelMean();
    float deviation = recipe.pixelDeviation();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (pixels[i] - mean) / deviation;
    }
  }

  /** From what one network reads to what another reads. */
  static void change(TrainingRecipe from, TrainingRecipe to, float[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pixels[i] * from.pixelDeviation() + from.pixelMean();
    }
    apply(to, pixels);
  }
}
