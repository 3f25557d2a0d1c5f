package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.Attachment;
import io.dlms4j.transport.TcpServer;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A case of {@code conformance.txt}: what goes to a server on a real TCP line, and what comes. */
final class ConformanceCase {
  private static final Duration INTER_OCTET_TIMEOUT = Duration.ofMillis(50);
  private static final Duration INACTIVITY_TIMEOUT = Duration.ofMillis(100);

  /** Longer than both; how long a line is listened to on which nothing is to come. */
  private static final int SILENCE_MILLIS = 160;

  private static final Payload AARE =
      Octets.hex(
          "61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00"
              + " BE 10 04 0E 08 00 06 5F 1F 04 00 00 10 1D 04 00 00 07");

  private record Step(String line, char kind, Payload octets) {}

  private final String id;
  private final List<Step> steps;

  private ConformanceCase(String id, List<Step> steps) {
    this.id = id;
    this.steps = steps;
  }

  /** All cases, in the order of the plan. */
  static List<ConformanceCase> all() throws IOException {
    String text;
    try (InputStream in = ConformanceCase.class.getResourceAsStream("conformance.txt")) {
      if (in == null) {
        throw new IOException("there are no cases");
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<ConformanceCase> cases = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        cases.add(new ConformanceCase(line.substring(1, line.indexOf(']')), new ArrayList<>()));
      } else if (!line.isBlank() && line.charAt(0) != '#') {
        int note = line.indexOf('#');
        String octets = line.substring(1, note);
        cases.get(cases.size() - 1).steps.add(new Step(line, line.charAt(0), Octets.hex(octets)));
      }
    }
    return cases;
  }

  static ConformanceCase of(String id) throws IOException {
    return all().stream().filter(each -> each.id.equals(id)).findFirst().orElseThrow();
  }

  String id() {
    return id;
  }

  /**
   * Plays the case against a server.
   *
   * @param loop the server's threads
   * @param broken what to break in the server
   * @param patienceMillis how long to wait for what has to come
   * @throws AssertionError if what comes is not what has to come
   */
  void play(TransportLoop loop, UnaryOperator<Link> broken, int patienceMillis) throws Exception {
    HdlcSecondaryConfig.Builder config =
        HdlcSecondaryConfig.builder()
            .device(32, Set.of(1, 16))
            .parameters(new HdlcParameters(1010, 1010, 4, 4))
            .interOctetTimeout(INTER_OCTET_TIMEOUT);
    if (id.equals("HDLC_FRAME_P3")) {
      config.inactivityTimeout(INACTIVITY_TIMEOUT);
    } else if (id.equals("HDLC_ADDRESS_N6")) {
      config.device(33, Set.of(1));
    }
    Link link = broken.apply(new HdlcSecondary(config.build()));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TcpServer server =
        TcpServer.bind(loop, anyPort, driver -> new Attachment(link, new Answering()))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server.localAddress(), 20_000);
      play(socket, patienceMillis);
    } finally {
      server.close();
    }
  }

  private void play(Socket socket, int patienceMillis) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    for (Step step : steps) {
      switch (step.kind()) {
        case '>' -> out.write(step.octets().toByteArray());
        case '<' -> {
          socket.setSoTimeout(patienceMillis);
          assertEquals(step.octets(), nextFrame(in), step.line());
        }
        case '.' -> {
          socket.setSoTimeout(SILENCE_MILLIS);
          assertNull(nextFrame(in), step.line());
        }
        default -> throw new IOException("what is " + step.line());
      }
    }
    assertEquals(0, in.available(), "more came than had to");
  }

  /** A frame as its length field has it, or null if none comes in time. */
  private static @Nullable Payload nextFrame(InputStream in) throws IOException {
    try {
      byte[] head = in.readNBytes(3);
      if (head.length < 3) {
        return Payload.of(head);
      }
      byte[] rest = in.readNBytes(((head[1] & 7) << 8 | (head[2] & 0xFF)) - 1);
      return Octets.join(Payload.of(head), Payload.of(rest));
    } catch (SocketTimeoutException nothing) {
      return null;
    }
  }

  /** Answers every AARQ with the same AARE, and nothing else. */
  private static final class Answering implements LinkUser {
    private final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>();

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      if (event instanceof LinkEvent.Received received && received.payload().at(0) == 0x60) {
        outgoing.add(new Outgoing(received.address(), AARE));
      }
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      return outgoing.poll();
    }

    @Override
    public long nextDeadline() {
      return Link.NEVER;
    }

    @Override
    public void onDeadline(long now) {}
  }
}
