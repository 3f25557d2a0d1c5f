package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertNoThreadLeft;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.loopThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a client takes its leave on the wrapper, octet by octet on a TCP line. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WrapperReleaseTest {
  /** Accepted; GET; PDUs of 125 octets. */
  private static final String AARE =
      "6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400000010007D0007";

  /** Reason normal (Green Book 9.4.3). */
  private static final String RLRQ = "6203800100";

  private static final String RLRE = "6303800100";

  /** Takes one client, answers its AARQ, and its RLRQ if there is an answer. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket listening;
    private final @Nullable String answer;
    final List<String> received = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> left = new CompletableFuture<>();

    Server(@Nullable String answer) throws IOException {
      this.listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      this.answer = answer;
      Thread serving = new Thread(this::serve);
      serving.setDaemon(true);
      serving.start();
    }

    private void serve() {
      try (Socket socket = listening.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
          byte[] header = in.readNBytes(8);
          if (header.length < 8) {
            break;
          }
          byte[] apdu = in.readNBytes((header[6] & 0xFF) << 8 | (header[7] & 0xFF));
          String hex = HexFormat.of().withUpperCase().formatHex(apdu);
          received.add(hex);
          String reply = hex.startsWith("60") ? AARE : answer;
          if (reply != null) {
            write(socket.getOutputStream(), reply);
          }
        }
      } catch (IOException e) {
        // The client has cut the line.
      }
      left.complete(null);
    }

    private static void write(OutputStream out, String apdu) throws IOException {
      // Version 1, from the logical device 1 to client 16.
      String header = String.format("000100010010%04X", apdu.length() / 2);
      out.write(HexFormat.of().parseHex(header + apdu));
      out.flush();
    }

    DlmsClientBuilder client() {
      return DlmsClient.tcp("127.0.0.1", listening.getLocalPort()).wrapper(1, 16);
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  @Test
  void theAssociationIsReleasedBeforeTheLineIsCut() throws IOException {
    try (Server server = new Server(RLRE)) {
      DlmsClient client = server.client().releaseTimeout(Duration.ofHours(1)).connect();
      await(client.opened());
      client.close();
      await(server.left);
      assertEquals(2, server.received.size());
      assertEquals(RLRQ, server.received.get(1));
    }
  }

  @Test
  void aServerThatDoesNotAgreeIsLeftAllTheSame() throws Exception {
    Set<Thread> before = loopThreads();
    try (Server server = new Server(null)) {
      DlmsClient client =
          server
              .client()
              .releaseTimeout(Duration.ofMillis(50))
              .responseTimeout(Duration.ofHours(1))
              .connect();
      await(client.opened());
      client.close();
      await(server.left);
      assertEquals(RLRQ, server.received.get(1));
    }
    assertNoThreadLeft(before);
  }

  @Test
  void whoDoesNotWantToSaySoCutsTheLineAtOnce() throws IOException {
    try (Server server = new Server(null)) {
      DlmsClient client =
          server.client().releasing(false).responseTimeout(Duration.ofHours(1)).connect();
      await(client.opened());
      client.close();
      await(server.left);
      assertEquals(1, server.received.size());
      assertTrue(server.received.get(0).startsWith("60"));
    }
  }

  @Test
  void aReleaseTimeOutThatIsNoneIsRefused() {
    DlmsClientBuilder builder = DlmsClient.tcp("127.0.0.1", 4059);
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
      assertThrows(IllegalArgumentException.class, () -> builder.releaseTimeout(wrong));
    }
  }
}
