package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.net.InetSocketAddress;

/** The contract over the COSEM wrapper on a TCP line. */
class WrapperOverTcpTest extends StreamContract {
  @Override
  DlmsServer.Builder listening(DlmsServer.Builder server) {
    return server.tcpOnLoopback(0, Wrapper.defaults());
  }

  @Override
  DlmsClientBuilder speaking(InetSocketAddress server, int serverSap, int clientSap) {
    return DlmsClient.tcp(server.getHostString(), server.getPort()).wrapper(serverSap, clientSap);
  }
}
