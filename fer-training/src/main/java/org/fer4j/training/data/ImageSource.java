package org.fer4j.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Where the pixels of one image come from, each time they are asked for.
 *
 * <p>Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface ImageSource {

  /**
   * Decodes the image anew.
   *
   * @throws IOException if it can't be read or is not an image
   */
  BufferedImage read() throws IOException;
}
