package org.fer4j.examples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one command line printed and returned. */
public record CommandLineRun(int status, String out, String err) {

  /** Runs a command line. */
  public static CommandLineRun of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int status = Fer.run(out, err, texts);
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code analyze} with the fake backend. */
  public static CommandLineRun analyze(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("analyze", "--backend", "fake"));
    all.addAll(List.of(arguments));
    return of(all.toArray());
  }

  /** Returns the lines of standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }
}
