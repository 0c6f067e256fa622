package org.fer4j.onnx;

class FerFastTest extends BundledClassifierTest {

  FerFastTest() {
    super("fer-fast");
  }
}
