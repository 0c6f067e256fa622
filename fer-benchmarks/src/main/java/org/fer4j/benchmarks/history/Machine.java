package org.fer4j.benchmarks.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where something was measured.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param cpu the model of the processor
 * @param cores logical ones that Java may use
 * @param os name, version and architecture
 * @param java version and vendor
 */
public record Machine(String cpu, int cores, String os, String java) {

  private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

  /** Describes the machine that this runs on. */
  public static Machine current() {
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "%s (%s)"
            .formatted(
                System.getProperty("java.runtime.version"), System.getProperty("java.vendor")));
  }

  /** Linux on x86 tells its processor in a file, macOS by a command, Windows in a variable. */
  private static String cpuModel() {
    return linuxCpu()
        .or(() -> Command.output(Path.of("."), "sysctl", "-n", "machdep.cpu.brand_string"))
        .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
        .orElse("unknown " + System.getProperty("os.arch"));
  }

  private static Optional<String> linuxCpu() {
    try {
      return Files.isReadable(LINUX_CPU)
          ? modelName(Files.readString(LINUX_CPU, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> modelName(String cpuinfo) {
    return cpuinfo
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
