package org.fer4j.training.data;

import java.awt.image.BufferedImage;

/** Grey values in memory, row by row. */
@SuppressWarnings("ArrayRecordComponent") // Never handed out, compared by nobody.
record GreyPixels(int width, int height, byte[] values) implements ImageSource {

  @Override
  public BufferedImage read() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    return image;
  }
}
