package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract over the COSEM wrapper in datagrams. */
class WrapperOverUdpTest extends SecurityContract {
  @Override
  DlmsServer.Builder listening(DlmsServer.Builder server) {
    return server.udp(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Wrapper.defaults());
  }

  @Override
  DlmsClientBuilder speaking(InetSocketAddress server, int serverSap, int clientSap) {
    return DlmsClient.udp(server.getHostString(), server.getPort()).wrapper(serverSap, clientSap);
  }

  @Test
  void whereNothingListensTheConnectionEnds() {
    InetSocketAddress nowhere = server.addresses().get(0);
    server.close();
    try (DlmsClient client =
        DlmsClient.udp(nowhere.getHostString(), nowhere.getPort())
            .wrapper(TestMeter.SAP, TestMeter.READER)
            .responseTimeout(Duration.ofMillis(500))
            .connect()) {
      // By what the system reports of the port, or by the silence where it reports nothing.
      DlmsException failure = failure(DlmsException.class, client.opened());
      assertEquals(DlmsException.Origin.REMOTE, failure.origin());
    }
  }

  @Test
  void hdlcIsRefusedForDatagrams() {
    DlmsClientBuilder builder =
        DlmsClient.udp("127.0.0.1", 4059).hdlc(HdlcAddress.logical(1), TestMeter.READER);
    assertThrows(IllegalArgumentException.class, builder::connect);
  }
}
