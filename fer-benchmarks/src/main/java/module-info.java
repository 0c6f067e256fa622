/** What a frame costs beside its networks. */
module org.fer4j.benchmarks {
  requires com.microsoft.onnxruntime;
  requires java.desktop;
  requires java.management;
  requires jmh.core;
  requires jdk.unsupported;
  requires org.fer4j;
  requires org.fer4j.onnx;
  requires static org.jspecify;
}
