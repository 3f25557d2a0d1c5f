package io.dlms4j.client.push;

import static io.dlms4j.client.push.PushBench.HEAD_END;
import static io.dlms4j.client.push.PushBench.KEYS;
import static io.dlms4j.client.push.PushBench.METER;
import static io.dlms4j.client.push.PushBench.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.association.CipheringForm;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.server.push.PushObject;
import io.dlms4j.server.push.PushOutcome;
import io.dlms4j.server.push.PushSecurity;
import io.dlms4j.server.push.PushSending;
import io.dlms4j.server.push.PushSettings;
import io.dlms4j.server.push.TransportService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a meter pushes and a listener takes, over every kind of line that both have. */
class PushContractTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
  private static final PushSending CONFIRMED = PushSending.DEFAULT.withConfirmation(LONG_ENOUGH);

  private final PushBench bench = new PushBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static PushSettings withLong(PushSettings settings) {
    return settings.withObjects(
        List.of(
            new CaptureObjectDefinition(new AttributeRef(1, PushBench.NUMBER, 2)),
            new CaptureObjectDefinition(new AttributeRef(1, PushBench.LONG, 2))));
  }

  private static CosemData values(int octets) {
    return CosemData.structure(
        CosemData.longUnsigned(4711), CosemData.octetString(Octets.view(new byte[octets])));
  }

  private PushSecurity security(KeyRing keys, CipheringForm form) {
    return new PushSecurity(
        METER,
        HEAD_END,
        (own, peer) -> CompletableFuture.completedStage(keys),
        bench.meterCounters,
        form,
        KeyKind.GLOBAL_UNICAST,
        Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED));
  }

  private PushListenerBuilder secured(TransportService service, KeyRing keys) {
    return bench
        .listening(service)
        .security(
            HEAD_END,
            (own, peer) -> CompletableFuture.supplyAsync(() -> keys),
            bench.headEndCounters);
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportService.class,
      names = {"TCP", "UDP", "HDLC"})
  void whatIsPushedInClearIsDeliveredAndConfirmed(TransportService service) throws Exception {
    try (PushListener listener = bench.listening(service).start()) {
      InetSocketAddress address = listener.addresses().get(0);
      PushObject meter = bench.meter(PushBench.to(service, address), CONFIRMED, 0);
      PushOutcome outcome = push(meter);
      assertEquals(new PushOutcome(true, 1, null), outcome);
      ReceivedNotification told = bench.next();
      assertEquals(
          CosemData.structure(CosemData.longUnsigned(4711)), told.value().orElseThrow().value());
      assertEquals(PushBench.SAP, told.source().serverSap());
      assertEquals(PushBench.CLIENT, told.source().clientSap());
      assertTrue(told.isConfirmed());
      assertTrue(told.dateTime().isPresent());
      assertNull(told.originator());
      assertFalse(told.inBlocks());
      assertEquals(new PushStatistics(1, 1, 0, Map.of()), listener.statistics());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportService.class,
      names = {"TCP", "UDP", "HDLC"})
  void whatIsTooLongGoesInBlocksOrSegmentsAndArrivesWhole(TransportService service)
      throws Exception {
    try (PushListener listener = secured(service, KEYS).start()) {
      InetSocketAddress address = listener.addresses().get(0);
      for (int maxPduSize : new int[] {0, 200}) {
        PushObject meter =
            bench.meter(
                withLong(PushBench.to(service, address)),
                CONFIRMED
                    .withBlocks(maxPduSize, Duration.ofSeconds(5))
                    .withSecurity(security(KEYS, CipheringForm.GENERAL_GLO_OR_DED)),
                5000);
        assertTrue(push(meter).delivered());
        ReceivedNotification told = bench.next();
        assertEquals(values(5000), told.value().orElseThrow().value());
        assertEquals(maxPduSize > 0, told.inBlocks());
        assertEquals(METER, told.originator());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportService.class,
      names = {"TCP", "UDP", "HDLC"})
  void bothSuitesAndBothFormsProveTheMeter(TransportService service) throws Exception {
    for (SecuritySuite suite : new SecuritySuite[] {SecuritySuite.SUITE_0, SecuritySuite.SUITE_1}) {
      KeyRing keys = PushBench.keys(suite);
      try (PushListener listener = secured(service, keys).start()) {
        for (CipheringForm form :
            new CipheringForm[] {
              CipheringForm.GENERAL_GLO_OR_DED, CipheringForm.GENERAL_CIPHERING
            }) {
          PushObject meter =
              bench.meter(
                  PushBench.to(service, listener.addresses().get(0)),
                  CONFIRMED.withSecurity(security(keys, form)),
                  0);
          assertTrue(push(meter).delivered());
          ReceivedNotification told = bench.next();
          assertEquals(METER, told.originator());
          assertEquals(Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED), told.protection());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportService.class,
      names = {"TCP", "UDP", "HDLC"})
  void aWrongKeyAndAPushInClearAreRefusedAndNotConfirmed(TransportService service)
      throws Exception {
    KeyRing wrong = KEYS.toBuilder().unicastKey(KeyMaterial.ofHex("FF".repeat(16))).build();
    PushSending impatient = PushSending.DEFAULT.withConfirmation(Duration.ofMillis(300));
    try (PushListener listener = secured(service, wrong).start()) {
      PushSettings to = PushBench.to(service, listener.addresses().get(0));
      PushObject meter =
          bench.meter(
              to, impatient.withSecurity(security(KEYS, CipheringForm.GENERAL_GLO_OR_DED)), 0);
      PushOutcome outcome = push(meter);
      assertFalse(outcome.delivered());
      assertEquals(3, outcome.attempts());
      PushRefusal refusal = bench.nextRefusal();
      assertEquals(PushRefusal.Reason.PROTECTION, refusal.reason());
      assertEquals(
          ProtectionException.Reason.NOT_AUTHENTIC,
          assertInstanceOf(ProtectionException.class, refusal.cause()).reason());
      assertFalse(push(bench.meter(to, impatient, 0)).delivered());
      bench.refused.removeIf(
          each ->
              ((ProtectionException) each.cause()).reason()
                  == ProtectionException.Reason.NOT_AUTHENTIC);
      assertEquals(
          ProtectionException.Reason.TOO_WEAK,
          assertInstanceOf(ProtectionException.class, bench.nextRefusal().cause()).reason());
      assertEquals(0, bench.heard.size());
    }
  }
}
