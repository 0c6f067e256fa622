package org.fer4j.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Networks whose mean probabilities another network learns. What they say of an image is kept, as
 * an image comes again in the same variation.
 *
 * <p>Owns native memory. Confined to one thread.
 */
final class Teachers implements AutoCloseable {

  private final TrainingRecipe student;
  private final List<TrainedNetwork> networks;
  private final List<Network> loaded = new ArrayList<>();

  /** By variation, then by image; null where no teacher has looked yet. */
  private final Map<Integer, float[][]> known = new HashMap<>();

  private final int images;

  /**
   * Loads the networks.
   *
   * @param images how many there are to learn from
   * @throws IllegalArgumentException if a teacher's input is of another size than the student's
   */
  Teachers(TrainingRecipe student, List<TrainedNetwork> networks, int images) {
    this.student = student;
    this.networks = networks;
    this.images = images;
    for (TrainedNetwork network : networks) {
      int size = network.recipe().network().inputSize();
      if (size != student.network().inputSize()) {
        throw new IllegalArgumentException(
            "expected teachers that see %d x %d pixels like their student, found one of %d"
                .formatted(student.network().inputSize(), student.network().inputSize(), size));
      }
    }
    networks.forEach(network -> loaded.add(network.load()));
  }

  /** Moves a batch's targets towards what the teachers say of its images. */
  void teach(Batches.Batch batch, int view) {
    float[][] answers = known.computeIfAbsent(view, v -> new float[images][]);
    boolean complete = true;
    for (int index : batch.indices()) {
      complete &= answers[index] != null;
    }
    if (!complete) {
      ask(batch, answers);
    }
    float weight = (float) student.distillation().weight();
    for (int i = 0; i < batch.targets().length; i++) {
      float answer = answers[batch.indices()[i / Layers.CLASSES]][i % Layers.CLASSES];
      batch.targets()[i] += weight * (answer - batch.targets()[i]);
    }
  }

  private void ask(Batches.Batch batch, float[][] answers) {
    int count = batch.indices().length;
    int size = student.network().inputSize();
    float[] sum = new float[count * Layers.CLASSES];
    for (int n = 0; n < loaded.size(); n++) {
      Network network = loaded.get(n);
      float[] pixels = batch.pixels().clone();
      Normalization.change(student, networks.get(n).recipe(), pixels);
      LibTorch.scopedWithoutGradient(
          () -> {
            Tensor image = Tensor.create(pixels, count, 1, size, size);
            Tensor logits = network.logits(network.features(image, Network.Pass.INFERENCE));
            float[] probabilities = new float[sum.length];
            torch.softmax(logits, 1).data_ptr_float().get(probabilities);
            for (int i = 0; i < sum.length; i++) {
              sum[i] += probabilities[i] / loaded.size();
            }
          });
    }
    for (int i = 0; i < count; i++) {
      float[] answer = new float[Layers.CLASSES];
      System.arraycopy(sum, i * Layers.CLASSES, answer, 0, Layers.CLASSES);
      answers[batch.indices()[i]] = answer;
    }
  }

  @Override
  public void close() {
    loaded.forEach(Network::close);
  }
}
