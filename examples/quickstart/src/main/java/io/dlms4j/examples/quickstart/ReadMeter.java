package io.dlms4j.examples.quickstart;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.hdlc.HdlcAddress;
import java.io.PrintStream;
import java.time.LocalDateTime;

/** Reads a register and a day of the load profile. */
public final class ReadMeter {
  private ReadMeter() {}

  /**
   * Reads a meter.
   *
   * @param host where it is
   * @param port its port
   * @param from the first row of the load profile
   * @param to the last row
   * @param out takes what was read
   */
  public static void read(
      String host, int port, LocalDateTime from, LocalDateTime to, PrintStream out) {
    // README client
    try (BlockingDlmsClient meter =
        DlmsClient.tcp(host, port)
            .hdlc(HdlcAddress.logical(16), 18)
            .lowLevelSecurity("12345")
            .connect()
            .blocking()) {
      Quantity energy = meter.read(Register.at("1.1.1.8.0.255"));
      out.println("A+ " + energy); // A+ 15311 Wh, for example
      meter
          .profile("1.1.99.1.0.255")
          .between(from, to)
          .forEach(row -> out.println(row.dateTime(0) + "  " + row.quantity(4)));
    }
    // README end
  }
}
