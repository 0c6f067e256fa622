package org.fer4j.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Map;
import org.fer4j.Device;

/** How ONNX Runtime reaches devices, which it calls execution providers. */
final class OnnxDevice {

  private static final String OWN_BUILD =
      "It needs a build of ONNX Runtime with it, in the folder that the system property"
          + " onnxruntime.native.path names";

  private OnnxDevice() {}

  /** Adds a device to the options of a session; what it can't run stays on the CPU. */
  static void add(SessionOptions options, Device device, int index) throws OrtException {
    switch (device) {
      case CPU, AUTO -> {
        // The CPU is always there.
      }
      case CUDA -> {
        // Unlike addCUDA(int), this tells which library is missing.
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
          options.addCUDA(cuda);
        }
      }
      case TENSORRT -> {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(index)) {
          options.addTensorrt(tensorRt);
        }
      }
      case COREML -> options.addCoreML(Map.of());
      case DIRECTML -> {
        // Both are conditions of this provider; sessions are sequential by default.
        options.setMemoryPatternOptimization(false);
        options.addDirectML(index);
      }
      case OPENVINO -> options.addOpenVINO("AUTO");
    }
  }

  /** Returns ONNX Runtime's name. */
  static String provider(Device device) {
    OrtProvider provider =
        switch (device) {
          case CPU, AUTO -> OrtProvider.CPU;
          case CUDA -> OrtProvider.CUDA;
          case TENSORRT -> OrtProvider.TENSOR_RT;
          case COREML -> OrtProvider.CORE_ML;
          case DIRECTML -> OrtProvider.DIRECT_ML;
          case OPENVINO -> OrtProvider.OPEN_VINO;
        };
    return provider.getName();
  }

  /** Returns what a device needs, as a sentence without its end. */
  static String need(Device device) {
    return switch (device) {
      case CPU, AUTO -> "It needs nothing";
      case CUDA ->
          "It needs com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime on the class"
              + " path (Linux or Windows on x64), an NVIDIA driver, CUDA 12 and cuDNN 9";
      case TENSORRT ->
          "It needs com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime on the class"
              + " path (Linux or Windows on x64), an NVIDIA driver, CUDA 12, cuDNN 9 and TensorRT"
              + " 10";
      case COREML -> "It needs macOS on arm64";
      case DIRECTML, OPENVINO -> OWN_BUILD;
    };
  }
}
