package org.fer4j.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fer4j.FerException;

/** The bridge between Java's arrays and LibTorch's tensors. */
final class LibTorch {

  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private LibTorch() {}

  /**
   * Loads the native library. JavaCPP by default refuses to work when the process is larger than
   * twice the Java heap, which LibTorch's own memory easily is.
   */
  static void load() {
    if (System.getProperty(PHYSICAL_LIMIT) == null) {
      System.setProperty(PHYSICAL_LIMIT, "0");
    }
    Loader.load(torch.class);
  }

  /** Frees whatever native objects the work made. */
  @SuppressWarnings("try") // The scope works by being open.
  static void scoped(Runnable work) {
    try (PointerScope scope = new PointerScope()) {
      work.run();
    }
  }

  /** As {@link #scoped}, and no gradient will be asked for. */
  @SuppressWarnings("try") // The guard works by being open.
  static void scopedWithoutGradient(Runnable work) {
    scoped(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            work.run();
          }
        });
  }

  /** Copies into a new tensor, in row-major order. */
  static Tensor tensor(Weights.Array array) {
    Tensor tensor = torch.empty(array.shape());
    set(tensor, array.values());
    return tensor;
  }

  /** Overwrites a tensor with values in row-major order. */
  static void set(Tensor tensor, float[] values) {
    scoped(() -> tensor.detach().copy_(Tensor.create(values, tensor.shape())));
  }

  /** Returns a copy that needs no gradient. */
  static Tensor copy(Tensor tensor) {
    Tensor detached = tensor.detach();
    Tensor copy = detached.clone();
    detached.close();
    return copy;
  }

  /** Returns zeros in the same shape and memory order. */
  static Tensor zerosLike(Tensor tensor) {
    Tensor zeros = copy(tensor);
    zeros.zero_();
    return zeros;
  }

  /** Copies all out. */
  static Map<String, Weights.Array> arrays(Map<String, Tensor> tensors) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> arrays.put(name, array(tensor)));
    return arrays;
  }

  /**
   * Overwrites all tensors with the arrays of the same names.
   *
   * @throws FerException if one is missing or of another size
   */
  static void restore(Map<String, Tensor> tensors, Map<String, Weights.Array> arrays) {
    tensors.forEach(
        (name, tensor) -> {
          Weights.Array array = arrays.get(name);
          if (array == null || !Arrays.equals(array.shape(), tensor.shape())) {
            throw new FerException(
                "expected %s for '%s', found %s"
                    .formatted(
                        Arrays.toString(tensor.shape()),
                        name,
                        array == null ? "nothing" : Arrays.toString(array.shape())));
          }
          set(tensor, array.values());
        });
  }

  /** Copies out in row-major order. */
  static Weights.Array array(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    scoped(() -> tensor.detach().contiguous().data_ptr_float().get(values));
    return new Weights.Array(tensor.shape(), values);
  }
}
