package org.fer4j.examples.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.fer4j.BoundingBox;
import org.fer4j.FaceResult;
import org.fer4j.examples.analysis.ImageResult;
import org.fer4j.features.FacialFeatures;
import org.fer4j.features.Feature;
import org.fer4j.features.FeatureLayout;

/**
 * A file of comma-separated values (RFC 4180) with a row for each face and a column for each
 * feature, behind those that tell which face it is. A value that is missing is empty.
 *
 * <p>Confined to one thread.
 */
public final class FeatureTable implements AutoCloseable {

  private final PrintWriter out;

  /**
   * Starts the file with its header.
   *
   * @throws UncheckedIOException if it can't be written
   */
  public FeatureTable(Path file) {
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringJoiner header = new StringJoiner(",");
    header.add("file,face,x,y,width,height,expression,confidence,layout,presence");
    for (Feature feature : FeatureLayout.current().features()) {
      header.add(feature.name());
    }
    out.print(header + "\r\n");
  }

  /** Writes the faces of an image. */
  public void write(ImageResult.Analyzed image) {
    for (int i = 0; i < image.faces().size(); i++) {
      FaceResult face = image.faces().get(i);
      FacialFeatures features = image.features().get(i);
      BoundingBox box = face.face().box();
      StringJoiner row = new StringJoiner(",");
      row.add(quoted(image.file().toString()));
      row.add(Integer.toString(i + 1));
      row.add(Float.toString(box.x()));
      row.add(Float.toString(box.y()));
      row.add(Float.toString(box.width()));
      row.add(Float.toString(box.height()));
      row.add(face.scores().top().label());
      row.add(Float.toString(face.scores().confidence()));
      row.add(features.layout().version());
      row.add(Float.toString(features.presence()));
      for (float value : features.toArray()) {
        row.add(Float.isNaN(value) ? "" : Float.toString(value));
      }
      out.print(row + "\r\n");
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * Ends the file.
   *
   * @throws UncheckedIOException if something could not be written
   */
  @Override
  public void close() {
    boolean failed = out.checkError();
    out.close();
    if (failed) {
      throw new UncheckedIOException(new IOException("the table of features can't be written"));
    }
  }
}
