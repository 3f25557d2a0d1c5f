package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;
import java.time.Duration;

/** The contract over HDLC on a TCP line. */
class HdlcOverTcpTest extends ClientServerContract {
  @Override
  LinkProfile profile() {
    return Hdlc.defaults();
  }

  @Override
  DlmsClientBuilder speaking(DlmsClientBuilder tcp, int serverSap, int clientSap) {
    return tcp.hdlc(HdlcAddress.logical(serverSap), clientSap)
        .linkResponseTimeout(Duration.ofSeconds(2), 2);
  }
}
