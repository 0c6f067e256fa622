/**
 * The values, roles and pipeline of fer4j: no dependency at run time, no native code.
 *
 * <p>Applications need {@link org.fer4j}, for video {@link org.fer4j.video}, for a camera {@link
 * org.fer4j.live}, and for many images {@link org.fer4j.bulk}; {@link org.fer4j.metrics} tell how
 * pipelines fare; backends build on {@link org.fer4j.image}, {@link org.fer4j.model} and {@link
 * org.fer4j.inference} and are found through {@link org.fer4j.spi}. {@link org.fer4j.features}
 * measures faces without a network.
 */
module org.fer4j {
  requires static transitive java.desktop;
  requires static jdk.jfr;
  requires static transitive org.jspecify;

  exports org.fer4j;
  exports org.fer4j.bulk;
  exports org.fer4j.features;
  exports org.fer4j.image;
  exports org.fer4j.inference;
  exports org.fer4j.landmarks;
  exports org.fer4j.live;
  exports org.fer4j.metrics;
  exports org.fer4j.model;
  exports org.fer4j.smoothing;
  exports org.fer4j.spi;
  exports org.fer4j.tracking;
  exports org.fer4j.video;

  uses org.fer4j.spi.Backend;
}
