package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.fer4j.Device;
import org.fer4j.EmotionScores;
import org.fer4j.FaceResult;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.NetworkDescription;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeDescription;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.Picture;
import org.fer4j.model.ModelManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which device runs the bundled networks, and what is said when it is not the wanted one. */
class DeviceTest {

  private static final Frame PORTRAIT = Picture.portrait().frame(PixelFormat.BGR);

  /** Of probabilities; GPUs add up in another order, and may round to TF32. */
  private static final float GPU_TOLERANCE = 0.02f;

  /** Every one that this library was built with. */
  private static boolean isBuiltIn(Device device) {
    return OrtEnvironment.getAvailableProviders().stream()
        .map(OrtProvider::getName)
        .anyMatch(OnnxDevice.provider(device)::equals);
  }

  private static FramePipeline open(Device device) {
    return FramePipeline.builder()
        .live()
        .warmUp(false)
        .runtime(RuntimeOptions.defaults().withDevice(device))
        .build();
  }

  private static List<NetworkDescription> networks(FramePipeline pipeline) {
    List<NetworkDescription> networks = new ArrayList<>(pipeline.describe().detector().networks());
    networks.addAll(pipeline.describe().classifier().networks());
    return networks;
  }

  @Test
  void descriptionsNameTheModelsAndTheProcessor() {
    RuntimeDescription runtime =
        new RuntimeDescription(
            "onnx",
            "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion(),
            Device.CPU,
            "CPUExecutionProvider",
            1,
            Optional.empty());
    try (FramePipeline pipeline = FramePipeline.create()) {
      assertEquals("blazeface", pipeline.describe().detector().name());
      assertEquals("fer-accurate", pipeline.describe().classifier().name());
      List<NetworkDescription> expected = new ArrayList<>();
      for (String name : List.of("blazeface-short", "blazeface-full", "fer-accurate")) {
        ModelManifest manifest =
            new OnnxBackend()
                .models().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
        expected.add(new NetworkDescription(name, manifest.version(), manifest.sha256(), runtime));
      }
      assertEquals(expected, networks(pipeline));
    }
  }

  @Test
  void threadsAreDescribed() {
    RuntimeOptions two = RuntimeOptions.defaults().withIntraOpThreads(2);
    try (FramePipeline pipeline = FramePipeline.builder().live().runtime(two).build()) {
      assertEquals(2, networks(pipeline).get(1).runtime().intraOpThreads());
      assertTrue(pipeline.describe().toString().endsWith("CPU (CPUExecutionProvider), 2 threads"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Device.class,
      names = {"CPU", "AUTO"},
      mode = EnumSource.Mode.EXCLUDE)
  void aDeviceThatIsNotThereIsRefusedWithReasonAndAdvice(Device device) {
    assumeFalse(isBuiltIn(device), () -> "this ONNX Runtime is built with " + device);
    FerException failure = assertThrows(FerException.class, () -> open(device).close());
    OrtException cause = assertInstanceOf(OrtException.class, failure.getCause());
    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.startsWith(
            device + " can't be used for 'model.onnx' in 'resource org/fer4j/onnx/models/"),
        message);
    assertTrue(message.contains(UnusableDeviceException.reasonOf(cause)), message);
    assertTrue(message.contains(OnnxDevice.need(device)), message);
    assertTrue(message.endsWith("Device AUTO falls back to the CPU."), message);
  }

  @Test
  void cudaNeedsTheOtherArtifact() {
    assumeFalse(isBuiltIn(Device.CUDA), "this ONNX Runtime is built with CUDA");
    String message =
        String.valueOf(
            assertThrows(FerException.class, () -> open(Device.CUDA).close()).getMessage());
    assertTrue(message.contains("onnxruntime_gpu in place of onnxruntime"), message);
    assertTrue(message.contains("CUDA 12 and cuDNN 9"), message);
  }

  @Test
  void autoFallsBackToTheProcessorAndSaysWhy() {
    assumeFalse(isBuiltIn(Device.CUDA), "this ONNX Runtime is built with CUDA");
    List<EmotionScores> expected;
    try (FramePipeline pipeline = open(Device.CPU)) {
      expected = scores(pipeline);
    }
    try (FramePipeline pipeline = open(Device.AUTO)) {
      for (NetworkDescription network : networks(pipeline)) {
        assertEquals(Device.CPU, network.runtime().device());
        assertEquals("CPUExecutionProvider", network.runtime().provider());
        String remark = network.runtime().remark().orElseThrow();
        assertTrue(remark.startsWith("not on CUDA: "), remark);
        assertTrue(remark.contains("CUDA shared provider"), remark);
        assertTrue(pipeline.describe().toString().contains(remark));
      }
      assertEquals(expected, scores(pipeline));
    }
  }

  private static List<EmotionScores> scores(FramePipeline pipeline) {
    List<FaceResult> faces = pipeline.process(PORTRAIT).faces();
    assertFalse(faces.isEmpty());
    return faces.stream().map(FaceResult::scores).toList();
  }

  /** In this order, since the first fallback in the JVM may have been in another test. */
  @Test
  void theWarningOfAFallbackComesOnce() {
    assumeFalse(isBuiltIn(Device.CUDA), "this ONNX Runtime is built with CUDA");
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {
            // Holds nothing back.
          }

          @Override
          public void close() {
            // Holds nothing.
          }
        };
    Logger logger = Logger.getLogger(OnnxEngine.class.getName());
    OnnxEngine.forgetWarnings();
    logger.addHandler(handler);
    try {
      open(Device.AUTO).close();
      open(Device.AUTO).close();
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(1, records.size());
    assertEquals(Level.WARNING, records.get(0).getLevel());
    String message = records.get(0).getMessage();
    assertTrue(message.startsWith("not on CUDA: "), message);
    assertTrue(message.endsWith("The CPU is used instead."), message);
  }

  /** Runs only with onnxruntime_gpu on the class path, and a GPU. */
  @Test
  void cudaRunsTheNetworksAsTheProcessorDoes() {
    assumeTrue(isBuiltIn(Device.CUDA), "this ONNX Runtime is built without CUDA");
    FramePipeline opened;
    try {
      opened = open(Device.CUDA);
    } catch (FerException e) {
      assumeTrue(false, "there is no usable GPU: " + e.getMessage());
      return;
    }
    try (FramePipeline gpu = opened;
        FramePipeline cpu = open(Device.CPU)) {
      for (NetworkDescription network : networks(gpu)) {
        assertEquals(Device.CUDA, network.runtime().device());
        assertEquals("CUDAExecutionProvider", network.runtime().provider());
      }
      float[] expected = scores(cpu).get(0).toArray();
      float[] found = scores(gpu).get(0).toArray();
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], GPU_TOLERANCE);
      }
    }
  }

  /** With onnxruntime_gpu on the class path but no CUDA, the missing library is named. */
  @Test
  void missingLibrariesAreNamed() {
    assumeTrue(isBuiltIn(Device.CUDA), "this ONNX Runtime is built without CUDA");
    try (FramePipeline pipeline = open(Device.AUTO)) {
      Optional<String> remark = networks(pipeline).get(0).runtime().remark();
      assumeTrue(remark.isPresent(), "CUDA is there");
      assertTrue(remark.get().contains("Failed to load library"), remark.get());
      assertFalse(remark.get().contains("\n"), remark.get());
    }
  }
}
