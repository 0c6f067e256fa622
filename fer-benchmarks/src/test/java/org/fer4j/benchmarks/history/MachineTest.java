package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void modelNameOfLinux() {
    assertEquals(
        Optional.of("AMD EPYC 7B13"),
        Machine.modelName("processor\t: 0\nmodel\t\t: 1\nmodel name\t: AMD EPYC 7B13\n"));
    assertEquals(Optional.empty(), Machine.modelName("processor\t: 0\nBogoMIPS\t: 50.00\n"));
  }

  @Test
  void thisMachine() {
    Machine machine = Machine.current();
    assertFalse(machine.cpu().isBlank());
    assertTrue(machine.cores() >= 1);
    assertTrue(machine.java().startsWith(System.getProperty("java.runtime.version")));
  }
}
