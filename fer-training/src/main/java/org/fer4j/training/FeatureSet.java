package org.fer4j.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.features.FeatureLayout;
import org.fer4j.features.FeatureReader;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;

/**
 * The features of the labelled faces of a split, 7 KB each.
 *
 * <p>Immutable as long as nobody writes to the values, which are not copied; then safe for use by
 * many threads.
 *
 * @param faces those with a label, in the order of the dataset
 * @param unreadable what was left out, one sentence for each image
 */
public record FeatureSet(List<LabeledFeatures> faces, List<String> unreadable) {

  private static final int MANY = 1 << 20;

  /**
   * One face.
   *
   * <p>Immutable as long as nobody writes to the values, which are not copied; then safe for use by
   * many threads.
   *
   * @param values in the order of {@link FeatureLayout#current()}, NaN where one is missing
   * @param label the expression that counts as right
   */
  @SuppressWarnings("ArrayRecordComponent") // Held by the ten thousand, compared by nobody.
  public record LabeledFeatures(float[] values, Emotion label) {}

  /** Copies both lists. */
  public FeatureSet {
    faces = List.copyOf(faces);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Measures every image that has a label; images are face crops.
   *
   * @param progress is told of each image, how many there were so far
   */
  public static FeatureSet of(
      ExpressionDataset dataset, FeatureReader reader, IntConsumer progress) {
    List<LabeledFeatures> faces = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    int seen = 0;
    for (LabeledImage image : dataset.images()) {
      Optional<Emotion> label = image.label();
      if (label.isPresent()) {
        try {
          FaceCrop crop = FaceCrop.whole(Frame.of(image.read()));
          faces.add(new LabeledFeatures(reader.read(List.of(crop)).get(0).toArray(), label.get()));
        } catch (IOException e) {
          unreadable.add(String.valueOf(e.getMessage()));
        }
      }
      progress.accept(++seen);
    }
    return new FeatureSet(faces, unreadable);
  }

  /** Returns these faces, then those of another set. */
  public FeatureSet with(FeatureSet other) {
    return new FeatureSet(
        Stream.concat(faces.stream(), other.faces.stream()).toList(),
        Stream.concat(unreadable.stream(), other.unreadable.stream()).toList());
  }

  /**
   * Reads a set that was written before.
   *
   * @param key what it was written with
   * @return empty if there is no such file, or it was written with another key or layout
   * @throws FerException if the file can't be read
   */
  public static Optional<FeatureSet> read(Path file, String key) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), MANY))) {
      if (!in.readUTF().equals(fullKey(key))) {
        return Optional.empty();
      }
      List<LabeledFeatures> faces = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        Emotion label = Emotion.all().get(in.readByte());
        faces.add(new LabeledFeatures(readFloats(in), label));
      }
      return Optional.of(new FeatureSet(faces, List.of()));
    } catch (IOException e) {
      throw new FerException(
          "%s can't be read as features: %s; delete it to measure them again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Writes the faces, so that they need not be measured again.
   *
   * @param key what they were measured on and with
   * @throws FerException if the file can't be written
   */
  public void write(Path file, String key) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary), MANY))) {
        out.writeUTF(fullKey(key));
        out.writeInt(faces.size());
        for (LabeledFeatures face : faces) {
          out.writeByte(face.label.ordinal());
          ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * face.values.length);
          bytes.asFloatBuffer().put(face.values);
          out.write(bytes.array());
        }
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FerException("%s can't be written: %s".formatted(file, e), e);
    }
  }

  private static String fullKey(String key) {
    return "features of layout %s of %s".formatted(FeatureLayout.current().version(), key);
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    float[] values = new float[FeatureLayout.current().size()];
    byte[] bytes = new byte[Float.BYTES * values.length];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  /** Returns how often each expression occurs. */
  EmotionScores shares() {
    int[] counts = new int[Emotion.all().size()];
    faces.forEach(face -> counts[face.label.ordinal()]++);
    float[] shares = new float[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) counts[i] / faces.size();
    }
    return EmotionScores.of(shares);
  }
}
