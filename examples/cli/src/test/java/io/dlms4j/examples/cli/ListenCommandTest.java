package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command listen, and peers that push octets of the books. */
class ListenCommandTest {
  /** data-notification: confirmed, 7, 2022-01-02 03:04:05, OBIS code and 189197. */
  private static final String NOTIFICATION =
      "0F" // data-notification
          + "40000007" // long-invoke-id 7, confirmed
          + "0C07E601020703040500000000" // date-time
          + "0202" // structure of 2
          + "09060100010800FF" // octet-string 1.0.1.8.0.255
          + "060002E30D"; // double-long-unsigned 189197

  /** event-notification-request, no time, attribute 9 of 0.0.1.0.0.255, enum 1. */
  private static final String EVENT = "C20000080000010000FF091601";

  private static final String KEY = "000102030405060708090A0B0C0D0E0F";
  private static final String AUTHENTICATION_KEY = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";
  private static final String METER = "4B414D0001112131";
  private static final String HEAD_END = "484E440000000001";

  /** A listener that runs, and what it prints, line by line. */
  private static final class Listening {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exitCode;

    Listening(String... options) {
      List<String> all = new ArrayList<>(List.of("listen"));
      all.addAll(List.of(options));
      CommandLine command = Dlms.commandLine();
      command.setOut(new PrintWriter(new Lines(lines)));
      command.setErr(new PrintWriter(new Lines(errors)));
      exitCode = CompletableFuture.supplyAsync(() -> command.execute(all.toArray(String[]::new)));
    }

    String next() throws InterruptedException {
      return next(lines);
    }

    String nextError() throws InterruptedException {
      return next(errors);
    }

    private String next(BlockingQueue<String> queue) throws InterruptedException {
      String line = queue.poll(20, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("nothing was printed; " + lines + errors);
      }
      return line;
    }

    int port() throws InterruptedException {
      String line = next();
      assertTrue(line.startsWith("listens on "), line);
      return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    int end() throws Exception {
      return exitCode.get(20, TimeUnit.SECONDS);
    }
  }

  /** Puts whole lines into a queue. */
  private static final class Lines extends Writer {
    private final BlockingQueue<String> lines;
    private final StringBuilder begun = new StringBuilder();

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(char[] text, int from, int length) {
      begun.append(text, from, length);
      int end;
      while ((end = begun.indexOf(System.lineSeparator())) >= 0) {
        lines.add(begun.substring(0, end));
        begun.delete(0, end + System.lineSeparator().length());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** From logical device 1 to client 16. */
  private static byte[] wrapped(String apdu) {
    return Octets.ofHex("000100010010%04X%s".formatted(apdu.length() / 2, apdu)).toByteArray();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  void notificationsArePrintedAndConfirmedUntilThereAreEnough() throws Exception {
    Listening listening = new Listening("--tcp", "0", "--count", "2");
    try (Socket meter = connect(listening.port())) {
      meter.getOutputStream().write(wrapped(NOTIFICATION));
      String head = listening.next();
      assertTrue(head.startsWith("DataNotification 7 from 127.0.0.1:"), head);
      assertTrue(
          head.endsWith(
              "(server 1, client 16), made 2022-01-02 Sun 03:04:05.00+00:00 status 00,"
                  + " in clear, confirmed"),
          head);
      assertEquals("  structure of 2", listening.next());
      assertEquals("    octet-string 01 00 01 08 00 FF", listening.next());
      assertEquals("    189197", listening.next());
      byte[] confirm = meter.getInputStream().readNBytes(8 + 6);
      assertEquals(0x10, confirm[8]);
      meter.getOutputStream().write(wrapped(EVENT));
      String event = listening.next();
      assertTrue(event.startsWith("EventNotification of 8:0.0.1.0.0.255:9 from "), event);
      assertEquals("  internal_crystal (1)", listening.next());
    }
    assertEquals(0, listening.end());
  }

  @Test
  void jsonIsALineForEachNotification() throws Exception {
    Listening listening = new Listening("--udp", "0", "--count", "1", "--json");
    byte[] datagram = wrapped(NOTIFICATION);
    try (DatagramSocket meter = new DatagramSocket()) {
      meter.send(
          new DatagramPacket(
              datagram,
              datagram.length,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port())));
      JsonNode told = JsonMapper.shared().readTree(listening.next());
      assertEquals("DataNotification", told.get("notification").asString());
      assertEquals(7, told.get("longInvokeId").asInt());
      assertEquals(1, told.get("serverSap").asInt());
      JsonNode structure = told.get("values").get(0).get("structure");
      assertEquals(189197, structure.get(1).get("double-long-unsigned").asInt());
    }
    assertEquals(0, listening.end());
  }

  @Test
  void aCipheredNotificationIsOpenedAndOneInClearRefused(@TempDir Path directory) throws Exception {
    Path keys = directory.resolve("keys.txt");
    Files.writeString(keys, "suite=0\nguek=" + KEY + "\ngak=" + AUTHENTICATION_KEY + "\n");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    Listening listening =
        new Listening(
            "--tcp",
            "0",
            "--count",
            "1",
            "--security",
            "0",
            "--system-title",
            HEAD_END,
            "--keys",
            keys.toString(),
            "--counters-from",
            "1");
    KeyRing ring =
        KeyRing.builder(SecuritySuite.SUITE_0)
            .unicastKey(KeyMaterial.ofHex(KEY))
            .authenticationKey(KeyMaterial.ofHex(AUTHENTICATION_KEY))
            .build();
    ApduProtection protection =
        ApduProtection.builder(
                ring,
                SystemTitle.ofHex(METER),
                SystemTitle.ofHex(HEAD_END),
                new InMemoryInvocationCounterStore(),
                new SecureRandom())
            .build();
    String ciphered =
        ApduCodec.STANDARD
            .encode(
                protection.protectGeneralGlo(
                    Octets.ofHex(NOTIFICATION),
                    KeyKind.GLOBAL_UNICAST,
                    Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED)))
            .toHex();
    int port = listening.port();
    try (Socket clear = connect(port)) {
      clear.getOutputStream().write(wrapped(NOTIFICATION.replace("000007", "000008")));
      String refused = listening.nextError();
      assertTrue(refused.startsWith("dlms: refused what came from 127.0.0.1:"), refused);
      try (Socket meter = connect(port)) {
        meter.getOutputStream().write(wrapped(ciphered));
        String head = listening.next();
        assertTrue(head.startsWith("DataNotification 7 "), head);
        assertTrue(head.contains("proved to be from " + METER + ", authenticated+encrypted"), head);
      }
    }
    assertEquals(0, listening.end());
  }

  @Test
  void aPortThatIsTakenIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = dlms("listen", "--tcp", "" + taken.getLocalPort());
      assertEquals(1, run.exitCode());
      assertFails(run, "" + taken.getLocalPort());
    }
  }

  @Test
  void whatMakesNoSenseIsSaidBeforeAnythingIsHeard() {
    assertFails(dlms("listen"), "--tcp", "--udp", "--hdlc");
    assertFails(dlms("listen", "--tcp", "70000"), "65535");
    assertFails(dlms("listen", "--tcp", "0", "--count", "0"), "--count");
    assertFails(dlms("listen", "--tcp", "0", "--mechanism", "none", "--security", "3"), "0, 1");
    assertFails(dlms("listen", "--hdlc", "0", "--frame-counter", "1:1.0.0.0.0.255:2"), "counters");
  }
}
