package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Picture;
import org.fer4j.onnx.OnnxBackend;
import org.fer4j.spi.Backends;
import org.junit.jupiter.api.Test;

/** Whoever takes fer-opencv alone has the main job working. */
class AloneTest {

  /** What the process without ONNX Runtime runs. */
  static final class Application {

    private Application() {}

    @SuppressWarnings("SystemOut") // The way back to the test.
    public static void main(String[] arguments) {
      Frame frame = Picture.portrait().frame(PixelFormat.RGB);
      try (FramePipeline pipeline = FramePipeline.create()) {
        FrameResult result = pipeline.process(frame);
        System.out.printf(
            "%s %d %s%n",
            Backends.preferred().name(),
            result.faces().size(),
            result.faces().get(0).scores().top().label());
      }
    }
  }

  @Test
  void pipelineWithoutOnnxRuntime() throws Exception {
    Set<Path> onnx = Set.of(place(OnnxBackend.class), place(OrtEnvironment.class));
    String classPath =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !onnx.contains(Path.of(entry).toAbsolutePath()))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Application.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals("opencv 1 happiness", printed);
    assertEquals(0, process.waitFor());
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
