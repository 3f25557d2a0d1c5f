package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a server does with lines on which nobody speaks. */
class DlmsServerTest {
  private static final int PATIENCE_MILLISECONDS = 10_000;

  private static DlmsServer.Builder server() {
    return DlmsServer.builder()
        .tcpOnLoopback(0, Hdlc.defaults())
        .device(PhysicalDevice.of(32, LogicalDevice.builder(1, Octets.ofAscii("TST1")).build()));
  }

  private static Socket connect(DlmsServer server) throws IOException {
    InetSocketAddress address = server.addresses().get(0);
    Socket line = new Socket(address.getAddress(), address.getPort());
    line.setSoTimeout(PATIENCE_MILLISECONDS);
    return line;
  }

  @Test
  void aLineOnWhichNothingComesIsClosed() throws IOException {
    try (DlmsServer server = server().lineIdleTimeout(Duration.ofMillis(50)).start();
        Socket line = connect(server)) {
      assertEquals(-1, line.getInputStream().read(), "the server has closed the line");
    }
  }

  @Test
  void noiseWithoutAConnectionIsNotForEverEither() throws IOException {
    try (DlmsServer server = server().lineIdleTimeout(Duration.ofMillis(50)).start();
        Socket line = connect(server)) {
      line.getOutputStream().write(new byte[] {0x7E, 0x7E, (byte) 0xA0, 0x55});
      assertEquals(-1, line.getInputStream().read(), "the server has closed the line");
    }
  }
}
