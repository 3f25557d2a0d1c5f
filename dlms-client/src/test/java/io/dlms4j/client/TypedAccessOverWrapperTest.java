package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.net.InetSocketAddress;

/** The contract over the COSEM wrapper on a TCP line. */
class TypedAccessOverWrapperTest extends TypedAccessContract {
  @Override
  DlmsServer.Builder listening(DlmsServer.Builder builder) {
    return builder.tcpOnLoopback(0, Wrapper.defaults());
  }

  @Override
  DlmsClientBuilder speaking(InetSocketAddress address, int serverSap, int clientSap) {
    return DlmsClient.tcp(address.getHostString(), address.getPort()).wrapper(serverSap, clientSap);
  }
}
