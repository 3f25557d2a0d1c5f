package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.Wpdu;
import io.dlms4j.wrapper.WrapperServerConfig;
import io.dlms4j.wrapper.WrapperStreamLink;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a stream ends that is of no more use, and what threads it runs on. */
class StreamEndTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3});

  private final TransportLoop loop = TransportLoop.create(1);
  private final TestUser meter = TestUser.echoing();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private TcpServer serve(BindOptions options, Duration inactivity) throws Exception {
    WrapperServerConfig config =
        WrapperServerConfig.builder(Set.of(1)).inactivityTimeout(inactivity).build();
    return TcpServer.bind(
            loop, ANY_PORT, options, line -> new Attachment(new WrapperStreamLink(config), meter))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static Socket connect(TcpServer server) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(server.localAddress());
    return socket;
  }

  private static void expectEcho(Socket socket) throws IOException {
    socket.getOutputStream().write(new Wpdu(16, 1, HELLO).encode().toByteArray());
    Payload answer = new Wpdu(1, 16, HELLO).encode();
    assertEquals(answer, Payload.of(socket.getInputStream().readNBytes(answer.length())));
  }

  @Test
  void aServerClosesAStreamThatHasLostItsPlaceAfterItsLastAnswer() throws Exception {
    TcpServer server = serve(BindOptions.defaults(), Duration.ZERO);
    try (Socket socket = connect(server)) {
      byte[] good = new Wpdu(16, 1, HELLO).encode().toByteArray();
      socket.getOutputStream().write(good);
      assertEquals(good.length, socket.getInputStream().readNBytes(good.length).length);
      socket.getOutputStream().write(new byte[] {0, 2, 0, 16, 0, 1, 0, 0});
      assertEquals(-1, socket.getInputStream().read());
    }
    assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
    assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), meter.next());
    assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.PROTOCOL_ERROR), meter.next());
  }

  @Test
  void aServerClosesALineOnWhichNobodySpeaks() throws Exception {
    TcpServer server = serve(BindOptions.defaults(), Duration.ofMillis(50));
    try (Socket socket = connect(server)) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void anIdleLineIsClosedWhateverItsLinkThinksOfIt() throws Exception {
    BindOptions options = BindOptions.defaults().withIdleTimeout(Duration.ofMillis(200));
    TcpServer server = serve(options, Duration.ZERO);
    try (Socket socket = connect(server)) {
      expectEcho(socket);
      assertEquals(-1, socket.getInputStream().read());
    }
    assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
    assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), meter.next());
    assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.CLOSED), meter.next());
  }

  @Test
  void aPeerThatNeverReadsLosesItsLine() throws Exception {
    Payload large = Payload.of(new byte[1 << 20]);
    LinkedBlockingQueue<LineDriver> atServer = new LinkedBlockingQueue<>();
    TcpServer server =
        TcpServer.bind(
                loop,
                ANY_PORT,
                line -> {
                  atServer.add(line);
                  return new Attachment(new RawLink(Collections.nCopies(100, large)), meter);
                })
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    try (Socket socket = connect(server)) {
      LineDriver line = Objects.requireNonNull(atServer.poll(20, TimeUnit.SECONDS));
      line.closed().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertTrue(socket.isConnected());
    }
  }

  @Test
  void optionsHaveTheirRanges() {
    BindOptions bind = BindOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> bind.withMaxLines(0));
    Duration negative = Duration.ofSeconds(-1);
    assertThrows(IllegalArgumentException.class, () -> bind.withIdleTimeout(negative));
    ConnectOptions connect = ConnectOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> connect.withConnectTimeout(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> connect.withConnectTimeout(Duration.ofDays(2)));
  }

  @Test
  void aLoopOnOtherPeoplesThreadsUsesTheChannelsThatFitThem() throws Exception {
    var threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (TransportLoop shared = TransportLoop.shared(threads)) {
      assertEquals(NioSocketChannel.class, shared.types().stream());
    }
    assertFalse(threads.isShuttingDown());
    assertTrue(threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS));
  }
}
