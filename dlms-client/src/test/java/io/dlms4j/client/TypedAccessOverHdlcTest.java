package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The contract over HDLC on a TCP line. */
class TypedAccessOverHdlcTest extends TypedAccessContract {
  @Override
  DlmsServer.Builder listening(DlmsServer.Builder builder) {
    return builder.tcpOnLoopback(0, Hdlc.defaults());
  }

  @Override
  DlmsClientBuilder speaking(InetSocketAddress address, int serverSap, int clientSap) {
    return DlmsClient.tcp(address.getHostString(), address.getPort())
        .hdlc(HdlcAddress.logical(serverSap), clientSap)
        .linkResponseTimeout(Duration.ofSeconds(5), 2);
  }
}
