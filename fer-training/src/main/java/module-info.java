/**
 * Datasets, training and evaluation of expression networks in Java, and their export to ONNX.
 *
 * <p>{@link org.fer4j.training.data} opens labelled images, {@link org.fer4j.training.quality}
 * tells what is wrong with them, {@link org.fer4j.training} learns from them, {@link
 * org.fer4j.training.evaluation} tells how well.
 */
module org.fer4j.training {
  requires transitive org.fer4j;
  requires transitive java.desktop;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.opencv;
  requires org.bytedeco.pytorch;
  requires org.tribuo.util.onnx;

  exports org.fer4j.training;
  exports org.fer4j.training.augmentation;
  exports org.fer4j.training.data;
  exports org.fer4j.training.evaluation;
  exports org.fer4j.training.quality;

  // Jackson reads records.
  opens org.fer4j.training to
      com.fasterxml.jackson.databind;
  opens org.fer4j.training.augmentation to
      com.fasterxml.jackson.databind;
}
