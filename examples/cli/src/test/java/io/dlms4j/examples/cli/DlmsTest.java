package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as a person uses it, with a real meter behind it. */
class DlmsTest {
  private static DlmsServer server;
  private static String meter;

  @BeforeAll
  static void start() {
    EngineBackend backend =
        new EngineBackend(
            MeteringEngine.startingAt(new MeterTime(LocalDateTime.of(2013, 1, 10, 0, 0), false))
                .build(),
            MeterIdentity.builder().serialNumber(12_345_679).build());
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

  private record Run(int exitCode, List<String> out, String err) {}

  private static Run dlms(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Dlms.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(args);
    return new Run(exitCode, out.toString().lines().toList(), err.toString());
  }

  private static void assertFails(Run run, String... words) {
    assertNotEquals(0, run.exitCode);
    assertEquals(List.of(), run.out);
    for (String word : words) {
      assertTrue(run.err.contains(word), run.err);
    }
    assertFalse(run.err.contains("Exception"), run.err);
  }

  @Test
  void demoDoesBothSessionsAndSaysSo() {
    Run run = dlms("demo");
    assertEquals(0, run.exitCode, run.err);
    String printed = String.join("\n", run.out);
    assertTrue(printed.contains("meter number 12345679"), printed);
    assertTrue(printed.contains("association view: 15 objects"), printed);
    assertTrue(printed.contains("A14 [Wh]"), printed);
    assertTrue(printed.contains("97 rows"), printed);
    assertEquals(97, run.out.stream().filter(each -> each.contains("2013-10-2")).count() - 2);
    assertEquals("All of it happened.", run.out.get(run.out.size() - 1));
  }

  @Test
  void getByReferenceNeedsNoAssociationView() {
    assertEquals(List.of("12345679"), dlms("get", meter, "1:1.1.0.0.1.255:2").out);
    assertEquals(List.of("1.1.0.0.1.255"), dlms("get", meter, "1:1.1.0.0.1.255:1").out);
    assertEquals(
        List.of("2013-01-11 Fri 00:00:00 status 00"), dlms("get", meter, "8:0.1.1.0.0.255:2").out);
  }

  @Test
  void getByNameFindsTheClassAndTheUnit() {
    assertEquals(List.of("Q1"), dlms("get", meter, "1-1:0.2.2*128").out);
    List<String> energy = dlms("get", meter, "1.1.1.8.0.255", "--password", "12345").out;
    assertTrue(energy.get(0).matches("\\d+ Wh"), energy.get(0));
  }

  @Test
  void getPrintsStructuresAsTrees() {
    List<String> tree = dlms("get", meter, "0.0.41.0.0.255").out;
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
    assertEquals(0, run.exitCode, run.err);
    assertTrue(run.out.get(0).endsWith(" Wh"));
  }

  @Test
  void theWrapperIsSpokenOnTcpAndUdp() {
    for (String uri :
        List.of("wrapper+tcp://127.0.0.1:" + port(1), "wrapper+udp://127.0.0.1:" + port(2))) {
      assertEquals(List.of("12345679"), dlms("get", uri, "1:1.1.0.0.1.255:2").out);
      Run profile = dlms("profile", uri, "1.1.99.1.0.255", "--password", "12345");
      assertEquals(0, profile.exitCode, profile.err);
      assertEquals("96 rows", profile.out.get(97));
    }
  }

  @Test
  void aRecordingIsALogOrACaptureByItsName(@TempDir Path directory) throws IOException {
    Path log = directory.resolve("session.log");
    assertEquals(0, dlms("get", meter, "1:1.1.0.0.1.255:2", "--record", "" + log).exitCode);
    String recorded = Files.readString(log);
    assertTrue(recorded.contains("SNRM") && recorded.contains("DISC"), recorded);
    Path capture = directory.resolve("session.pcapng");
    assertEquals(0, dlms("get", meter, "1:1.1.0.0.1.255:2", "--record", "" + capture).exitCode);
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
    assertEquals(0, run.exitCode, run.err);
    assertEquals(1 + 5 + 1, run.out.size());
    assertTrue(run.out.get(0).contains("Clock") && run.out.get(0).contains("R12 [varh]"));
    assertTrue(run.out.get(1).startsWith("2013-01-10 Thu 12:00:00"));
    assertEquals("5 rows", run.out.get(6));
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
    assertEquals(List.of("96 rows written to " + file), run.out, run.err);
    List<String> lines = Files.readAllLines(file);
    assertEquals(97, lines.size());
    assertEquals(
        "Clock,LoggerStatus,DataQuality,Format_KMP_Energy,A14 [Wh],A23 [Wh],R12 [varh],R34 [varh]",
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

  private static final String V06 =
      "7E A0 15 21 03 52 5D 8A E6 E7 00 C4 01 81 00 06 00 BC 61 4F E4 36 7E";

  @Test
  void decodePrintsAFrameDownToItsValues() {
    // V06 of the vendor's chapter 4, with blanks as in the document and without.
    Run run = dlms("decode", V06);
    assertEquals(0, run.exitCode, run.err);
    assertEquals("", run.err);
    assertEquals(
        "    1  A0 15                      frame-format: type 3, length 21", run.out.get(1));
    assertEquals("   11  C4                         get-response", run.out.get(7));
    assertTrue(run.out.get(10).endsWith("result / data: double-long-unsigned 12345679"));
    List<String> meanings = run.out.stream().map(line -> line.substring(32)).toList();
    assertEquals(
        meanings,
        dlms("decode", "a0152103525d8ae6e700c401810006", "00bc614fe436").out.stream()
            .map(line -> line.substring(32))
            .toList());
  }

  @Test
  void decodePrintsAnApduAlone() {
    List<String> tree = dlms("decode", "C001C1000301010108", "00FF0200").out;
    assertEquals("    0  C0                       get-request", tree.get(0));
    assertTrue(tree.get(4).endsWith("class-id: 3, Register"), tree.get(4));
    assertTrue(tree.get(6).endsWith("attribute-id: 2, value"), tree.get(6));
  }

  @Test
  void decodePrintsAWpdu() {
    List<String> tree = dlms("decode", "0001 0001 0010 0009 C401C100 0903ABCDEF").out;
    assertTrue(tree.get(0).endsWith("wrapper: WPDU"), tree.get(0));
    assertTrue(tree.get(3).endsWith("destination-wport: 16"), tree.get(3));
    assertTrue(tree.get(8).endsWith("result / data: octet-string AB CD EF"), tree.get(8));
  }

  @Test
  void decodePrintsEveryFrameOfALine() {
    Run run = dlms("decode", V06 + " 7E A0 07 03 21 53 03 C7 7E A0 07 03 21 53 03 C7 7E");
    assertEquals(0, run.exitCode, run.err);
    assertEquals(3, run.out.stream().filter(line -> line.endsWith("hdlc: HDLC frame")).count());
    assertEquals(2, run.out.stream().filter(line -> line.endsWith("control: DISC, P/F=1")).count());
  }

  @Test
  void decodePrintsWhatItCanAndThenWhatIsWrongAndWhere() {
    assertBreaks(dlms("decode", "0001 0010 0001 0005 C0"), "octet 6: the length is 5");
    assertBreaks(
        dlms("decode", V06.replace("4F E4", "4E E4")), "octet 20: the FCS is E436", "12345678");
    assertBreaks(dlms("decode", "C4 01 81 00 06 00"), "octet 5: 4 octets needed, 1 left");
    assertBreaks(dlms("decode", "C4 01 81 00 06 00 00 00 01 00"), "octet 9: 1 octets too many");
    assertBreaks(dlms("decode", "C4 09 81"), "octet 1: 9 (09) is no choice", "get-response");
    assertBreaks(dlms("decode", "FE"), "octet 0: 254 (FE) is no choice");
    assertBreaks(dlms("decode", "7E 7E"), "no frame");
    assertBreaks(dlms("decode", V06 + " 11 22"), "octet 23: here begins no frame", "12345679");
    // Good by the abstract syntax, but a date-time of three octets is not.
    assertBreaks(dlms("decode", "0F 00000001 03 010203 00"), "the library refuses this", "12");
    assertFails(dlms("decode", "7E A0 XX"), "hexadecimal");
    assertFails(dlms("decode", ""), "no octets");
    assertEquals(2, dlms("decode", "7E A0 XX").exitCode);
  }

  private static void assertBreaks(Run run, String words, String... alsoPrinted) {
    assertEquals(1, run.exitCode);
    assertTrue(run.err.startsWith("dlms: octet "), run.err);
    assertTrue(run.err.contains(words), run.err);
    String printed = String.join("\n", run.out);
    assertTrue(printed.contains("ERROR: "), printed);
    for (String part : alsoPrinted) {
      assertTrue((printed + run.err).contains(part), printed);
    }
  }

  @Test
  void jsonGoesThroughAFileOrStdinBackToTheOctets(@TempDir Path directory) throws IOException {
    Run json = dlms("decode", "--json", V06);
    assertEquals(0, json.exitCode, json.err);
    Path file = directory.resolve("v06.json");
    Files.write(file, json.out);
    assertEquals(List.of(V06), dlms("encode", file.toString()).out);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
      assertEquals(List.of(V06), dlms("encode", "-").out);
      System.setIn(new ByteArrayInputStream(V06.getBytes(StandardCharsets.US_ASCII)));
      assertEquals(json.out, dlms("decode", "--json", "-").out);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aChangedValueIsEncodedWithItsCheckSequences(@TempDir Path directory) throws IOException {
    String json = String.join("\n", dlms("decode", "--json", V06).out);
    Path file = directory.resolve("changed.json");
    Files.writeString(file, json.replace("12345679", "12345678"));
    Run encoded = dlms("encode", file.toString());
    assertEquals(0, encoded.exitCode, encoded.err);
    Run again = dlms("decode", encoded.out.get(0));
    assertEquals(0, again.exitCode, again.err);
    assertTrue(String.join("\n", again.out).contains("double-long-unsigned 12345678"));
  }

  @Test
  void jsonOfSeveralFramesIsAListAndTellsFaults(@TempDir Path directory) throws IOException {
    String two = V06 + " 7E A0 07 03 21 53 03 C7 7E";
    Run json = dlms("decode", "--json", two);
    assertEquals("[ {", json.out.get(0));
    Path file = directory.resolve("two.json");
    Files.write(file, json.out);
    assertEquals(List.of(V06, "7E A0 07 03 21 53 03 C7 7E"), dlms("encode", file.toString()).out);
    Run broken = dlms("decode", "--json", "C4 01 81 00 06 00");
    assertEquals(1, broken.exitCode);
    String printed = String.join("\n", broken.out);
    assertTrue(printed.contains("\"errors\"") && printed.contains("\"octet\" : 5"), printed);
  }

  @Test
  void jsonThatCannotBeEncodedIsTold(@TempDir Path directory) throws IOException {
    assertFails(dlms("encode", directory.resolve("nowhere").toString()), "cannot read", "nowhere");
    Path file = directory.resolve("bad.json");
    Files.writeString(file, "{\"apdu\": ");
    assertFails(dlms("encode", file.toString()), "no JSON", "line 1");
    Files.writeString(file, "{\"apdu\": {}, \"apdu\": {}}");
    assertFails(dlms("encode", file.toString()), "no JSON", "uplicate");
    Files.writeString(file, "{\"apdu\": {}} more");
    assertFails(dlms("encode", file.toString()), "no JSON");
    Files.writeString(file, "");
    assertFails(dlms("encode", file.toString()));
    Files.writeString(file, "[".repeat(100_000));
    assertFails(dlms("encode", file.toString()), "no JSON");
    Files.writeString(file, "{\"apdu\": {\"get-request\": {\"get-request-next\": {}}}}");
    assertFails(
        dlms("encode", file.toString()),
        "cannot encode apdu.get-request.get-request-next: invoke-id-and-priority is missing");
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
