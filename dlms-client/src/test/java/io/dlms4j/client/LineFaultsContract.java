package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.transport.LineRecorder;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of clients and servers when the line does harm: whatever was asked for ends, and the
 * server has room again. It has none for a second line that is left over.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LineFaultsContract {
  private static final int CUTS = 40;
  private static final int LONGEST = 6_000;

  /** Octets that a server takes at the most of a client that takes no answers. */
  private static final long MOST_TAKEN = 64L << 20;

  private final TransportLoop loop = TransportLoop.create(1);
  private final TestMeter meter = new TestMeter(Guard.PLAIN);
  private DlmsServer server = listen(0, Duration.ofMinutes(30));

  abstract LinkProfile profile();

  abstract DlmsClientBuilder link(DlmsClientBuilder client, int serverSap, int clientSap);

  /** The beginning of something that is never sent to its end. */
  abstract byte[] unfinished();

  private DlmsServer listen(int port, Duration idle) {
    return DlmsServer.builder()
        .tcpOnLoopback(port, profile())
        .maxLines(2, 2)
        .maxAssociations(1, 1)
        .lineIdleTimeout(idle)
        .device(meter.device())
        .start();
  }

  @AfterEach
  void stop() {
    server.close();
    loop.close();
  }

  private int port() {
    return server.addresses().get(0).getPort();
  }

  private DlmsClientBuilder client(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DlmsClientBuilder tcp = DlmsClient.tcp(loopback.getHostAddress(), port).loop(loop);
    return Guard.PLAIN.friend(link(tcp, TestMeter.SAP, TestMeter.READER));
  }

  /**
   * The server notices the end of a line in its own time; until then it has no room for another.
   */
  private void assertServes() {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (BlockingDlmsClient client = client(port()).connect().blocking()) {
        assertEquals("meter", client.get(TestMeter.NAME).text());
        return;
      } catch (DlmsException e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("the server has no room any more", e);
        }
      }
    }
  }

  /** A value, or a reason why there is none, and no other. */
  private static void assertEnds(CompletionStage<?> stage) {
    Optional<Throwable> failure =
        await(stage.handle((value, thrown) -> Optional.ofNullable(thrown)));
    failure.ifPresent(cause -> assertInstanceOf(DlmsException.class, Blocking.root(cause)));
  }

  @Test
  void aLineThatIsCutAnywhereEndsWhatWasAskedForAndFreesItsPlace() {
    Random random = new Random(4711);
    try (FaultyProxy proxy = new FaultyProxy(server.addresses().get(0))) {
      for (int i = 0; i < CUTS; i++) {
        proxy.cutAfter(random.nextInt(i % 2 == 0 ? LONGEST : LONGEST / 20));
        List<CompletionStage<?>> asked = new ArrayList<>();
        DlmsClient client =
            client(proxy.port())
                .responseTimeout(Duration.ofSeconds(5))
                .linkResponseTimeout(Duration.ofSeconds(1), 1)
                .connect();
        asked.add(client.opened());
        for (int j = 0; j < 5; j++) {
          asked.add(client.get(TestMeter.NAME));
        }
        asked.add(client.profile(TestMeter.PROFILE).forEach(row -> {}));
        asked.forEach(LineFaultsContract::assertEnds);
        client.close();
      }
    }
    assertServes();
  }

  @Test
  void anAnswerThatIsLostCostsItsRequestAndALateOneMeetsNoOther() {
    try (FaultyProxy proxy = new FaultyProxy(server.addresses().get(0));
        DlmsClient client =
            client(proxy.port())
                .responseTimeout(Duration.ofSeconds(3))
                // The application gives up before the link asks again.
                .linkResponseTimeout(Duration.ofSeconds(8), 1)
                .connect()) {
      await(client.opened());
      proxy.answers(FaultyProxy.Answers.HELD);
      DlmsException late =
          ClientServerContract.failure(DlmsException.class, client.get(TestMeter.NO_SUCH));
      assertEquals(DlmsException.Origin.REMOTE, late.origin());
      CompletionStage<String> next = client.get(TestMeter.NAME).thenApply(value -> value.text());
      proxy.answers(FaultyProxy.Answers.GO);
      // Had the late refusal met it, it would have failed.
      assertEquals("meter", await(next));
      proxy.answers(FaultyProxy.Answers.LOST);
      assertEnds(client.get(TestMeter.NAME));
    }
    assertServes();
  }

  @Test
  void clientsThatSayNothingOrDieWithinAMessageCostTheirLineOnly() throws IOException {
    server.close();
    server = listen(0, Duration.ofMillis(300));
    for (byte[] said : List.of(new byte[0], unfinished())) {
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port())) {
        silent.getOutputStream().write(said);
        // The server closes it, and waits for nobody.
        assertEquals(-1, silent.getInputStream().read());
      }
      try (Socket dying = new Socket(InetAddress.getLoopbackAddress(), port())) {
        dying.getOutputStream().write(said);
        dying.setSoLinger(true, 0);
      }
      assertServes();
    }
  }

  @Test
  void aServerThatComesAgainServesAgain() {
    int port = port();
    DlmsClient before = client(port).connect();
    assertEquals("meter", await(before.get(TestMeter.NAME)).text());
    server.close();
    assertEnds(before.get(TestMeter.NAME));
    assertEnds(before.closeAsync());
    server = listen(port, Duration.ofMinutes(30));
    assertServes();
  }

  /** Says the last of what a client says again and again, and takes no answers. */
  final void assertReadsNoMoreOfWhoTakesNoAnswers() throws IOException {
    List<byte[]> sent = new CopyOnWriteArrayList<>();
    Recording recording =
        Recording.with(
            ends ->
                (direction, time, octets) -> {
                  if (direction == LineRecorder.Direction.SENT) {
                    sent.add(octets.toByteArray());
                  }
                });
    List<byte[]> said;
    try (BlockingDlmsClient client = client(port()).recording(recording).connect().blocking()) {
      client.get(TestMeter.NAME);
      said = List.copyOf(sent);
    }
    try (SocketChannel greedy = SocketChannel.open();
        Selector writable = Selector.open()) {
      greedy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
      greedy.configureBlocking(false);
      greedy.register(writable, SelectionKey.OP_WRITE);
      long taken = 0;
      int asked = said.size() - 1;
      for (byte[] opening : said.subList(0, asked)) {
        greedy.write(ByteBuffer.wrap(opening));
      }
      ByteBuffer question = ByteBuffer.wrap(flood(said.get(asked)));
      // No room for a second means that the server has stopped reading, or has closed the line.
      while (writable.select(1000) > 0 && taken < MOST_TAKEN) {
        writable.selectedKeys().clear();
        try {
          taken += greedy.write(question);
        } catch (IOException closed) {
          break;
        }
        if (!question.hasRemaining()) {
          question.rewind();
        }
      }
      assertTrue(taken < MOST_TAKEN, taken + " octets were taken, and no answer was");
    }
    assertServes();
  }

  private static byte[] flood(byte[] question) {
    ByteBuffer all = ByteBuffer.allocate(1000 * question.length);
    while (all.hasRemaining()) {
      all.put(question);
    }
    return all.array();
  }
}
