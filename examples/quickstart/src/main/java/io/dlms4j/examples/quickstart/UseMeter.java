package io.dlms4j.examples.quickstart;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.Outcome;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import java.io.PrintStream;
import java.util.List;

/** Writes, invokes, and asks for several things at once. */
public final class UseMeter {
  private static final AttributeRef THRESHOLD = AttributeRef.of(3, "1.0.12.31.0.255", 2);
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.42.0.0.255", 2);
  private static final MethodRef DISCONNECT = MethodRef.of(70, "0.0.96.3.10.255", 1);

  private UseMeter() {}

  /**
   * Uses a meter.
   *
   * @param host where it is
   * @param port its port
   * @param out takes what it said
   */
  public static void use(String host, int port, PrintStream out) {
    // README services
    try (BlockingDlmsClient meter =
        DlmsClient.tcp(host, port)
            .wrapper(1, 16)
            .notifications(told -> out.println("told without asking: " + told))
            .connect()
            .blocking()) {
      meter.set(THRESHOLD, CosemData.longUnsigned(207));
      meter.action(DISCONNECT, CosemData.integer(0));
      for (Outcome each : meter.getAll(List.of(THRESHOLD, NAME))) {
        out.println(each.isSuccess() ? each.value() : each); // no failure costs another item
      }
      meter.access(list -> list.set(THRESHOLD, CosemData.longUnsigned(253)).get(THRESHOLD));
    }
    // README end
  }
}
