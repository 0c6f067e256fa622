package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fer4j.examples.output.BundledModel;
import org.fer4j.examples.output.ModelListing;
import org.fer4j.spi.Backends;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fer models}: the bundled networks. */
@Command(name = "models", description = "Lists the bundled networks.")
final class ModelsCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli and the handler of failures look at it.
  private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the command before it runs.");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<BundledModel> models = Backends.all().stream().flatMap(BundledModel::of).toList();
    if (json) {
      ModelListing.printJson(models, out);
    } else {
      ModelListing.printTable(models, out);
    }
    return ExitCode.OK;
  }
}
