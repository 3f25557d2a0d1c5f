package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpTest {
  private static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3, 4});

  private final TransportLoop loop = TransportLoop.create(2);

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private static void awaitEnd(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletionStage<?> stage) {
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
    return Objects.requireNonNull(thrown.getCause());
  }

  private static Link primary(Duration responseTimeout) {
    return new HdlcPrimary(
        HdlcPrimaryConfig.builder(16, HdlcAddress.server(1, 32))
            .responseTimeout(responseTimeout)
            .build());
  }

  private static Link secondary() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }

  private TcpServer serve(Function<LineDriver, Attachment> attach) throws Exception {
    return await(TcpServer.bind(loop, ANY_PORT, attach));
  }

  private CompletionStage<LineDriver> connect(InetSocketAddress address, LinkUser user) {
    return TcpClient.connect(loop, address, TIMEOUT, primary(TIMEOUT), user);
  }

  @Test
  void payloadsGoBothWaysAndTheLineEndsWithTheConnection() throws Exception {
    TestUser meter = TestUser.echoing();
    TcpServer server = serve(line -> new Attachment(secondary(), meter));
    TestUser user = TestUser.greeting(HELLO);
    LineDriver line = await(connect(server.localAddress(), user));
    assertEquals(server.localAddress(), line.remoteAddress());
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), user.next());
    line.close();
    awaitEnd(line.closed());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED), user.next());
    assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), meter.next());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER), meter.next());
    awaitEnd(server.close());
  }

  @Test
  void aLargePayloadGoesWholeBothWays() throws Exception {
    TcpServer server = serve(line -> new Attachment(secondary(), TestUser.echoing()));
    TestUser user = TestUser.silent();
    LineDriver line = await(connect(server.localAddress(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    byte[] octets = new byte[60_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) ((i * 31) >>> 3);
    }
    line.execute(() -> user.outgoing.add(new LinkUser.Outgoing(CONNECTION, Payload.of(octets))));
    assertEquals(new LinkEvent.Received(CONNECTION, Payload.of(octets)), user.next());
  }

  @Test
  void whereNothingListensTheExceptionNamesHostAndPort() throws Exception {
    int port;
    try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedAtOnce.getLocalPort();
    }
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("127.0.0.1", port);
    Throwable failure = failure(connect(nowhere, TestUser.silent()));
    assertInstanceOf(LineException.class, failure);
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("cannot connect to 127.0.0.1:" + port + ": "), message);
    assertTrue(message.contains("refused"), message);
  }

  @Test
  void anAddressInUseIsNamed() throws Exception {
    TcpServer server = serve(line -> new Attachment(secondary(), TestUser.silent()));
    Throwable failure =
        failure(
            TcpServer.bind(
                loop,
                server.localAddress(),
                line -> new Attachment(secondary(), TestUser.silent())));
    assertInstanceOf(LineException.class, failure);
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(":" + server.localAddress().getPort()), message);
  }

  @Test
  void aServerThatSaysNothingEndsInNoAnswer() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) mute.getLocalSocketAddress();
      TestUser user = TestUser.silent();
      LineDriver line =
          await(TcpClient.connect(loop, address, TIMEOUT, primary(Duration.ofMillis(50)), user));
      assertEquals(new LinkEvent.Down(CONNECTION, DownReason.NO_ANSWER), user.next());
      awaitEnd(line.closed());
    }
  }

  @Test
  void aLineCutByThePeerIsLost() throws Exception {
    CompletableFuture<LineDriver> atServer = new CompletableFuture<>();
    TestUser meter = TestUser.silent();
    TcpServer server =
        serve(
            line -> {
              atServer.complete(line);
              return new Attachment(secondary(), meter);
            });
    try (Socket socket = new Socket()) {
      socket.connect(server.localAddress());
      // SNRM from client 16 to logical device 1, in the form without physical device.
      socket.getOutputStream().write(new byte[] {0x7E, (byte) 0xA0, 0x07, 0x03, 0x21});
      socket.getOutputStream().write(new byte[] {(byte) 0x93, 0x0F, 0x01, 0x7E});
      assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
      assertEquals(9, socket.getInputStream().readNBytes(9).length);
    }
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), meter.next());
    awaitEnd(await(atServer).closed());
  }

  @Test
  void aLineCutByTheServerIsLostToTheClient() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
      TestUser user = TestUser.silent();
      LineDriver line = await(connect(address, user));
      try (Socket accepted = listener.accept()) {
        assertTrue(accepted.getInputStream().read() >= 0);
      }
      assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), user.next());
      awaitEnd(line.closed());
    }
  }

  @Test
  void fiftyClientsAtOnceAreEachAnswered() throws Exception {
    TcpServer server = serve(line -> new Attachment(secondary(), TestUser.echoing()));
    List<TestUser> users = new ArrayList<>();
    List<CompletionStage<LineDriver>> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Payload own = Payload.of(new byte[] {(byte) i, 1, 2});
      TestUser user = new TestUser(event -> event instanceof LinkEvent.Up ? own : null);
      users.add(user);
      lines.add(connect(server.localAddress(), user));
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(new LinkEvent.Up(CONNECTION), users.get(i).next());
      Payload own = Payload.of(new byte[] {(byte) i, 1, 2});
      assertEquals(new LinkEvent.Received(CONNECTION, own), users.get(i).next());
      await(lines.get(i)).close();
    }
    for (CompletionStage<LineDriver> line : lines) {
      awaitEnd(await(line).closed());
    }
  }

  @Test
  void aLineBeyondTheLimitIsClosedAtOnceAndRoomIsMadeByTheEndOfAnother() throws Exception {
    LinkedBlockingQueue<LineDriver> atServer = new LinkedBlockingQueue<>();
    TcpServer server =
        await(
            TcpServer.bind(
                loop,
                ANY_PORT,
                1,
                line -> {
                  atServer.add(line);
                  return new Attachment(secondary(), TestUser.echoing());
                }));
    TestUser first = TestUser.greeting(HELLO);
    LineDriver line = await(connect(server.localAddress(), first));
    assertEquals(new LinkEvent.Up(CONNECTION), first.next());
    TestUser second = TestUser.silent();
    awaitEnd(await(connect(server.localAddress(), second)).closed());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), second.next());
    line.close();
    awaitEnd(line.closed());
    // The server learns of it a little later than the client.
    awaitEnd(atServer.remove().closed());
    TestUser third = TestUser.silent();
    await(connect(server.localAddress(), third));
    assertEquals(new LinkEvent.Up(CONNECTION), third.next());
  }

  @Test
  void aUserThatThrowsLosesItsLineAndNobodyElseDoes() throws Exception {
    TcpServer server = serve(line -> new Attachment(secondary(), TestUser.echoing()));
    TestUser good = TestUser.silent();
    LineDriver goodLine = await(connect(server.localAddress(), good));
    assertEquals(new LinkEvent.Up(CONNECTION), good.next());
    IllegalStateException mine = new IllegalStateException("mine");
    TestUser bad =
        new TestUser(
            event -> {
              throw mine;
            });
    LineDriver badLine = await(connect(server.localAddress(), bad));
    LineException failure = assertInstanceOf(LineException.class, failure(badLine.closed()));
    assertEquals(mine, failure.getCause());
    goodLine.execute(() -> good.outgoing.add(new LinkUser.Outgoing(CONNECTION, HELLO)));
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), good.next());
  }

  @Test
  void aServerThatClosesTellsItsUsersAndAcceptsNoMore() throws Exception {
    TestUser meter = TestUser.silent();
    TcpServer server = serve(line -> new Attachment(secondary(), meter));
    InetSocketAddress address = server.localAddress();
    TestUser user = TestUser.silent();
    LineDriver line = await(connect(address, user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    awaitEnd(server.close());
    awaitEnd(server.close());
    assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED), meter.next());
    awaitEnd(line.closed());
    TestUser late = TestUser.silent();
    try {
      // The system may take a line for an instant after the listener is closed, but cuts it then.
      awaitEnd(connect(address, late).thenCompose(LineDriver::closed));
    } catch (ExecutionException refused) {
      assertInstanceOf(LineException.class, refused.getCause());
    }
    assertTrue(late.events.stream().noneMatch(LinkEvent.Up.class::isInstance));
  }

  @Test
  void aServerLineOutlivesItsConnections() throws Exception {
    TestUser meter = TestUser.silent();
    TcpServer server = serve(line -> new Attachment(secondary(), meter));
    try (Socket socket = new Socket()) {
      socket.connect(server.localAddress());
      for (int i = 0; i < 2; i++) {
        exchange(socket, 0x93, 0x0F, 0x01);
        assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
        exchange(socket, 0x53, 0x03, 0xC7);
        assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER), meter.next());
      }
    }
  }

  private static void exchange(Socket socket, int control, int fcsLow, int fcsHigh)
      throws IOException {
    socket
        .getOutputStream()
        .write(
            new byte[] {
              0x7E,
              (byte) 0xA0,
              0x07,
              0x03,
              0x21,
              (byte) control,
              (byte) fcsLow,
              (byte) fcsHigh,
              0x7E
            });
    assertEquals(9, socket.getInputStream().readNBytes(9).length);
  }
}
