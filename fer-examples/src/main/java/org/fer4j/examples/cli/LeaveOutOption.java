package org.fer4j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.training.data.LeaveOutList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names images which are not to be used. */
final class LeaveOutOption {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--leave-out",
      paramLabel = "FILE",
      description = "Images that are not used: what 'fer dataset --clean' writes.")
  private @Nullable Path file;

  /** Returns the list, or one that leaves out nothing. */
  LeaveOutList list() {
    if (file == null) {
      return LeaveOutList.none();
    }
    if (!Files.isRegularFile(file) && command != null) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--leave-out': expected a file, but there is no " + file);
    }
    return LeaveOutList.read(file);
  }

  /** Returns the option as it was given, behind a blank, or nothing. */
  String text() {
    return file == null ? "" : " --leave-out " + file.getFileName();
  }
}
