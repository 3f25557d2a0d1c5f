package io.dlms4j.omnipower;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.TransportLoop;

/** A meter on two TCP ports that the system chose, one with HDLC and one with the wrapper. */
final class MeterOnLines implements AutoCloseable {
  private final TransportLoop loop = TransportLoop.create(1);
  private final DlmsServer server;

  MeterOnLines(OmnipowerMeter meter) {
    server =
        DlmsServer.builder()
            .loop(loop)
            .tcpOnLoopback(0, meter.link())
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(meter.device())
            .start();
  }

  private DlmsClientBuilder port(int index) {
    return DlmsClient.tcp("127.0.0.1", server.addresses().get(index).getPort()).loop(loop);
  }

  /** A client on HDLC, of any address and SAP, without password. */
  DlmsClientBuilder hdlc(HdlcAddress address, int clientSap) {
    return port(0).hdlc(address, clientSap);
  }

  /** A client on HDLC. */
  DlmsClientBuilder hdlc(OmnipowerAssociation association) {
    return withPassword(
        hdlc(HdlcAddress.logical(association.serverSap()), association.clientSap()), association);
  }

  /** A client on the wrapper. */
  DlmsClientBuilder wrapper(OmnipowerAssociation association) {
    return withPassword(
        port(1).wrapper(association.serverSap(), association.clientSap()), association);
  }

  private static DlmsClientBuilder withPassword(
      DlmsClientBuilder builder, OmnipowerAssociation association) {
    return association == OmnipowerAssociation.PUBLIC
        ? builder
        : builder.lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD);
  }

  BlockingDlmsClient connect(OmnipowerAssociation association) {
    return hdlc(association).connect().blocking();
  }

  @Override
  public void close() {
    server.close();
    loop.close();
  }
}
