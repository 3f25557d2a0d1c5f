package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.iec21.Iec21Client;
import io.dlms4j.iec21.Iec21ClientConfig;
import io.dlms4j.iec21.Iec21Event;
import io.dlms4j.iec21.Iec21Machine;
import io.dlms4j.iec21.Iec21Server;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.iec21.LineOptions;

class Iec21Fuzz {
  private static final long SECOND = 1_000_000_000L;
  private static final int LONGEST_LIFE = 100_000;

  private long now;
  private boolean over;

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void whateverComesInNoMachineKeepsItselfBusy(byte[] input) {
    int choice = input.length == 0 ? 0 : input[0] & 0xFF;
    LineOptions line = new LineOptions((choice & 0x10) != 0, (choice & 0x20) != 0, true);
    Iec21ClientConfig.Purpose[] purposes = Iec21ClientConfig.Purpose.values();
    play(
        new Iec21Client(
            Iec21ClientConfig.builder(purposes[choice % purposes.length]).build(), line),
        input);
    play(
        new Iec21Server(
            Iec21ServerConfig.builder("KAM", "FUZZ").readout("1.8.0(0001.2*kWh)\r\n!\r\n").build(),
            line),
        input);
  }

  private void play(Iec21Machine machine, byte[] input) {
    now = 0;
    over = false;
    machine.open(now);
    run(machine);
    Pieces.of(
        input,
        1,
        piece -> {
          // A piece of no octets is a pause.
          now += piece.length == 0 ? SECOND : 0;
          machine.receive(piece, 0, piece.length, now);
          run(machine);
        });
    for (int i = 0; !over && machine.nextDeadline() != Long.MAX_VALUE && i < LONGEST_LIFE; i++) {
      now = Math.max(now, machine.nextDeadline());
      run(machine);
    }
    // It has ended, or waits without end for its user, a pushed readout or the next sign-on.
    assertTrue(over || machine.nextDeadline() == Long.MAX_VALUE, "a machine keeps itself busy");
  }

  private void run(Iec21Machine machine) {
    if (now >= machine.nextDeadline()) {
      machine.onDeadline(now);
    }
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iec21Event event = machine.pollEvent(); event != null; event = machine.pollEvent()) {
        over |= event instanceof Iec21Event.Ended || event instanceof Iec21Event.HandOver;
        progress = true;
      }
      while (machine.pollTransmit(now) != null) {
        progress = true;
      }
    }
  }
}
