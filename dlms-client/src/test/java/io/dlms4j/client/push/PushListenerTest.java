package io.dlms4j.client.push;

import static io.dlms4j.client.push.PushBench.HEAD_END;
import static io.dlms4j.client.push.PushBench.KEYS;
import static io.dlms4j.client.push.PushBench.METER;
import static io.dlms4j.client.push.PushBench.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.server.push.PushObject;
import io.dlms4j.server.push.PushOutcome;
import io.dlms4j.server.push.PushSending;
import io.dlms4j.server.push.TransportService;
import io.dlms4j.transport.LineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener, and peers that are not always meters. */
class PushListenerTest {
  /** data-notification of the books: confirmed, 7, 2022-01-02 03:04:05, OBIS code and 189197. */
  private static final String NOTIFICATION =
      "0F" // data-notification
          + "40000007" // long-invoke-id 7, confirmed
          + "0C07E601020703040500000000" // date-time
          + "0202" // structure of 2
          + "09060100010800FF" // octet-string 1.0.1.8.0.255
          + "060002E30D"; // double-long-unsigned 189197

  /** data-notification-confirm of 7. */
  private static final String CONFIRM = "104000000700";

  private final PushBench bench = new PushBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Socket connected(PushListener listener) throws IOException {
    InetSocketAddress address = listener.addresses().get(0);
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void write(Socket socket, String apdu) throws IOException {
    // From logical device 1 to client 16.
    String unit = String.format("000100010010%04X%s", apdu.length() / 2, apdu);
    socket.getOutputStream().write(Octets.ofHex(unit).toByteArray());
  }

  private static String read(Socket socket) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(8);
    assertEquals("000100100001", Octets.copyOf(header).toHex().substring(0, 12));
    return Octets.copyOf(
            socket.getInputStream().readNBytes((header[6] & 0xFF) << 8 | (header[7] & 0xFF)))
        .toHex();
  }

  @Test
  void theBooksOctetsAreDeliveredAndConfirmed() throws Exception {
    try (PushListener listener = bench.listening(TransportService.TCP).start();
        Socket meter = connected(listener)) {
      write(meter, NOTIFICATION);
      ReceivedNotification told = bench.next();
      assertEquals(7, told.longInvokeId().orElseThrow());
      assertEquals(
          CosemData.structure(
              CosemData.octetString(Octets.ofHex("0100010800FF")),
              CosemData.doubleLongUnsigned(189197)),
          told.value().orElseThrow().value());
      assertEquals(
          "2022-01-02T03:04:05",
          told.dateTime().orElseThrow().toLocalDateTime().orElseThrow().toString());
      assertEquals(CONFIRM, read(meter));
      // event-notification-request, no time, attribute 2 of 0.0.96.1.0.255, unsigned 42
      write(meter, "C20000010000600100FF02112A");
      told = bench.next();
      assertEquals(AttributeRef.of(1, "0.0.96.1.0.255", 2), told.attribute().orElseThrow());
      assertEquals(List.of(CosemData.unsigned(42)), List.of(told.values().get(0).value()));
      // informationReportRequest, no time, one name, unsigned 42
      write(meter, "18000102100801112A");
      assertEquals(CosemData.unsigned(42), bench.next().value().orElseThrow().value());
    }
  }

  @Test
  void whatIsSentAgainIsConfirmedAgainAndDeliveredOnce() throws Exception {
    try (PushListener listener = bench.listening(TransportService.TCP).start()) {
      for (int line = 0; line < 2; line++) {
        try (Socket meter = connected(listener)) {
          write(meter, NOTIFICATION);
          write(meter, NOTIFICATION);
          assertEquals(CONFIRM, read(meter));
          assertEquals(CONFIRM, read(meter));
          // With the same id, and something else in it.
          if (line == 1) {
            write(meter, NOTIFICATION.replace("02E30D", "02E30E"));
            assertEquals(CONFIRM, read(meter));
          }
        }
      }
      assertEquals(2, bench.heard.size());
      assertEquals(new PushStatistics(2, 5, 3, Map.of()), listener.statistics());
    }
  }

  @Test
  void aReplayIsRefusedOnWhicheverLineItComes() throws Exception {
    Octets text = Octets.ofHex(NOTIFICATION);
    ApduProtection protection =
        ApduProtection.builder(KEYS, METER, HEAD_END, bench.meterCounters, new SecureRandom())
            .build();
    String ciphered =
        ApduCodec.STANDARD
            .encode(
                protection.protectGeneralGlo(
                    text,
                    KeyKind.GLOBAL_UNICAST,
                    Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED)))
            .toHex();
    try (PushListener listener =
        bench
            .listening(TransportService.TCP)
            .security(
                HEAD_END,
                (own, peer) -> CompletableFuture.completedStage(KEYS),
                bench.headEndCounters)
            .start()) {
      try (Socket meter = connected(listener)) {
        write(meter, ciphered);
        assertEquals(METER, bench.next().originator());
        // Protected as it was itself: general-glo-ciphering of the head-end's.
        assertEquals("DB08" + HEAD_END, read(meter).substring(0, 20));
      }
      try (Socket other = connected(listener)) {
        write(other, ciphered);
        PushRefusal refusal = bench.nextRefusal();
        assertEquals(METER, refusal.claimed());
        assertEquals(
            ProtectionException.Reason.INVOCATION_COUNTER,
            assertInstanceOf(ProtectionException.class, refusal.cause()).reason());
      }
      assertEquals(0, bench.heard.size());
    }
  }

  @Test
  void whatTheHandlerDoesNotTakeIsNotConfirmedAndTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    List<CompletableFuture<String>> inHand = new ArrayList<>();
    PushHandler handler =
        notification -> {
          switch (calls.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("the store is away");
            case 2 -> {
              return CompletableFuture.failedStage(new IOException("the store is full"));
            }
            default -> {
              CompletableFuture<String> later = new CompletableFuture<>();
              later.completeOnTimeout("safe", 50, TimeUnit.MILLISECONDS);
              inHand.add(later);
              return later;
            }
          }
        };
    try (PushListener listener =
        PushListener.builder()
            .loop(bench.loop)
            .tcp(PushBench.anyPort())
            .handler(handler)
            .onRefused(bench.refused::add)
            .start()) {
      PushObject meter =
          bench.meter(
              PushBench.to(TransportService.TCP, listener.addresses().get(0)),
              PushSending.DEFAULT.withConfirmation(Duration.ofMillis(500)),
              0);
      PushOutcome outcome = push(meter);
      assertTrue(outcome.delivered());
      assertEquals(3, outcome.attempts());
      assertTrue(outcome.failure().isPresent());
      assertEquals("the store is away", bench.nextRefusal().cause().getMessage());
      PushRefusal second = bench.nextRefusal();
      assertEquals(PushRefusal.Reason.HANDLER_FAILED, second.reason());
      assertEquals("the store is full", second.cause().getMessage());
      assertEquals(1, inHand.size());
    }
  }

  @Test
  void aHandlerThatFallsBehindIsGivenNoMore() throws Exception {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    AtomicInteger given = new AtomicInteger();
    PushHandler handler =
        notification -> {
          given.incrementAndGet();
          CompletionStage<Void> later = slow;
          return later;
        };
    try (PushListener listener =
            PushListener.builder()
                .loop(bench.loop)
                .tcp(PushBench.anyPort())
                .handler(handler)
                .maxInHand(1)
                .onRefused(bench.refused::add)
                .start();
        Socket meter = connected(listener)) {
      write(meter, NOTIFICATION);
      write(meter, NOTIFICATION.replace("40000007", "40000008"));
      assertEquals(PushRefusal.Reason.BUSY, bench.nextRefusal().reason());
      slow.complete(null);
      assertEquals(CONFIRM, read(meter));
      write(meter, NOTIFICATION.replace("40000007", "40000008"));
      assertEquals("104000000800", read(meter));
      assertEquals(2, given.get());
      assertEquals(Map.of(PushRefusal.Reason.BUSY, 1L), listener.statistics().refused());
    }
  }

  @Test
  void whoSendsHalfAnApduIsCutOffAndSoIsWhoSendsHalfTheBlocks() throws Exception {
    try (PushListener listener =
            bench.listening(TransportService.TCP).idleTimeout(Duration.ofSeconds(1)).start();
        Socket half = connected(listener);
        Socket blocks = connected(listener)) {
      half.getOutputStream().write(Octets.ofHex("00010001001000300F4000").toByteArray());
      // general-block-transfer, block 1 of more, window 1
      write(blocks, "E0010001000002" + "0F40");
      assertEquals(-1, half.getInputStream().read());
      while (blocks.getInputStream().read() >= 0) {
        // Asks for the rest, in vain.
      }
      assertEquals(PushRefusal.Reason.INCOMPLETE, bench.nextRefusal().reason());
      assertEquals(0, bench.heard.size());
    }
  }

  @Test
  void noiseCostsItsLineAndNoOther() throws Exception {
    try (PushListener listener = bench.listening(TransportService.TCP).start();
        Socket meter = connected(listener);
        Socket noise = connected(listener)) {
      noise.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(-1, noise.getInputStream().read());
      write(meter, "0F40");
      assertEquals(PushRefusal.Reason.MALFORMED, bench.nextRefusal().reason());
      write(meter, "C401810000");
      assertEquals(PushRefusal.Reason.MALFORMED, bench.nextRefusal().reason());
      write(meter, NOTIFICATION);
      assertEquals(CONFIRM, read(meter));
    }
  }

  @Test
  void linesBeyondTheirNumberAreClosedAtOnce() throws Exception {
    try (PushListener listener = bench.listening(TransportService.TCP).maxLines(1).start();
        Socket one = connected(listener)) {
      write(one, NOTIFICATION);
      assertEquals(CONFIRM, read(one));
      try (Socket other = connected(listener)) {
        assertEquals(-1, other.getInputStream().read());
      }
    }
  }

  @Test
  void aThousandMetersPushAtOnce() throws Exception {
    int meters = 1000;
    try (PushListener listener =
        bench
            .listening(TransportService.TCP)
            .maxInHand(meters)
            .security(
                HEAD_END,
                (own, peer) -> CompletableFuture.completedStage(KEYS),
                bench.headEndCounters)
            .acceptPlain()
            .start()) {
      List<CompletableFuture<PushOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < meters; i++) {
        PushObject meter =
            bench.meter(
                PushBench.to(TransportService.TCP, listener.addresses().get(0)),
                PushSending.DEFAULT.withConfirmation(Duration.ofMinutes(1)),
                0);
        outcomes.add(meter.push().toCompletableFuture());
      }
      for (CompletableFuture<PushOutcome> outcome : outcomes) {
        assertTrue(outcome.get(2, TimeUnit.MINUTES).delivered());
      }
      assertEquals(meters, bench.heard.size());
      assertEquals(meters, listener.statistics().confirmed());
      assertEquals(Map.of(), listener.statistics().refused());
    }
  }

  @Test
  void aListenerNeedsAPortAndAHandlerAndItsSettingsARange() {
    assertThrows(IllegalStateException.class, () -> PushListener.builder().start());
    assertThrows(
        IllegalStateException.class, () -> PushListener.builder().tcp(PushBench.anyPort()).start());
    assertThrows(IllegalArgumentException.class, () -> PushListener.builder().maxInHand(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> PushListener.builder().repetitionWindow(Duration.ofDays(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PushListener.builder().least(Set.of(Protection.ENCRYPTED)));
  }

  @Test
  void aPortThatIsTakenIsSaidAtOnceAndNothingIsLeftOpen() {
    try (PushListener listener = bench.listening(TransportService.TCP).start()) {
      InetSocketAddress taken = listener.addresses().get(0);
      PushListenerBuilder other = bench.listening(TransportService.UDP).tcp(taken);
      assertThrows(LineException.class, other::start);
    }
  }
}
