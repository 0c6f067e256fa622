/** The ONNX Runtime backend of fer4j, with its bundled networks. */
module org.fer4j.onnx {
  requires transitive org.fer4j;
  requires static org.jspecify;
  requires com.microsoft.onnxruntime;

  exports org.fer4j.onnx;

  provides org.fer4j.spi.Backend with
      org.fer4j.onnx.OnnxBackend;
}
