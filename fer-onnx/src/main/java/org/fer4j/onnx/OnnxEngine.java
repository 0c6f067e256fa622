package org.fer4j.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fer4j.Device;
import org.fer4j.FerException;
import org.fer4j.RuntimeDescription;
import org.fer4j.RuntimeOptions;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.InferenceSession;
import org.fer4j.model.Model;

/** Opens networks with ONNX Runtime, whose environment is one for the whole JVM. */
final class OnnxEngine implements InferenceEngine {

  /*
   * Which device runs a network. ONNX Runtime leaves what a device can't run to the CPU and says
   * nothing, so a network is first loaded with that forbidden: if that works, the device runs all of
   * it. If it does not, it is loaded with the CPU's help, with a warning. Some libraries (cuDNN) are
   * searched for only when a network runs, so it is run once before the device counts as usable.
   */
  private static final String NO_HELP_OF_THE_CPU = "session.disable_cpu_ep_fallback";

  /** What AUTO tries before the CPU. */
  private static final Device BEST_DEVICE = Device.CUDA;

  private static final System.Logger LOGGER = System.getLogger(OnnxEngine.class.getName());

  /** So that workers, each with networks of its own, don't repeat one another. */
  private static final Set<String> WARNINGS = ConcurrentHashMap.newKeySet();

  private final OrtEnvironment environment;

  /** A network and what runs it. */
  private record Loaded(OrtSession session, RuntimeDescription runtime) {}

  private OnnxEngine(OrtEnvironment environment) {
    this.environment = environment;
  }

  static OnnxEngine instance() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      // On Windows events go to the system's tracing, on by default.
      environment.setTelemetry(false);
      return new OnnxEngine(environment);
    } catch (LinkageError | RuntimeException | OrtException e) {
      throw new FerException(
          "ONNX Runtime's native library can't be loaded on %s %s: %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
          e);
    }
  }

  @Override
  public InferenceSession open(
      Model model, List<Output> outputs, int maxBatch, RuntimeOptions options) {
    requireBatch(model, outputs, maxBatch);
    byte[] network = model.load();
    if (options.device() != Device.AUTO) {
      return open(model, outputs, maxBatch, load(model, network, options, Optional.empty()));
    }
    try {
      RuntimeOptions best = options.withDevice(BEST_DEVICE, options.deviceIndex());
      return open(model, outputs, maxBatch, load(model, network, best, Optional.empty()));
    } catch (UnusableDeviceException e) {
      warn(e.reason() + ". The CPU is used instead.");
      RuntimeOptions cpu = options.withDevice(Device.CPU);
      return open(model, outputs, maxBatch, load(model, network, cpu, Optional.of(e.reason())));
    }
  }

  private OnnxSession open(Model model, List<Output> outputs, int maxBatch, Loaded loaded) {
    OnnxSession session = checked(model, outputs, maxBatch, loaded);
    tryOut(model, session);
    return session;
  }

  private OnnxSession checked(Model model, List<Output> outputs, int maxBatch, Loaded loaded) {
    OrtSession session = loaded.session();
    try {
      String inputName = model.manifest().tensor().name();
      long[] shape = model.manifest().tensor().shape(1);
      boolean freeBatch =
          checkInput(model, tensor(model, "input", inputName, session.getInputInfo()), shape);
      List<OnnxSession.OutputShape> shapes = new ArrayList<>();
      for (Output output : outputs) {
        TensorInfo info = tensor(model, "output", output.name(), session.getOutputInfo());
        shapes.add(
            new OnnxSession.OutputShape(
                output.name(), outputShape(model, info, output), output.length()));
      }
      return new OnnxSession(
          environment,
          session,
          loaded.runtime(),
          model.place(),
          inputName,
          shape,
          shapes,
          maxBatch,
          freeBatch);
    } catch (OrtException e) {
      closeQuietly(session, e);
      throw unreadable(model, e);
    } catch (RuntimeException | Error e) {
      closeQuietly(session, e);
      throw e;
    }
  }

  /** Refuses a batch whose input or output does not fit into one buffer. */
  private static void requireBatch(Model model, List<Output> outputs, int maxBatch) {
    int longest = model.manifest().tensor().length();
    for (Output output : outputs) {
      longest = Math.max(longest, output.length());
    }
    int most = Integer.MAX_VALUE / Float.BYTES / longest;
    if (maxBatch > most) {
      throw new IllegalArgumentException(
          "expected a batch of at most %d images for '%s', found %d"
              .formatted(most, model.place(), maxBatch));
    }
  }

  private static void tryOut(Model model, OnnxSession session) {
    Device device = session.runtime().device();
    if (device == Device.CPU) {
      return;
    }
    try {
      session.run(1);
    } catch (FerException e) {
      session.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnusableDeviceException(device, nameOf(model), cause);
    }
  }

  private Loaded load(
      Model model, byte[] network, RuntimeOptions options, Optional<String> remark) {
    Device device = options.device();
    try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      session.setIntraOpNumThreads(options.intraOpThreads());
      session.setInterOpNumThreads(1);
      session.addConfigEntry("session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
      if (device == Device.CPU) {
        return new Loaded(environment.createSession(network, session), runtime(options, remark));
      }
      OnnxDevice.add(session, device, options.deviceIndex());
      return loadOnDevice(model, network, options, session);
    } catch (OrtException e) {
      throw device == Device.CPU
          ? unreadable(model, e)
          : new UnusableDeviceException(device, nameOf(model), e);
    }
  }

  private Loaded loadOnDevice(
      Model model, byte[] network, RuntimeOptions options, OrtSession.SessionOptions session)
      throws OrtException {
    try {
      session.addConfigEntry(NO_HELP_OF_THE_CPU, "1");
      return new Loaded(
          environment.createSession(network, session), runtime(options, Optional.empty()));
    } catch (OrtException strict) {
      session.addConfigEntry(NO_HELP_OF_THE_CPU, "0");
      OrtSession helped = environment.createSession(network, session);
      String remark =
          "%s does not run all of it: %s"
              .formatted(options.device(), UnusableDeviceException.reasonOf(strict));
      warn("%s: %s. The rest runs on the CPU.".formatted(nameOf(model), remark));
      return new Loaded(helped, runtime(options, Optional.of(remark)));
    }
  }

  private RuntimeDescription runtime(RuntimeOptions options, Optional<String> remark) {
    return new RuntimeDescription(
        "onnx",
        "ONNX Runtime " + environment.getVersion(),
        options.device(),
        OnnxDevice.provider(options.device()),
        options.intraOpThreads(),
        remark);
  }

  private static void warn(String message) {
    if (WARNINGS.add(message)) {
      LOGGER.log(Level.WARNING, message);
    }
  }

  /** For tests: warnings come again. */
  static void forgetWarnings() {
    WARNINGS.clear();
  }

  private static String nameOf(Model model) {
    return "'%s' in '%s'".formatted(model.manifest().file(), model.place());
  }

  private static FerException unreadable(Model model, OrtException e) {
    return new FerException(
        "ONNX Runtime can't load %s: %s".formatted(nameOf(model), e.getMessage()), e);
  }

  private static TensorInfo tensor(
      Model model, String kind, String name, Map<String, NodeInfo> nodes) {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw new FerException(
          "expected an %s '%s' in '%s' of '%s', found %s"
              .formatted(kind, name, model.manifest().file(), model.place(), nodes.keySet()));
    }
    ValueInfo info = node.getInfo();
    if (info instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
      return tensor;
    }
    throw new FerException(
        "expected a tensor of float for %s '%s' of '%s', found %s"
            .formatted(kind, name, model.place(), info));
  }

  /** Checks the input's shape and tells whether its batch is free. */
  private static boolean checkInput(Model model, TensorInfo info, long[] expected) {
    long[] found = info.getShape();
    boolean fits = found.length == expected.length && (found[0] == -1 || found[0] == 1);
    for (int i = 1; fits && i < found.length; i++) {
      fits = found[i] == -1 || found[i] == expected[i];
    }
    if (!fits) {
      throw new FerException(
          "expected the shape %s for input '%s' of '%s', found %s"
              .formatted(
                  Arrays.toString(expected),
                  model.manifest().tensor().name(),
                  model.place(),
                  Arrays.toString(found)));
    }
    return found[0] == -1;
  }

  /** Checks an output's shape and returns it for a batch of one, free dimensions filled in. */
  private static long[] outputShape(Model model, TensorInfo info, Output expected) {
    long[] shape = info.getShape().clone();
    long known = 1;
    int free = -1;
    int freeCount = 0;
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] == -1) {
        free = i;
        freeCount++;
      } else {
        known *= shape[i];
      }
    }
    boolean fits =
        shape.length >= 2
            && (freeCount == 0
                ? known == expected.length()
                : freeCount == 1 && known > 0 && expected.length() % known == 0);
    if (!fits) {
      throw new FerException(
          "expected %d values for each image in output '%s' of '%s', found the shape %s"
              .formatted(
                  expected.length(),
                  expected.name(),
                  model.place(),
                  Arrays.toString(info.getShape())));
    }
    if (freeCount == 1) {
      shape[free] = expected.length() / known;
    }
    shape[0] = 1;
    return shape;
  }

  private static void closeQuietly(OrtSession session, Throwable failure) {
    try {
      session.close();
    } catch (OrtException e) {
      failure.addSuppressed(e);
    }
  }
}
