package org.fer4j.examples.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a command line as a shell reads it. */
final class ShellCommand {

  private ShellCommand() {}

  /** Returns the call of the {@code fer} script with these arguments. */
  static String of(List<String> arguments) {
    return "./fer " + arguments.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
