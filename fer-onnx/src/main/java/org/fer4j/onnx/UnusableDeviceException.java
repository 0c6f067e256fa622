package org.fer4j.onnx;

import org.fer4j.Device;
import org.fer4j.FerException;

/** A network can't run on a device, which may be the device's fault or the network's. */
final class UnusableDeviceException extends FerException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Tells what to do as well.
   *
   * @param what that the device does not run
   * @param cause ONNX Runtime's failure, whose message is the reason
   */
  UnusableDeviceException(Device device, String what, Throwable cause) {
    super(
        "%s can't be used for %s: %s. %s. Device AUTO falls back to the CPU."
            .formatted(device, what, reasonOf(cause), OnnxDevice.need(device)),
        cause);
    this.reason = "not on %s: %s".formatted(device, reasonOf(cause));
  }

  /** Returns the failure's message on one line, without a full stop. */
  static String reasonOf(Throwable cause) {
    return String.valueOf(cause.getMessage())
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("\\.$", "");
  }

  /** Returns the device and why it can't be used, in short. */
  String reason() {
    return reason;
  }
}
