package org.fer4j.examples.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.fer4j.examples.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  /** What JPEG may change in a flat area. */
  private static final int LOSS = 6;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Pictures.write(folder.resolve("picture.any"), bytes);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ImageDecoderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private String problem(byte[] bytes) throws IOException {
    return problem(file(bytes));
  }

  private static String problem(Path file) {
    return String.valueOf(
        assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(file)).getMessage());
  }

  private static void assertColor(int red, int green, int blue, int rgb) {
    assertEquals(red, rgb >> 16 & 0xff, LOSS);
    assertEquals(green, rgb >> 8 & 0xff, LOSS);
    assertEquals(blue, rgb & 0xff, LOSS);
  }

  private static int gray(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif"})
  void readsWhatJavaWrites(String format) throws IOException {
    BufferedImage image = ImageDecoder.decode(file(Pictures.encode(Pictures.withFace(), format)));
    assertEquals(160, image.getWidth());
    assertEquals(120, image.getHeight());
    assertColor(230, 230, 230, image.getRGB(60, 50));
    assertColor(20, 20, 20, image.getRGB(10, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "cmyk.jpg"})
  void readsWhatJavaCanNot(String name) throws IOException {
    BufferedImage image = ImageDecoder.decode(file(resource(name)));
    assertEquals(24, image.getWidth());
    assertEquals(16, image.getHeight());
    assertEquals(BufferedImage.TYPE_3BYTE_BGR, image.getType());
    int red = image.getRGB(20, 12);
    assertTrue((red >> 16 & 0xff) > 150 && (red >> 8 & 0xff) < 90, Integer.toHexString(red));
    int green = image.getRGB(3, 3);
    assertTrue((green >> 16 & 0xff) < 90 && (green >> 8 & 0xff) > 150, Integer.toHexString(green));
  }

  @Test
  void readsSixteenBitsOfGreyAsTheyAre() throws IOException {
    BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(3, 4, 0, 0x8080);
    BufferedImage image = ImageDecoder.decode(file(Pictures.encode(deep, "png")));
    assertEquals(BufferedImage.TYPE_BYTE_GRAY, image.getType());
    assertEquals(0x80, gray(image, 3, 4));
    assertEquals(0, gray(image, 4, 4));
  }

  @Test
  void putsTransparentPicturesOnWhite() throws IOException {
    BufferedImage clear = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(2, 2, 0xff102030);
    BufferedImage image = ImageDecoder.decode(file(Pictures.encode(clear, "png")));
    assertEquals(0xffffffff, image.getRGB(5, 5));
    assertEquals(0xff102030, image.getRGB(2, 2));
  }

  @Test
  void readsPalettes() throws IOException {
    byte[] ramp = {0, 85, (byte) 170, (byte) 255};
    IndexColorModel palette = new IndexColorModel(2, 4, ramp, ramp, ramp);
    BufferedImage indexed = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY, palette);
    indexed.getRaster().setSample(1, 1, 0, 2);
    BufferedImage image = ImageDecoder.decode(file(Pictures.encode(indexed, "png")));
    assertEquals(0xffaaaaaa, image.getRGB(1, 1));
  }

  @Test
  void takesTheFirstPictureOfAnAnimation() throws IOException {
    BufferedImage first = Pictures.withFace(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 4, 4, 10, 10);
    BufferedImage second = Pictures.withFace(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 25, 15, 10, 10);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      writer.writeToSequence(new IIOImage(first, null, null), null);
      writer.writeToSequence(new IIOImage(second, null, null), null);
      writer.endWriteSequence();
    }
    BufferedImage image = ImageDecoder.decode(file(bytes.toByteArray()));
    assertColor(230, 230, 230, image.getRGB(6, 6));
    assertColor(20, 20, 20, image.getRGB(30, 20));
  }

  /** The stored picture has its face at 48, 32 with 40 x 48 of 160 x 120 pixels. */
  @ParameterizedTest
  @CsvSource({
    "1, 160, 120, 48, 32, 40, 48",
    "2, 160, 120, 72, 32, 40, 48",
    "3, 160, 120, 72, 40, 40, 48",
    "4, 160, 120, 48, 40, 40, 48",
    "5, 120, 160, 32, 48, 48, 40",
    "6, 120, 160, 40, 48, 48, 40",
    "7, 120, 160, 40, 72, 48, 40",
    "8, 120, 160, 32, 72, 48, 40",
  })
  void turnsPicturesUpright(
      int orientation, int width, int height, int x, int y, int faceWidth, int faceHeight)
      throws IOException {
    byte[] jpeg = Pictures.encode(Pictures.withFace(), "jpeg");
    BufferedImage image = ImageDecoder.decode(file(Pictures.withOrientation(jpeg, orientation)));
    assertEquals(width, image.getWidth());
    assertEquals(height, image.getHeight());
    BufferedImage expected =
        Pictures.withFace(BufferedImage.TYPE_3BYTE_BGR, width, height, x, y, faceWidth, faceHeight);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        assertEquals(expected.getRGB(column, row) & 0xff, image.getRGB(column, row) & 0xff, 40);
      }
    }
  }

  @Test
  void turnsGreyPicturesUpright() throws IOException {
    BufferedImage stored = Pictures.withFace(BufferedImage.TYPE_BYTE_GRAY, 32, 16, 0, 0, 8, 8);
    byte[] jpeg = Pictures.encode(stored, "jpeg");
    BufferedImage image = ImageDecoder.decode(file(Pictures.withOrientation(jpeg, 6)));
    assertEquals(16, image.getWidth());
    assertTrue(gray(image, 12, 3) > 200);
    assertTrue(gray(image, 3, 3) < 60);
  }

  @Test
  void takesAWrongOrientationForNone() throws IOException {
    byte[] jpeg = Pictures.encode(Pictures.withFace(), "jpeg");
    assertEquals(160, ImageDecoder.decode(file(Pictures.withOrientation(jpeg, 9))).getWidth());
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg, 0.9",
    "jpeg, 0.4",
    "jpeg, 0.02",
    "png, 0.9",
    "png, 0.4",
    "png, 0.1",
    "bmp, 0.999",
    "bmp, 0.5",
    "gif, 0.9",
    "gif, 0.4"
  })
  void reportsFilesThatAreCutOff(String format, double share) throws IOException {
    BufferedImage noisy = Pictures.withFace();
    for (int i = 0; i < 160 * 120; i++) {
      noisy.setRGB(i % 160, i / 160, i * 7919);
    }
    String problem = problem(Pictures.cut(Pictures.encode(noisy, format), share));
    assertTrue(problem.contains("copy or download the file again"), problem);
  }

  @Test
  void reportsProgressiveJpegsThatAreCutOff() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(Pictures.withFace(), null, null), parameters);
    }
    String problem = problem(Pictures.cut(bytes.toByteArray(), 0.8));
    assertTrue(problem.contains("ends early"), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossless.webp", "cmyk.jpg"})
  void reportsWhatJavaCanNotReadWhenItIsCutOff(String name) throws IOException {
    String problem = problem(Pictures.cut(resource(name), 0.7));
    assertTrue(problem.contains("copy or download the file again"), problem);
  }

  @Test
  void reportsDamage() throws IOException {
    byte[] png = Pictures.encode(Pictures.withFace(), "png");
    for (int i = png.length / 2; i < png.length / 2 + 20; i++) {
      png[i] ^= 0x5a;
    }
    String problem = problem(png);
    assertTrue(problem.contains("copy or download the file again"), problem);
  }

  @Test
  void reportsEmptyFiles() throws IOException {
    assertTrue(problem(new byte[0]).startsWith("is empty"));
  }

  @ParameterizedTest
  @CsvSource({
    "'Dear diary,', a text file",
    "'%PDF-1.7 0000000000', a PDF document",
    "'BMW is a car maker.', a text file",
    "'0000ftypheic0000000', a HEIC image",
    "'0000ftypavif0000000', an AVIF image",
    "'0000ftypisom0000000', a video or sound file",
  })
  void saysWhatRenamedFilesAre(String content, String kind) throws IOException {
    String problem = problem(content.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(problem.startsWith("looks like " + kind), problem);
  }

  @ParameterizedTest
  @CsvSource({"50000, 50000", "40000, 10", "10, 40000", "20000, 20000"})
  void refusesHugePicturesBeforeDecodingThem(int width, int height) throws IOException {
    String problem = problem(pngHeader(width, height));
    assertTrue(problem.contains("expected at most 32,767 a side and 200 million"), problem);
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    putChunk(png, "IHDR", header.array());
    putChunk(png, "IDAT", new byte[0]);
    putChunk(png, "IEND", new byte[0]);
    return png.array();
  }

  private static void putChunk(ByteBuffer png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    png.putInt(data.length).put(name).put(data).putInt((int) sum.getValue());
  }

  @Test
  void reportsFilesThatAreNotThere() {
    assertTrue(problem(folder.resolve("missing.jpg")).startsWith("does not exist"));
  }

  @Test
  void reportsFolders() {
    assertTrue(problem(folder).startsWith("is a folder"));
  }

  @Test
  void reportsBrokenLinks() throws IOException {
    Path link = folder.resolve("link.jpg");
    try {
      Files.createSymbolicLink(link, folder.resolve("gone.jpg"));
    } catch (UnsupportedOperationException | IOException e) {
      assumeTrue(false, "This file system has no links.");
    }
    assertTrue(problem(link).startsWith("is a symbolic link to a file that does not exist"));
  }

  @Test
  void reportsFilesThatMayNotBeRead() throws IOException {
    Path file = file(Pictures.encode(Pictures.withFace(), "png"));
    assumeTrue(file.toFile().setReadable(false));
    assumeFalse(Files.isReadable(file), "Some users may read everything.");
    assertTrue(problem(file).startsWith("may not be read by this user"));
  }
}
