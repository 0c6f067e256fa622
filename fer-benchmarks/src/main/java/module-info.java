/** What a frame costs beside its networks, and how that changed. */
module org.fer4j.benchmarks {
  requires com.fasterxml.jackson.databind;
  requires com.microsoft.onnxruntime;
  requires info.picocli;
  requires java.desktop;
  requires java.management;
  requires jmh.core;
  requires jdk.management;
  requires jdk.unsupported;
  requires org.fer4j;
  requires org.fer4j.onnx;
  requires org.knowm.xchart;
  requires static org.jspecify;

  opens org.fer4j.benchmarks.cli to
      info.picocli;
  opens org.fer4j.benchmarks.history to
      com.fasterxml.jackson.databind;

  provides org.fer4j.spi.Backend with
      org.fer4j.benchmarks.CountedBackend;
}
