package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fer4j.examples.output.BundledModel;
import org.fer4j.examples.output.ModelListing;
import org.fer4j.spi.Backends;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fer models}: the bundled networks. */
@Command(name = "models", description = "Lists the bundled networks.")
final class ModelsCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    PrintWriter out = common.out();
    List<BundledModel> models = Backends.all().stream().flatMap(BundledModel::of).toList();
    if (json) {
      ModelListing.printJson(models, out);
    } else {
      ModelListing.printTable(models, out);
    }
    return ExitCode.OK;
  }
}
