package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a person uses it, with a real meter behind it. */
class DlmsTest {
  private static DlmsServer server;
  private static String meter;

  @BeforeAll
  static void start() {
    EngineBackend backend = TestMeter.backend(LocalDateTime.of(2013, 1, 10, 0, 0));
    backend.run(new HouseholdSource(1), Duration.ofDays(1).toSeconds());
    OmnipowerMeter device = OmnipowerMeter.of(backend).build();
    server =
        DlmsServer.builder()
            .tcpOnLoopback(0, device.hdlc())
            .tcpOnLoopback(0, Wrapper.defaults())
            .udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Wrapper.defaults())
            .device(device.device())
            .start();
    meter = "hdlc+tcp://127.0.0.1:" + port(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static int port(int index) {
    return server.addresses().get(index).getPort();
  }

  @Test
  void demoDoesBothSessionsAndSaysSo() {
    Run run = dlms("demo");
    assertEquals(0, run.exitCode(), run.err());
    String printed = String.join("\n", run.out());
    assertTrue(printed.contains("meter number 12345679"), printed);
    assertTrue(printed.contains("association view: 15 objects"), printed);
    assertTrue(printed.contains("A14 [Wh]"), printed);
    assertTrue(printed.contains("97 rows"), printed);
    assertEquals(97, run.out().stream().filter(each -> each.contains("2013-10-2")).count() - 2);
    assertEquals("All of it happened.", run.out().get(run.out().size() - 1));
  }

  @Test
  void getByReferenceNeedsNoAssociationView() {
    assertEquals(List.of("12345679"), dlms("get", meter, "1:1.1.0.0.1.255:2").out());
    assertEquals(List.of("1.1.0.0.1.255"), dlms("get", meter, "1:1.1.0.0.1.255:1").out());
    assertEquals(
        List.of("2013-01-11 Fri 00:00:00 status 00"),
        dlms("get", meter, "8:0.1.1.0.0.255:2").out());
  }

  @Test
  void getByNameFindsTheClassAndTheUnit() {
    assertEquals(List.of("Q1"), dlms("get", meter, "1-1:0.2.2*128").out());
    List<String> energy = dlms("get", meter, "1.1.1.8.0.255", "--password", "12345").out();
    assertTrue(energy.get(0).matches("\\d+ Wh"), energy.get(0));
  }

  @Test
  void getPrintsStructuresAsTrees() {
    List<String> tree = dlms("get", meter, "0.0.41.0.0.255").out();
    assertEquals("array of 2", tree.get(0));
    assertEquals("  structure of 2", tree.get(1));
  }

  @Test
  void addressesAreOptions() {
    Run run =
        dlms(
            "get",
            meter,
            "1.1.1.8.0.255",
            "--client",
            "19",
            "--server",
            "16",
            "--physical",
            "32",
            "--password",
            "12345");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().get(0).endsWith(" Wh"));
  }

  @Test
  void theWrapperIsSpokenOnTcpAndUdp() {
    for (String uri :
        List.of("wrapper+tcp://127.0.0.1:" + port(1), "wrapper+udp://127.0.0.1:" + port(2))) {
      assertEquals(List.of("12345679"), dlms("get", uri, "1:1.1.0.0.1.255:2").out());
      Run profile = dlms("profile", uri, "1.1.99.1.0.255", "--password", "12345");
      assertEquals(0, profile.exitCode(), profile.err());
      assertEquals("96 rows", profile.out().get(97));
    }
  }

  @Test
  void aRecordingIsALogOrACaptureByItsName(@TempDir Path directory) throws IOException {
    Path log = directory.resolve("session.log");
    assertEquals(0, dlms("get", meter, "1:1.1.0.0.1.255:2", "--record", "" + log).exitCode());
    String recorded = Files.readString(log);
    assertTrue(recorded.contains("SNRM") && recorded.contains("DISC"), recorded);
    Path capture = directory.resolve("session.pcapng");
    assertEquals(0, dlms("get", meter, "1:1.1.0.0.1.255:2", "--record", "" + capture).exitCode());
    byte[] octets = Files.readAllBytes(capture);
    // The section header block of pcapng.
    assertEquals(0x0A0D0D0A, ByteBuffer.wrap(octets).getInt());
    assertTrue(octets.length > 500, "" + octets.length);
    assertFails(
        dlms("get", meter, "1:1.1.0.0.1.255:2", "--record", "" + directory.resolve("no/where")),
        "cannot write");
  }

  @Test
  void profilePrintsATable() {
    Run run =
        dlms(
            "profile",
            meter,
            "1.1.99.1.0.255",
            "--from",
            "2013-01-10T12:00",
            "--to",
            "2013-01-10T13:00",
            "--password",
            "12345");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(1 + 5 + 1, run.out().size());
    assertTrue(run.out().get(0).contains("RTC") && run.out().get(0).contains("R12 [varh]"));
    assertTrue(run.out().get(1).startsWith("2013-01-10 Thu 12:00:00"));
    assertEquals("5 rows", run.out().get(6));
  }

  @Test
  void profileWritesCsv(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("day.csv");
    Run run =
        dlms(
            "profile",
            meter,
            "1.1.99.1.0.255",
            "--from",
            "2013-01-10",
            "--to",
            "2013-01-11",
            "--password",
            "12345",
            "--csv",
            file.toString());
    assertEquals(List.of("96 rows written to " + file), run.out(), run.err());
    List<String> lines = Files.readAllLines(file);
    assertEquals(97, lines.size());
    assertEquals(
        "RTC,LoggerStatus,DataQuality,Format_KMP_Energy,A14 [Wh],A23 [Wh],R12 [varh],R34 [varh]",
        lines.get(0));
    assertTrue(lines.get(96).startsWith("2013-01-11 Fri 00:00:00 status 00,"), lines.get(96));
  }

  @Test
  void aFileThatCannotBeWrittenIsTold(@TempDir Path directory) {
    Path file = directory.resolve("missing").resolve("day.csv");
    assertFails(
        dlms("profile", meter, "1.1.99.1.0.255", "--password", "12345", "--csv", file.toString()),
        "cannot write");
  }

  @Test
  void nothingListeningIsTold() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFails(
        dlms("get", "hdlc+tcp://127.0.0.1:" + port, "1.1.0.0.1.255"), "127.0.0.1", "" + port);
  }

  @Test
  void aWrongPasswordIsTold() {
    assertFails(
        dlms("get", meter, "1.1.1.8.0.255", "--password", "00000"),
        "refused the association",
        "password");
  }

  @Test
  void anUnknownObjectIsTold() {
    assertFails(dlms("get", meter, "3:1.1.99.99.0.255:2"), "object-undefined");
    assertFails(dlms("get", meter, "1.1.99.99.0.255"), "association view");
    assertFails(
        dlms("profile", meter, "1.1.99.98.97.255", "--password", "12345"), "object-undefined");
  }

  @Test
  void noAnswerInTimeIsTold() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          dlms(
              "get",
              "hdlc+tcp://127.0.0.1:" + silent.getLocalPort(),
              "1.1.0.0.1.255",
              "--timeout",
              "50"),
          "did not answer in time");
    }
  }

  @Test
  void aLogicalDeviceThatIsNotThereIsTold() {
    assertFails(
        dlms("get", meter, "1.1.0.0.1.255", "--server", "5", "--timeout", "50"),
        "did not answer in time");
  }

  @Test
  void aCommandLineWithoutSenseIsTold() {
    assertFails(dlms("get", "http://127.0.0.1:1", "1.1.0.0.1.255"), "hdlc+tcp://");
    assertFails(dlms("get", meter, "nonsense"), "class:obis:attribute");
    assertFails(dlms("get", meter, "3:1.1.999.8.0.255:2"), "OBIS");
    assertFails(dlms("get", meter, "1.1.0.0.1.255", "--client", "300"), "300");
    assertFails(dlms("profile", meter, "nonsense"), "OBIS");
    assertFails(
        dlms("profile", meter, "1.1.99.1.0.255", "--from", "yesterday"), "--from", "yesterday");
    assertFails(dlms("emulate", "--hdlc", "70000"), "65535");
    assertFails(dlms("emulate", "--hdlc", "0", "--meter-number", "-1"), "Unsigned32");
    assertFails(dlms("emulate"), "--hdlc", "--serial");
    assertFails(dlms("get", "hdlc+serial:///dev/nosuchport", "1.1.0.0.1.255"), "nosuchport");
    assertFails(dlms("get", "hdlc+serial:///dev/x?bits=9", "1.1.0.0.1.255"), "baud and echo");
    assertFails(dlms("get", "hdlc+serial:///dev/x?baud=fast", "1.1.0.0.1.255"), "fast");
  }
}
