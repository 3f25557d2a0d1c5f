package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertNoThreadLeft;
import static io.dlms4j.client.ClientServerContract.assertSays;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static io.dlms4j.client.ClientServerContract.loopThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.hdlc.HdlcAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client says when the other end of the line is no proper HDLC station. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HdlcLineFaultsTest {
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.96.1.0.255", 2);

  /** UA from logical device 1 to client 16, information fields of 512 and 128 octets. */
  private static final String UA =
      "7EA0202103737398818014050202000602008007040000000108040000000119D47E";

  /** DM likewise. */
  private static final String DM = "7EA00721031F6BE97E";

  /** What the other end does with a connection; whatever it throws ends it. */
  @FunctionalInterface
  private interface Conduct {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  private static void withServer(Conduct conduct, java.util.function.IntConsumer test)
      throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread serving =
          new Thread(
              () -> {
                try (Socket socket = listening.accept()) {
                  conduct.serve(socket.getInputStream(), socket.getOutputStream());
                } catch (IOException e) {
                  // The client has gone, as it is expected to.
                }
              });
      serving.setDaemon(true);
      serving.start();
      test.accept(listening.getLocalPort());
    }
  }

  private static DlmsClientBuilder client(int port) {
    return DlmsClient.tcp("127.0.0.1", port).linkResponseTimeout(Duration.ofMillis(60), 1);
  }

  private static void readToTheEnd(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Nothing is ever answered.
    }
  }

  /** Reads what comes up to the end of a frame, and answers. */
  private static void answer(InputStream in, OutputStream out, String hex) throws IOException {
    int first = in.read();
    int octet = in.read();
    while (octet >= 0 && octet != 0x7E) {
      octet = in.read();
    }
    if (first >= 0) {
      out.write(HexFormat.of().parseHex(hex));
      out.flush();
    }
  }

  @Test
  void aServerThatIsSilentIsNamedAsSuchAndLeavesNoThreadBehind() throws Exception {
    Set<Thread> before = loopThreads();
    withServer(
        (in, out) -> readToTheEnd(in),
        port -> {
          DlmsClient client = client(port).connect();
          var value = client.get(NAME);
          LinkException failure = failure(LinkException.class, client.opened());
          assertSays("the meter did not answer in time", failure);
          assertEquals(DlmsException.Scope.ASSOCIATION, failure.scope());
          assertSays("did not answer in time", failure(LinkException.class, value));
          assertThrows(LinkException.class, client::blocking);
        });
    assertNoThreadLeft(before);
  }

  @Test
  void aServerThatIsSilentAfterTheConnectionIsGivenUp() throws Exception {
    withServer(
        (in, out) -> {
          answer(in, out, UA);
          readToTheEnd(in);
        },
        port -> {
          try (DlmsClient client = client(port).connect()) {
            assertSays("did not answer in time", failure(LinkException.class, client.opened()));
          }
        });
  }

  @Test
  void anAssociationThatIsNotAnsweredTimesOutBeforeTheLink() throws Exception {
    withServer(
        (in, out) -> {
          answer(in, out, UA);
          readToTheEnd(in);
        },
        port -> {
          try (DlmsClient client =
              DlmsClient.tcp("127.0.0.1", port)
                  .linkResponseTimeout(Duration.ofMillis(500), 0)
                  .responseTimeout(Duration.ofMillis(50))
                  .connect()) {
            RequestTimeoutException failure =
                failure(RequestTimeoutException.class, client.get(NAME));
            assertEquals("the server did not answer the AARQ within 50 ms", failure.getMessage());
          }
        });
  }

  @Test
  void aServerThatTalksGarbageIsGivenUp() throws Exception {
    withServer(
        (in, out) -> {
          Random random = new Random(4711);
          byte[] garbage = new byte[200];
          while (true) {
            random.nextBytes(garbage);
            garbage[random.nextInt(garbage.length)] = 0x7E;
            out.write(garbage);
          }
        },
        port -> {
          try (DlmsClient client = client(port).connect()) {
            assertSays("did not answer in time", failure(LinkException.class, client.opened()));
          }
        });
  }

  @Test
  void aServerThatRefusesTheLinkIsNamedAsSuch() throws Exception {
    withServer(
        (in, out) -> {
          answer(in, out, DM);
          readToTheEnd(in);
        },
        port -> {
          try (DlmsClient client = client(port).connect()) {
            assertSays(
                "the meter refused the HDLC connection",
                failure(LinkException.class, client.opened()));
          }
        });
  }

  @Test
  void aLineThatIsCutIsNamedAsSuch() throws Exception {
    withServer(
        (in, out) -> answer(in, out, UA),
        port -> {
          try (DlmsClient client = client(port).connect()) {
            assertEquals(
                "the line was cut", failure(LinkException.class, client.opened()).getMessage());
          }
        });
  }

  @Test
  void closingDuringTheConnectionFailsItAtOnce() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    withServer(
        (in, out) -> {
          in.read();
          asked.complete(null);
          readToTheEnd(in);
        },
        port -> {
          DlmsClient client =
              DlmsClient.tcp("127.0.0.1", port)
                  .linkResponseTimeout(Duration.ofMillis(200), 1000)
                  .connect();
          var value = client.get(NAME);
          await(asked);
          client.close();
          assertEquals(
              "the connection has been closed",
              failure(LinkException.class, client.opened()).getMessage());
          assertInstanceOf(LinkException.class, failure(LinkException.class, value));
        });
  }

  @Test
  void closingBeforeThereIsALineDoesNotWaitForIt() throws Exception {
    Set<Thread> before = loopThreads();
    List<Socket> filling = new ArrayList<>();
    // Nobody accepts, and there is no room for a second connection: a third hangs.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        filling.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      DlmsClient client = client(full.getLocalPort()).connect();
      var value = client.get(NAME);
      client.close();
      assertEquals(
          "the client was closed before the connection was made",
          failure(LinkException.class, value).getMessage());
      assertThrows(LinkException.class, client::blocking);
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }
    assertNoThreadLeft(before);
  }

  @Test
  void settingsOutOfTheirRangeAreRefusedAndStartNoThread() {
    Set<Thread> before = loopThreads();
    assertThrows(IllegalArgumentException.class, () -> DlmsClient.tcp("localhost", 0));
    assertThrows(IllegalArgumentException.class, () -> DlmsClient.tcp("localhost", 65_536));
    DlmsClientBuilder builder = DlmsClient.tcp("localhost", 4059);
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThrows(IllegalArgumentException.class, () -> builder.connectTimeout(wrong));
    }
    assertThrows(
        IllegalArgumentException.class, () -> builder.responseTimeout(Duration.ofSeconds(-1)));
    builder.linkResponseTimeout(Duration.ZERO, 1);
    assertThrows(IllegalArgumentException.class, builder::connect);
    builder.linkResponseTimeout(Duration.ofSeconds(1), 1);
    builder.hdlc(HdlcAddress.logical(1), 127);
    assertThrows(IllegalArgumentException.class, builder::connect);
    // Those of other tests may just be ending.
    assertTrue(before.containsAll(loopThreads()));
  }
}
