package io.dlms4j.benchmarks.load;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.TransportLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/** The meter that is read, one register of it, and its clients, on either link. */
final class Meter {
  /** What is read: a register's value. */
  static final AttributeRef ENERGY = AttributeRef.of(3, "1.0.1.8.0.255", 2);

  private static final int CLIENT = 16;
  private static final int INFORMATION_FIELD = 1010;

  private final boolean hdlc;

  Meter(boolean hdlc) {
    this.hdlc = hdlc;
  }

  private static PhysicalDevice device() {
    ServerAssociationConfig config =
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .conformance(Set.of(Conformance.GET))
            .build();
    LogicalDevice logical =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001"))
            .association(CLIENT, config, AccessPolicy.readOnly())
            .object(
                CosemObject.builder(3, 0, ENERGY.logicalName())
                    .attribute(2, () -> CosemData.doubleLongUnsigned(189_197))
                    .build())
            .build();
    return PhysicalDevice.of(1, logical);
  }

  /** Links that keep a silent client. */
  private LinkProfile profile() {
    return hdlc
        ? new Hdlc(INFORMATION_FIELD, INFORMATION_FIELD, Duration.ZERO, Duration.ofMillis(500))
        : new Wrapper(Duration.ZERO);
  }

  private static DlmsServer.Builder server(TransportLoop loop, int lines) {
    return DlmsServer.builder()
        .maxLines(lines, lines)
        .maxAssociations(lines, lines)
        .loop(loop)
        .device(device());
  }

  /** A server on the loopback interface. */
  DlmsServer serve(TransportLoop loop, int lines) {
    return server(loop, lines).tcpOnLoopback(0, profile()).start();
  }

  /** A server in memory. */
  DlmsServer serve(TransportLoop loop, int lines, MemoryPort port) {
    return server(loop, lines).memory(port, profile()).start();
  }

  /** A client over the loopback interface. */
  DlmsClientBuilder client(int port) {
    return link(DlmsClient.tcp(InetAddress.getLoopbackAddress().getHostAddress(), port));
  }

  /** A client over the loopback interface, on a blocking socket. */
  DlmsClientBuilder socketClient(int port) {
    return link(DlmsClient.socket(InetAddress.getLoopbackAddress().getHostAddress(), port));
  }

  /** A client in memory. */
  DlmsClientBuilder client(MemoryPort port) {
    return link(DlmsClient.memory(port));
  }

  private DlmsClientBuilder link(DlmsClientBuilder client) {
    return hdlc
        ? client
            .hdlc(HdlcAddress.logical(1), CLIENT)
            .hdlcParameters(new HdlcParameters(INFORMATION_FIELD, INFORMATION_FIELD))
        : client.wrapper(1, CLIENT);
  }

  @Override
  public String toString() {
    return hdlc ? "HDLC" : "wrapper";
  }
}
