/** The {@code fer} application. */
module org.fer4j.examples {
  requires org.fer4j;
  requires org.fer4j.onnx;
  requires org.fer4j.opencv;
  requires org.fer4j.training;
  requires static org.jspecify;
  requires java.desktop;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires me.tongfei.progressbar;
  requires metadata.extractor;
  requires org.knowm.xchart;

  exports org.fer4j.examples;

  opens org.fer4j.examples.cli to
      info.picocli;
}
