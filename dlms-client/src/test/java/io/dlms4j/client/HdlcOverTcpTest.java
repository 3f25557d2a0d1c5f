package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The contract over HDLC on a TCP line. */
class HdlcOverTcpTest extends StreamContract {
  @Override
  DlmsServer.Builder listening(DlmsServer.Builder server) {
    return server.tcpOnLoopback(0, Hdlc.defaults());
  }

  @Override
  DlmsClientBuilder speaking(InetSocketAddress server, int serverSap, int clientSap) {
    return DlmsClient.tcp(server.getHostString(), server.getPort())
        .hdlc(HdlcAddress.logical(serverSap), clientSap)
        .linkResponseTimeout(Duration.ofSeconds(2), 2);
  }
}
