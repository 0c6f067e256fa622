package org.fer4j.examples.drawing;

import java.awt.Color;
import org.fer4j.Emotion;

/**
 * A colour for each expression: the palette that people with any colour vision can tell apart of
 * Okabe and Ito, <i>Color Universal Design</i>, 2008, with grey in place of black.
 *
 * <p>Safe for use by many threads.
 */
public final class EmotionColors {

  /** Relative luminance at which black and white text have the same contrast (WCAG 2.1). */
  private static final double EQUAL_CONTRAST = 0.179;

  private EmotionColors() {}

  /** Returns the colour of an expression. */
  public static Color of(Emotion emotion) {
    return switch (emotion) {
      case NEUTRAL -> new Color(0xBFBFBF);
      case HAPPINESS -> new Color(0xF0E442);
      case SURPRISE -> new Color(0xE69F00);
      case SADNESS -> new Color(0x0072B2);
      case ANGER -> new Color(0xD55E00);
      case DISGUST -> new Color(0x009E73);
      case FEAR -> new Color(0xCC79A7);
      case CONTEMPT -> new Color(0x56B4E9);
    };
  }

  /** Returns black or white, whichever is easier to read on a colour. */
  static Color textOn(Color background) {
    double luminance =
        0.2126 * linear(background.getRed())
            + 0.7152 * linear(background.getGreen())
            + 0.0722 * linear(background.getBlue());
    return luminance > EQUAL_CONTRAST ? Color.BLACK : Color.WHITE;
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
