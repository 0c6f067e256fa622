package org.fer4j.inference;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.NetworkDescription;
import org.fer4j.PipelineStage;
import org.fer4j.StageDescription;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;

/** Tells what stages are made of. */
final class Descriptions {

  private Descriptions() {}

  /** Describes a stage with one network, by whose name it is opened. */
  static StageDescription of(Model model, InferenceSession session) {
    ModelManifest manifest = model.manifest();
    return new StageDescription(
        manifest.name(),
        List.of(
            new NetworkDescription(
                manifest.name(), manifest.version(), manifest.sha256(), session.runtime())));
  }

  /** Describes a stage that asks others. */
  static StageDescription of(
      Model model, InferenceSession session, List<? extends PipelineStage> asked) {
    StageDescription own = of(model, session);
    List<NetworkDescription> networks = new ArrayList<>(own.networks());
    asked.forEach(stage -> networks.addAll(stage.describe().networks()));
    return new StageDescription(own.name(), networks);
  }
}
