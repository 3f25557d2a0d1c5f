package io.dlms4j.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.push.PushListener;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import io.dlms4j.server.push.PushDestination;
import io.dlms4j.server.push.PushEnvironment;
import io.dlms4j.server.push.PushObject;
import io.dlms4j.server.push.PushOutcome;
import io.dlms4j.server.push.PushSending;
import io.dlms4j.server.push.PushSettings;
import io.dlms4j.server.push.TransportService;
import io.dlms4j.server.security.InMemorySecuritySetupStore;
import io.dlms4j.transport.TransportLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the README shows is code that runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path SOURCES = Path.of("src/main/java/io/dlms4j/examples/quickstart");

  @Test
  void theClientOfTheReadmeReadsTheServerOfTheReadme() {
    LocalDateTime start = LocalDateTime.of(2026, 1, 15, 0, 0);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (DlmsServer server = BeMeter.start(start, 0)) {
      ReadMeter.read(
          "127.0.0.1",
          server.addresses().get(0).getPort(),
          start.plusHours(23),
          start.plusDays(1),
          new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.get(0).matches("A\\+ \\d+ Wh"), lines.get(0));
    // 23:00, 23:15, 23:30, 23:45 and midnight, the last with what the register shows.
    assertEquals(1 + 5, lines.size());
    assertEquals(
        "2026-01-16 Fri 00:00:00 status 00  " + lines.get(0).substring("A+ ".length()),
        lines.get(5));
  }

  @Test
  void theServicesOfTheReadmeAreWhatAServerDoes() {
    AtomicReference<CosemData> threshold = new AtomicReference<>(CosemData.longUnsigned(230));
    AtomicInteger invocations = new AtomicInteger();
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001"))
            .association(
                16,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(
                        Set.of(
                            Conformance.GET,
                            Conformance.SET,
                            Conformance.ACTION,
                            Conformance.ACCESS,
                            Conformance.MULTIPLE_REFERENCES))
                    .build(),
                AccessPolicy.full())
            .object(
                CosemObject.data(
                    ObisCode.of("0.0.42.0.0.255"), () -> CosemData.visibleString("DLM0000001")))
            .object(
                CosemObject.builder(3, 0, ObisCode.of("1.0.12.31.0.255"))
                    .attribute(2, threshold::get, threshold::set)
                    .build())
            .object(
                CosemObject.builder(70, 0, ObisCode.of("0.0.96.3.10.255"))
                    .method(
                        1,
                        request -> {
                          invocations.incrementAndGet();
                          return InvokeResult.success();
                        })
                    .build())
            .build();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (DlmsServer server =
        DlmsServer.builder()
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(PhysicalDevice.of(17, device))
            .start()) {
      UseMeter.use(
          "127.0.0.1",
          server.addresses().get(0).getPort(),
          new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("long-unsigned 207", lines.get(0));
    assertEquals("visible-string \"DLM0000001\"", lines.get(1));
    assertEquals(2, lines.size());
    assertEquals(1, invocations.get());
    assertEquals(CosemData.longUnsigned(253), threshold.get());
  }

  @Test
  void theSecuredClientOfTheReadmeUsesTheSecuredServerOfTheReadme() {
    SystemTitle title = SystemTitle.ofHex("4B414D0001112131");
    KeyRing keys =
        KeyRing.builder(SecuritySuite.SUITE_0)
            .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
            .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
            .masterKey(KeyMaterial.ofHex("00112233445566778899AABBCCDDEEFF"))
            .build();
    KeyMaterial newKey = KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDED0");
    InvocationCounterStore counters = new InMemoryInvocationCounterStore();
    LogicalDevice device =
        SecureMeter.device(
            title, keys, new InMemorySecuritySetupStore(), new InMemoryInvocationCounterStore());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try (DlmsServer server =
        DlmsServer.builder()
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(PhysicalDevice.of(17, device))
            .start()) {
      int port = server.addresses().get(0).getPort();
      SecureMeter.use("127.0.0.1", port, title, keys, counters, newKey, out);
      assertThrows(
          AssociationRefusedException.class,
          () -> SecureMeter.use("127.0.0.1", port, title, keys, counters, newKey, out));
      KeyRing changed = keys.toBuilder().authenticationKey(newKey).build();
      SecureMeter.use("127.0.0.1", port, title, changed, counters, newKey, out);
    }
    assertEquals(
        List.of("DLM1", "DLM1"), printed.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void theHeadEndOfTheReadmeReadsTheMeterOfTheReadme() {
    LocalDateTime time = LocalDateTime.of(2026, 11, 28, 10, 0);
    OwnMeter meter =
        new OwnMeter(
            () -> time,
            () -> 4711,
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(Set.of(Conformance.GET, Conformance.ACTION))
                .build());
    assertEquals(
        DataAccessResult.SUCCESS, meter.profile.capture(meter.device).toCompletableFuture().join());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (DlmsServer server =
        DlmsServer.builder()
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(PhysicalDevice.of(17, meter.device))
            .start()) {
      int port = server.addresses().get(0).getPort();
      HeadEnd.typed(
          DlmsClient.tcp("127.0.0.1", port).wrapper(1, 16),
          new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertEquals(
          List.of("4711 Wh", "4711 Wh"),
          HeadEnd.fleet(List.of("127.0.0.1", "localhost"), port).stream()
              .map(Quantity::toString)
              .toList());
    }
    assertEquals(
        List.of(
            "0.0.40.0.0.255 class 15",
            "0.0.1.0.0.255 class 8",
            "1.0.1.8.0.255 class 3",
            "1.0.99.1.0.255 class 7",
            "0.0.41.0.0.255 class 17",
            "2026-11-28 Sat 10:00:00+01:00 status 00"),
        printed
            .toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll(" dev.*(?= st)", ""))
            .toList());
  }

  @Test
  void theHeadEndOfTheReadmeHearsAMeterThatPushes() {
    OwnMeter meter =
        new OwnMeter(
            () -> LocalDateTime.of(2026, 11, 28, 10, 0),
            () -> 4711,
            ServerAssociationConfig.builder().lowestLevelSecurity().build());
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    List<CosemData> told = new CopyOnWriteArrayList<>();
    try (TransportLoop loop = TransportLoop.create(1);
        PushListener listener =
            HeadEnd.listen(
                0,
                notification -> notification.values().forEach(each -> told.add(each.value())),
                out)) {
      PushObject push =
          PushObject.builder(1, ObisCode.of("0.0.25.9.0.255"), 16)
              .settings(
                  PushSettings.NONE
                      .withObjects(
                          List.of(
                              new CaptureObjectDefinition(AttributeRef.of(3, "1.0.1.8.0.255", 2))))
                      .withDestination(
                          PushDestination.of(
                              TransportService.TCP,
                              "127.0.0.1",
                              listener.addresses().get(0).getPort())))
              .sending(PushSending.DEFAULT.withConfirmation(Duration.ofSeconds(10)))
              .build();
      push.start(meter.device, PushEnvironment.on(loop));
      PushOutcome outcome = push.push().toCompletableFuture().join();
      assertEquals(new PushOutcome(true, 1, null), outcome);
      push.stop();
    }
    assertEquals(List.of(CosemData.structure(CosemData.doubleLongUnsigned(4711))), told);
  }

  @Test
  void theReadmeShowsWhatAHeadEndBuildsOnAsItIsCompiled() throws IOException {
    assertShown("HeadEnd.java", "// README typed");
    assertShown("HeadEnd.java", "// README fleet");
    assertShown("HeadEnd.java", "// README push");
    assertShown("OwnMeter.java", "// README own meter");
  }

  @Test
  void theReadmeShowsSecurityAsItIsCompiled() throws IOException {
    assertShown("SecureMeter.java", "// README secured server");
    assertShown("SecureMeter.java", "// README secured client");
  }

  @Test
  void theReadmeShowsTheServicesAsTheyAreCompiled() throws IOException {
    assertShown("UseMeter.java", "// README services");
  }

  @Test
  void theReadmeShowsTheClientAsItIsCompiled() throws IOException {
    assertShown("ReadMeter.java", "// README client");
  }

  @Test
  void theReadmeShowsTheServerAsItIsCompiled() throws IOException {
    assertShown("BeMeter.java", "// README server");
  }

  private static void assertShown(String source, String mark) throws IOException {
    String code = Files.readString(SOURCES.resolve(source));
    int start = code.indexOf('\n', code.indexOf(mark)) + 1;
    String snippet = code.substring(start, code.indexOf("// README end", start)).stripTrailing();
    String shown = "```java\n" + snippet.stripIndent() + "\n```";
    assertTrue(Files.readString(README).contains(shown), "README.md does not show\n" + shown);
  }
}
