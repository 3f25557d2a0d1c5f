package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.Wpdu;
import io.dlms4j.wrapper.WrapperDatagramLink;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only lines of datagrams do. */
class UdpTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3});
  private static final Payload UNIT = new Wpdu(16, 1, HELLO).encode();
  private static final Payload NOISE = Payload.of(new byte[] {9, 9, 9});
  private static final BindOptions OPTIONS =
      BindOptions.defaults().withIdleTimeout(Duration.ofSeconds(60));

  private final TransportLoop loop = TransportLoop.create(1);
  private final LinkedBlockingQueue<LineDriver> atServer = new LinkedBlockingQueue<>();
  private final TestUser meter = TestUser.echoing();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private UdpServer serve(BindOptions options) throws Exception {
    return await(
        UdpServer.bind(
            loop,
            ANY_PORT,
            options,
            line -> {
              atServer.add(line);
              return new Attachment(new WrapperDatagramLink(WrapperLinks.server()), meter);
            }));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private static void awaitEnd(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private LineDriver lineAtServer() throws InterruptedException {
    return Objects.requireNonNull(atServer.poll(20, TimeUnit.SECONDS));
  }

  /** A client that is no more than a socket. */
  private static DatagramSocket socket() throws Exception {
    DatagramSocket socket = new DatagramSocket(ANY_PORT);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(DatagramSocket from, UdpServer to, Payload octets) throws Exception {
    from.send(new DatagramPacket(octets.toByteArray(), octets.length(), to.localAddress()));
  }

  private static Payload receive(DatagramSocket socket) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
    socket.receive(packet);
    return Payload.of(packet.getData(), 0, packet.getLength());
  }

  @Test
  void everyRemoteAddressHasALineOfItsOwn() throws Exception {
    UdpServer server = serve(OPTIONS);
    try (DatagramSocket one = socket();
        DatagramSocket two = socket()) {
      send(one, server, UNIT);
      assertEquals(new Wpdu(1, 16, HELLO).encode(), receive(one));
      send(two, server, UNIT);
      assertEquals(new Wpdu(1, 16, HELLO).encode(), receive(two));
      send(one, server, UNIT);
      assertEquals(new Wpdu(1, 16, HELLO).encode(), receive(one));
      assertEquals(one.getLocalSocketAddress(), lineAtServer().remoteAddress());
      assertEquals(two.getLocalSocketAddress(), lineAtServer().remoteAddress());
      assertTrue(atServer.isEmpty());
    }
  }

  @Test
  void whileThereAreLinesEnoughAFurtherAddressIsNotAnswered() throws Exception {
    UdpServer server = serve(OPTIONS.withMaxLines(1));
    try (DatagramSocket one = socket();
        DatagramSocket two = socket()) {
      send(one, server, UNIT);
      receive(one);
      send(two, server, UNIT);
      send(one, server, UNIT);
      receive(one);
      assertEquals(1, atServer.size());
      LineDriver line = lineAtServer();
      line.close();
      awaitEnd(line.closed());
      send(two, server, UNIT);
      receive(two);
    }
  }

  @Test
  void whoSendsNoiseKeepsNobodyOut() throws Exception {
    UdpServer server = serve(OPTIONS.withMaxLines(2));
    try (DatagramSocket good = socket();
        DatagramSocket noisy = socket();
        DatagramSocket late = socket()) {
      send(good, server, UNIT);
      receive(good);
      LineDriver goodLine = lineAtServer();
      send(noisy, server, NOISE);
      LineDriver noisyLine = lineAtServer();
      send(late, server, UNIT);
      receive(late);
      awaitEnd(noisyLine.closed());
      assertFalse(goodLine.closed().toCompletableFuture().isDone());
      send(noisy, server, NOISE);
      send(good, server, UNIT);
      receive(good);
      assertEquals(1, atServer.size());
    }
  }

  @Test
  void anIdleLineEndsAndTheNextDatagramBeginsANewOne() throws Exception {
    UdpServer server = serve(OPTIONS.withIdleTimeout(Duration.ofMillis(50)));
    try (DatagramSocket socket = socket()) {
      send(socket, server, UNIT);
      receive(socket);
      awaitEnd(lineAtServer().closed());
      assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
      assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), meter.next());
      assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.CLOSED), meter.next());
      send(socket, server, UNIT);
      receive(socket);
      assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
    }
  }

  @Test
  void linesOfDatagramsMustNotBeIdleForEver() {
    assertThrows(IllegalArgumentException.class, () -> serve(BindOptions.defaults()));
  }

  @Test
  void aLinkThatCannotBeMadeCostsOneDatagram() throws Exception {
    LinkedBlockingQueue<LineDriver> failed = new LinkedBlockingQueue<>();
    UdpServer server =
        await(
            UdpServer.bind(
                loop,
                ANY_PORT,
                line -> {
                  if (failed.isEmpty()) {
                    failed.add(line);
                    throw new IllegalStateException("not now");
                  }
                  return new Attachment(new WrapperDatagramLink(WrapperLinks.server()), meter);
                }));
    try (DatagramSocket socket = socket()) {
      send(socket, server, UNIT);
      send(socket, server, UNIT);
      assertEquals(new Wpdu(1, 16, HELLO).encode(), receive(socket));
      assertEquals(1, failed.size());
    }
  }

  @Test
  void aServerThatClosesTellsItsUsersAndFreesItsPort() throws Exception {
    UdpServer server = serve(OPTIONS);
    InetSocketAddress address = server.localAddress();
    try (DatagramSocket socket = socket()) {
      send(socket, server, UNIT);
      receive(socket);
      awaitEnd(server.close());
      awaitEnd(server.close());
      assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
      assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), meter.next());
      assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.CLOSED), meter.next());
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isFree(address)) {
      // NIO lets go of a port when its selector turns next.
      assertTrue(System.nanoTime() < deadline);
      Thread.onSpinWait();
    }
  }

  private static boolean isFree(InetSocketAddress address) throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(address)) {
      return socket.getLocalPort() == address.getPort();
    } catch (BindException taken) {
      return false;
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    UdpServer server = serve(OPTIONS);
    InetSocketAddress taken = server.localAddress();
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                await(
                    UdpServer.bind(
                        loop,
                        taken,
                        line ->
                            new Attachment(
                                new WrapperDatagramLink(WrapperLinks.server()), meter))));
    LineException failure = assertInstanceOf(LineException.class, thrown.getCause());
    assertTrue(String.valueOf(failure.getMessage()).contains(":" + taken.getPort()));
  }

  @Test
  void whereNothingListensTheLineIsLost() throws Exception {
    InetSocketAddress nowhere;
    try (DatagramSocket closedAtOnce = socket()) {
      nowhere = (InetSocketAddress) closedAtOnce.getLocalSocketAddress();
    }
    TestUser user = TestUser.greeting(HELLO);
    LineDriver line =
        await(
            UdpClient.connect(
                loop,
                nowhere,
                new WrapperDatagramLink(WrapperLinks.client(Duration.ofMinutes(1))),
                user));
    assertEquals(new Up(WrapperLinks.CONNECTION), user.next());
    assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.LINE_LOST), user.next());
    awaitEnd(line.closed());
  }
}
