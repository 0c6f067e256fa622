package org.fer4j.examples.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.fer4j.BoundingBox;
import org.fer4j.Emotion;
import org.fer4j.FaceMesh;
import org.fer4j.FaceResult;
import org.fer4j.Landmarks;
import org.fer4j.examples.analysis.ImageResult;
import org.fer4j.examples.analysis.ImageTimes;
import org.fer4j.landmarks.FaceOpenness;
import org.fer4j.landmarks.HeadPose;

/**
 * One line of JSON for each image. Coordinates, angles in degrees and times in milliseconds have
 * two decimals, probabilities and openness four.
 */
final class JsonLinesResultWriter implements ResultWriter {

  private static final int COORDINATE_DECIMALS = 2;
  private static final int PROBABILITY_DECIMALS = 4;
  private static final int ANGLE_DECIMALS = 2;
  private static final int OPENNESS_DECIMALS = 4;
  private static final int MILLIS_DECIMALS = 2;
  private static final double NANOS_PER_MILLI = 1e6;

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private final PrintWriter out;

  JsonLinesResultWriter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(ImageResult result) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(line)) {
      generator.writeStartObject();
      generator.writeStringField("file", result.file().toString());
      if (result instanceof ImageResult.Analyzed analyzed) {
        writeAnalyzed(generator, analyzed);
      } else if (result instanceof ImageResult.Failed failed) {
        generator.writeStringField("error", failed.reason());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter can't fail.", e);
    }
    // The same line end everywhere.
    out.print(line + "\n");
    out.flush();
  }

  private static void writeAnalyzed(JsonGenerator generator, ImageResult.Analyzed image)
      throws IOException {
    generator.writeNumberField("width", image.width());
    generator.writeNumberField("height", image.height());
    generator.writeArrayFieldStart("faces");
    for (FaceResult face : image.faces()) {
      writeFace(generator, face);
    }
    generator.writeEndArray();
    writeTimes(generator, image.times());
    if (image.annotated().isPresent()) {
      generator.writeStringField("annotated", image.annotated().get().toString());
    }
  }

  private static void writeFace(JsonGenerator generator, FaceResult face) throws IOException {
    generator.writeStartObject();
    BoundingBox box = face.face().box();
    generator.writeObjectFieldStart("box");
    writeRounded(generator, "x", box.x(), COORDINATE_DECIMALS);
    writeRounded(generator, "y", box.y(), COORDINATE_DECIMALS);
    writeRounded(generator, "width", box.width(), COORDINATE_DECIMALS);
    writeRounded(generator, "height", box.height(), COORDINATE_DECIMALS);
    generator.writeEndObject();
    writeRounded(generator, "score", face.face().score(), PROBABILITY_DECIMALS);
    writeKeypoints(generator, face.face().keypoints());
    generator.writeStringField("emotion", face.scores().top().label());
    writeRounded(generator, "confidence", face.scores().confidence(), PROBABILITY_DECIMALS);
    generator.writeObjectFieldStart("scores");
    for (Emotion emotion : Emotion.all()) {
      writeRounded(generator, emotion.label(), face.scores().of(emotion), PROBABILITY_DECIMALS);
    }
    generator.writeEndObject();
    if (face.mesh().isPresent()) {
      writeMesh(generator, face.mesh().get());
    }
    generator.writeEndObject();
  }

  private static void writeMesh(JsonGenerator generator, FaceMesh mesh) throws IOException {
    HeadPose pose = HeadPose.of(mesh);
    generator.writeObjectFieldStart("pose");
    writeRounded(generator, "yaw", pose.yawDegrees(), ANGLE_DECIMALS);
    writeRounded(generator, "pitch", pose.pitchDegrees(), ANGLE_DECIMALS);
    writeRounded(generator, "roll", pose.rollDegrees(), ANGLE_DECIMALS);
    generator.writeEndObject();
    FaceOpenness openness = FaceOpenness.of(mesh);
    generator.writeObjectFieldStart("openness");
    writeRounded(generator, "right_eye", openness.rightEye(), OPENNESS_DECIMALS);
    writeRounded(generator, "left_eye", openness.leftEye(), OPENNESS_DECIMALS);
    writeRounded(generator, "mouth", openness.mouth(), OPENNESS_DECIMALS);
    generator.writeEndObject();
    writeRounded(generator, "presence", mesh.presence(), PROBABILITY_DECIMALS);
    generator.writeArrayFieldStart("landmarks");
    for (int i = 0; i < FaceMesh.SIZE; i++) {
      generator.writeStartArray();
      generator.writeNumber(rounded(mesh.x(i), COORDINATE_DECIMALS));
      generator.writeNumber(rounded(mesh.y(i), COORDINATE_DECIMALS));
      generator.writeNumber(rounded(mesh.z(i), COORDINATE_DECIMALS));
      generator.writeEndArray();
    }
    generator.writeEndArray();
  }

  private static void writeKeypoints(JsonGenerator generator, Landmarks points) throws IOException {
    generator.writeObjectFieldStart("keypoints");
    for (int i = 0; i < points.size(); i++) {
      generator.writeArrayFieldStart(points.layout().names().get(i));
      generator.writeNumber(rounded(points.x(i), COORDINATE_DECIMALS));
      generator.writeNumber(rounded(points.y(i), COORDINATE_DECIMALS));
      generator.writeEndArray();
    }
    generator.writeEndObject();
  }

  private static void writeTimes(JsonGenerator generator, ImageTimes times) throws IOException {
    generator.writeObjectFieldStart("millis");
    writeMillis(generator, "decode", times.decodeNanos());
    writeMillis(generator, "detect", times.detectNanos());
    if (times.landmarkNanos() > 0) {
      writeMillis(generator, "landmarks", times.landmarkNanos());
    }
    writeMillis(generator, "classify", times.classifyNanos());
    writeMillis(generator, "total", times.totalNanos());
    generator.writeEndObject();
  }

  private static void writeMillis(JsonGenerator generator, String name, long nanos)
      throws IOException {
    writeRounded(generator, name, nanos / NANOS_PER_MILLI, MILLIS_DECIMALS);
  }

  private static void writeRounded(JsonGenerator generator, String name, double value, int decimals)
      throws IOException {
    generator.writeNumberField(name, rounded(value, decimals));
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }

  @Override
  public void finish(Summary summary) {
    // Lines only: a program reads them.
  }
}
