package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dlms4j.axdr.Octets;
import io.dlms4j.link.Link;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A case of a resource file: what goes to a {@link TestDevice} on a real TCP line, and what comes.
 * {@code [NAME wrapper 16]} begins a case of client 16 on the COSEM wrapper, whose APDUs follow;
 * {@code [NAME hdlc]} one of whole HDLC frames. After {@code >} is what is sent, after {@code <}
 * what has to come; {@code .} says that nothing may come.
 */
final class WireCase {
  /** How long a line is listened to on which nothing is to come. */
  private static final int SILENCE_MILLIS = 150;

  private static final int WRAPPER_HEADER = 8;

  private record Step(String line, char kind, Octets octets) {}

  private final String name;
  private final int clientSap;
  private final List<Step> steps = new ArrayList<>();

  private WireCase(String name, int clientSap) {
    this.name = name;
    this.clientSap = clientSap;
  }

  /** All cases of a file, in their order. */
  static List<WireCase> all(String file) throws IOException {
    String text;
    try (InputStream in = WireCase.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("there is no " + file);
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<WireCase> cases = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        String[] head = line.substring(1, line.indexOf(']')).split(" ", -1);
        cases.add(new WireCase(head[0], head.length == 3 ? Integer.parseInt(head[2]) : 0));
      } else if (!line.isBlank() && line.charAt(0) != '#') {
        int note = line.indexOf('#');
        String octets = line.substring(1, note < 0 ? line.length() : note).replace(" ", "");
        Step step = new Step(line, line.charAt(0), Octets.ofHex(octets));
        List<Step> steps = cases.get(cases.size() - 1).steps;
        if (step.kind() == '|') {
          Step begun = steps.remove(steps.size() - 1);
          step =
              new Step(
                  begun.line() + line,
                  begun.kind(),
                  Octets.ofHex(begun.octets().toHex() + step.octets().toHex()));
        }
        steps.add(step);
      }
    }
    return cases;
  }

  /** The cases of a name; there may be several parts of one. */
  static List<WireCase> of(String file, String name) throws IOException {
    List<WireCase> found = all(file).stream().filter(each -> each.name.equals(name)).toList();
    if (found.isEmpty()) {
      throw new IOException(file + " has no " + name);
    }
    return found;
  }

  String name() {
    return name;
  }

  private boolean onWrapper() {
    return clientSap != 0;
  }

  /**
   * Plays the case against a new server.
   *
   * @param loop the server's threads
   * @param broken what to break in the server
   * @param patienceMillis how long to wait for what has to come
   * @throws AssertionError if what comes is not what has to come
   */
  void play(TransportLoop loop, UnaryOperator<Link> broken, int patienceMillis) throws IOException {
    LinkProfile profile = onWrapper() ? Wrapper.defaults() : Hdlc.defaults();
    try (DlmsServer server =
            DlmsServer.builder()
                .loop(loop)
                .device(TestDevice.create())
                .tcpOnLoopback(0, devices -> broken.apply(profile.newLink(devices)))
                .start();
        Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server.addresses().get(0), 20_000);
      play(socket, patienceMillis);
    }
  }

  private void play(Socket socket, int patienceMillis) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    for (Step step : steps) {
      switch (step.kind()) {
        case '>' -> out.write(framed(step.octets(), true).toByteArray());
        case '<' -> {
          socket.setSoTimeout(patienceMillis);
          assertEquals(framed(step.octets(), false).toHex(), next(in), step.line());
        }
        case '.' -> {
          socket.setSoTimeout(SILENCE_MILLIS);
          assertNull(next(in), step.line());
        }
        default -> throw new IOException("what is " + step.line());
      }
    }
    assertEquals(0, in.available(), "more came than had to");
  }

  /** On the wrapper: version 1, source, destination and length (IEC 62056-47). */
  private Octets framed(Octets octets, boolean fromClient) {
    if (!onWrapper()) {
      return octets;
    }
    return Octets.ofHex(
        String.format(
            "0001%04X%04X%04X%s",
            fromClient ? clientSap : TestDevice.SAP,
            fromClient ? TestDevice.SAP : clientSap,
            octets.length(),
            octets.toHex()));
  }

  /** What comes next, as its length field has it; null if nothing comes in time. */
  private @Nullable String next(InputStream in) throws IOException {
    try {
      byte[] head = in.readNBytes(onWrapper() ? WRAPPER_HEADER : 3);
      if (head.length < 3) {
        return Octets.copyOf(head).toHex();
      }
      int rest =
          onWrapper()
              ? (head[6] & 0xFF) << 8 | (head[7] & 0xFF)
              : ((head[1] & 7) << 8 | (head[2] & 0xFF)) - 1;
      return Octets.copyOf(head).toHex() + Octets.copyOf(in.readNBytes(rest)).toHex();
    } catch (SocketTimeoutException nothing) {
      return null;
    }
  }
}
