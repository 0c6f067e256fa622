/**
 * The OpenCV backend of fer4j, with its bundled networks, Haar and YuNet detectors, {@code Mat} and
 * cameras.
 */
module org.fer4j.opencv {
  requires transitive org.fer4j;
  requires static org.jspecify;
  requires org.bytedeco.javacpp;
  requires transitive org.bytedeco.opencv;

  exports org.fer4j.opencv;

  provides org.fer4j.spi.Backend with
      org.fer4j.opencv.OpenCvBackend;
}
