package org.fer4j.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Weights of networks that learned something else on many more faces, to start training from. Their
 * sources and licences stand beside them.
 */
final class Backbone {

  private Backbone() {}

  /**
   * Reads a bundled one: convolutions that batch norm was folded into, with biases.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Weights named(String name) {
    try (InputStream in =
        Backbone.class.getResourceAsStream("backbones/" + name + ".safetensors")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "expected start to be 'random', 'given' or the name of a bundled backbone, found '%s'"
                .formatted(name));
      }
      return SafeTensors.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new FerException(
          "the backbone %s can't be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Puts folded weights over random ones wherever name and shape agree, so that a head for other
   * classes stays random. A convolution's bias becomes the shift of its batch norm, which is to be
   * placed on images then.
   *
   * @throws FerException if not one agrees
   */
  static Map<String, Weights.Array> over(Map<String, Weights.Array> random, Weights weights) {
    Map<String, Weights.Array> merged = new HashMap<>(random);
    int taken = 0;
    for (var entry : weights.arrays().entrySet()) {
      String name = entry.getKey();
      if (!random.containsKey(name)) {
        name = name.replace(".bias", ".norm.bias");
      }
      Weights.Array place = random.get(name);
      if (place != null && Arrays.equals(place.shape(), entry.getValue().shape())) {
        merged.put(name, entry.getValue());
        taken++;
      }
    }
    if (taken == 0) {
      throw new FerException(
          "the weights to start from have not one array of this network's; is it another shape?");
    }
    return merged;
  }
}
