package org.fer4j.onnx;

class FerAccurateTest extends BundledClassifierTest {

  FerAccurateTest() {
    super("fer-accurate");
  }
}
