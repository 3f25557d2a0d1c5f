package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing waits for a loop that is closed. */
class ClosedLoopTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final InetSocketAddress SOMEWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4059);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static Attachment meter(LineDriver line) {
    return new Attachment(new WrapperStreamLink(WrapperLinks.server()), TestUser.silent());
  }

  private static TransportLoop closedLoop() {
    TransportLoop loop = TransportLoop.create(1);
    loop.close();
    return loop;
  }

  private static void assertRefused(CompletionStage<?> stage) {
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
    LineException refusal = assertInstanceOf(LineException.class, thrown.getCause());
    assertTrue(refusal.toString().contains("the transport loop is closed"), refusal.toString());
  }

  @Test
  void aConnectionOnAClosedLoopFailsAtOnce() {
    TransportLoop loop = closedLoop();
    assertRefused(
        TcpClient.connect(
            loop,
            SOMEWHERE,
            TIMEOUT,
            new WrapperStreamLink(WrapperLinks.client(TIMEOUT)),
            TestUser.silent()));
    assertRefused(
        UdpClient.connect(
            loop,
            SOMEWHERE,
            new WrapperDatagramLink(WrapperLinks.client(TIMEOUT)),
            TestUser.silent()));
  }

  @Test
  void aServerOnAClosedLoopFailsAtOnce() {
    TransportLoop loop = closedLoop();
    assertRefused(TcpServer.bind(loop, ANY_PORT, ClosedLoopTest::meter));
    assertRefused(UdpServer.bind(loop, ANY_PORT, ClosedLoopTest::meter));
  }

  @Test
  void aServerWhoseLoopIsClosedIsClosed() throws Exception {
    TransportLoop loop = TransportLoop.create(1);
    TcpServer tcp =
        TcpServer.bind(loop, ANY_PORT, ClosedLoopTest::meter)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    UdpServer udp =
        UdpServer.bind(loop, ANY_PORT, ClosedLoopTest::meter)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    loop.close();
    tcp.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
    udp.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
