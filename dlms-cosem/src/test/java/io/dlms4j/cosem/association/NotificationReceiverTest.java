package io.dlms4j.cosem.association;

import static io.dlms4j.cosem.association.NotificationBench.KEYS;
import static io.dlms4j.cosem.association.NotificationBench.METER;
import static io.dlms4j.cosem.association.NotificationBench.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.NotificationReceiverEvent.KeysWanted;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Received;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Refused;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Unfinished;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Notifications from a meter to a head-end that no association was opened for. */
class NotificationReceiverTest {
  private static final NotificationReceiverConfig IN_CLEAR =
      NotificationReceiverConfig.builder().build();

  private static NotificationBench plain(int maxPduSize, long seed) {
    return new NotificationBench(
        NotificationSenderConfig.builder().maxPduSize(maxPduSize).build(), IN_CLEAR, seed);
  }

  private static Reason reason(Refused refused) {
    return assertInstanceOf(ProtectionException.class, refused.cause()).reason();
  }

  @Test
  void theBooksOctetsAreDelivered() {
    NotificationReceiver headEnd = new NotificationReceiver(IN_CLEAR);
    // data-notification, confirmed 7, 2022-01-02 03:04:05, structure of OBIS code and 189197
    headEnd.receive(
        Octets.ofHex("0F400000070C07E601020703040500000000020209060100010800FF060002E30D"), 1);
    Received told = assertInstanceOf(Received.class, headEnd.pollEvent());
    DataNotification data = assertInstanceOf(DataNotification.class, told.notification());
    assertEquals(
        CosemData.structure(
            CosemData.octetString(Octets.ofHex("0100010800FF")),
            CosemData.doubleLongUnsigned(189197)),
        data.body().value());
    assertNull(headEnd.pollTransmit(1));
    headEnd.confirm(told.number());
    // data-notification-confirm of 7, no date-time
    assertEquals(Octets.ofHex("104000000700"), headEnd.pollTransmit(1));
    headEnd.confirm(told.number());
    assertNull(headEnd.pollTransmit(1));
  }

  @Test
  void everyKindOfNotificationIsDelivered() {
    EncodedData value = EncodedData.of(CosemData.unsigned(42));
    NotificationBench bench = plain(0, 1);
    List<Apdu> all =
        List.of(
            notification(1, false, 10),
            new EventNotification(null, AttributeRef.of(1, "0.0.96.1.0.255", 2), value),
            new InformationReport(
                null, List.of(new VariableAccess.VariableName(0x1008)), List.of(value)));
    for (var each : all) {
      bench.meter.send(each, bench.now);
      bench.run();
    }
    assertEquals(all, bench.received.stream().map(Received::notification).toList());
    assertEquals(
        List.of(
            new NotificationSenderEvent.Sent(false),
            new NotificationSenderEvent.Sent(false),
            new NotificationSenderEvent.Sent(false)),
        bench.told);
  }

  @Test
  void aConfirmedNotificationIsSentWhenItIsConfirmed() {
    NotificationBench bench = plain(0, 1);
    bench.meter.send(notification(7, true, 10), bench.now);
    bench.run();
    assertEquals(List.of(new NotificationSenderEvent.Sent(true)), bench.told);
    bench.confirms = false;
    bench.meter.send(notification(8, true, 10), bench.now);
    bench.run();
    assertInstanceOf(NotificationSenderEvent.Failed.class, bench.told.get(1));
  }

  @Property(tries = 300)
  void blocksThatAreLostDoubledOrReorderedGiveTheWholeOrNothing(
      @ForAll long seed, @ForAll @IntRange(max = 25) int loss, @ForAll boolean confirmed) {
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_GLO_OR_DED).maxPduSize(64).build(),
            NotificationBench.secured().build(),
            seed);
    bench.loss = loss;
    bench.duplication = loss;
    bench.longestDelay = 50_000_000;
    DataNotification sent = notification(3, confirmed, 2000);
    bench.meter.send(sent, bench.now);
    bench.run();
    for (Received each : bench.received) {
      assertEquals(sent, each.notification());
      assertTrue(each.inBlocks());
    }
    assertTrue(bench.received.size() <= 1, bench.received::toString);
    assertEquals(1, bench.told.size());
    if (loss == 0 || bench.told.get(0) instanceof NotificationSenderEvent.Sent) {
      assertEquals(1, bench.received.size());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CipheringForm.class,
      names = {"GENERAL_GLO_OR_DED", "GENERAL_CIPHERING"})
  void aCipheredNotificationProvesWhoSentIt(CipheringForm form) {
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(form).build(), NotificationBench.secured().build(), 1);
    bench.meter.send(notification(7, true, 10), bench.now);
    bench.run();
    Received told = bench.received.get(0);
    assertEquals(METER, told.originator());
    assertEquals(NotificationBench.ALL, told.protection());
    assertEquals(List.of(new NotificationSenderEvent.Sent(true)), bench.told);
  }

  @Test
  void suiteOneSignsAndAgreesOnKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair[] meter = {generator.generateKeyPair(), generator.generateKeyPair()};
    KeyPair[] headEnd = {generator.generateKeyPair(), generator.generateKeyPair()};
    KeyRing.Builder common =
        KeyRing.builder(SecuritySuite.SUITE_1).unicastKey(KeyMaterial.ofHex("00".repeat(16)));
    KeyRing ofMeter =
        common
            .signing(meter[0].getPrivate(), headEnd[0].getPublic())
            .keyAgreement(meter[1].getPrivate(), headEnd[1].getPublic())
            .build();
    KeyRing ofHeadEnd =
        KeyRing.builder(SecuritySuite.SUITE_1)
            .unicastKey(KeyMaterial.ofHex("00".repeat(16)))
            .signing(headEnd[0].getPrivate(), meter[0].getPublic())
            .keyAgreement(headEnd[1].getPrivate(), meter[1].getPublic())
            .build();
    for (KeyKind kind : new KeyKind[] {KeyKind.GLOBAL_UNICAST, KeyKind.AGREED_ONE_PASS}) {
      NotificationSenderConfig sending =
          NotificationSenderConfig.builder()
              .protection(
                  NotificationBench.protection(ofMeter, new InMemoryInvocationCounterStore()),
                  CipheringForm.GENERAL_CIPHERING,
                  kind,
                  Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED, Protection.SIGNED))
              .build();
      NotificationBench bench =
          new NotificationBench(
              sending,
              NotificationBench.secured()
                  .least(Set.of(Protection.SIGNED, Protection.ENCRYPTED))
                  .passingKeys(new InMemoryInvocationCounterStore())
                  .build(),
              1);
      bench.keys = title -> ofHeadEnd;
      bench.meter.send(notification(7, true, 10), bench.now);
      bench.run();
      assertEquals(3, bench.received.get(0).protection().size());
      assertEquals(List.of(new NotificationSenderEvent.Sent(true)), bench.told);
      // The same octets once more are a replay under either kind of key.
      bench.headEnd.receive(bench.toHeadEnd.get(0), bench.now);
      bench.run();
      assertEquals(Reason.INVOCATION_COUNTER, reason(bench.refused.get(0)));
      assertEquals(1, bench.received.size());
    }
  }

  @Test
  void aKeyThatIsSentAlongIsRefusedWhereNothingWouldKnowItAgain() {
    NotificationBench bench =
        new NotificationBench(
            NotificationSenderConfig.builder()
                .protection(
                    NotificationBench.protection(KEYS, new InMemoryInvocationCounterStore()),
                    CipheringForm.GENERAL_CIPHERING,
                    KeyKind.WRAPPED,
                    NotificationBench.ALL)
                .build(),
            NotificationBench.secured().build(),
            1);
    bench.meter.send(notification(7, false, 10), bench.now);
    bench.run();
    assertEquals(Reason.NOT_SUPPORTED, reason(bench.refused.get(0)));
    assertEquals(List.of(), bench.received);
  }

  @Test
  void aReplayedNotificationIsRefusedAlsoOnAnotherConnection() {
    NotificationReceiverConfig config = NotificationBench.secured().build();
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_GLO_OR_DED).build(), config, 1);
    bench.meter.send(notification(7, false, 10), bench.now);
    bench.run();
    NotificationReceiver other = new NotificationReceiver(config);
    other.receive(bench.toHeadEnd.get(0), 1);
    assertInstanceOf(KeysWanted.class, other.pollEvent());
    other.useKeys(METER, KEYS, 1);
    assertEquals(
        Reason.INVOCATION_COUNTER, reason(assertInstanceOf(Refused.class, other.pollEvent())));
    assertNull(other.pollTransmit(1));
  }

  @Test
  void wrongKeysRefuseAndTheRightOnesAreAskedForAnew() {
    KeyRing wrong = KEYS.toBuilder().unicastKey(KeyMaterial.ofHex("FF".repeat(16))).build();
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_GLO_OR_DED).build(),
            NotificationBench.secured().build(),
            1);
    bench.keys = title -> wrong;
    bench.meter.send(notification(7, false, 10), bench.now);
    bench.run();
    assertEquals(Reason.NOT_AUTHENTIC, reason(bench.refused.get(0)));
    assertEquals(METER, bench.refused.get(0).claimed());
    bench.keys = title -> KEYS;
    bench.meter.send(notification(8, false, 10), bench.now);
    bench.run();
    assertEquals(1, bench.received.size());
  }

  @Test
  void whoNobodyHasKeysForIsRefusedAndSoIsWhoIsLate() {
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_GLO_OR_DED).build(),
            NotificationBench.secured().build(),
            1);
    bench.keys = title -> null;
    bench.meter.send(notification(7, false, 10), bench.now);
    bench.run();
    assertEquals(Reason.UNKNOWN_KEY, reason(bench.refused.get(0)));
    NotificationReceiver slow =
        new NotificationReceiver(
            NotificationBench.secured().keyTimeout(Duration.ofSeconds(5)).build());
    for (int i = 0; i < 3; i++) {
      slow.receive(bench.toHeadEnd.get(0), 1);
    }
    assertInstanceOf(KeysWanted.class, slow.pollEvent());
    assertNull(slow.pollEvent());
    slow.onDeadline(slow.nextDeadline());
    assertEquals(Reason.UNKNOWN_KEY, reason(assertInstanceOf(Refused.class, slow.pollEvent())));
    slow.useKeys(SystemTitle.ofHex("4B414D0001112132"), KEYS, 2);
    assertInstanceOf(KeysWanted.class, slow.pollEvent());
  }

  @Test
  void whatIsInClearIsRefusedWhereKeysAreConfiguredUnlessAllowed() {
    Octets clear = ApduCodec.STANDARD.encode(notification(1, true, 1));
    NotificationReceiver strict = new NotificationReceiver(NotificationBench.secured().build());
    strict.receive(clear, 1);
    assertEquals(Reason.TOO_WEAK, reason(assertInstanceOf(Refused.class, strict.pollEvent())));
    NotificationReceiver lax =
        new NotificationReceiver(NotificationBench.secured().acceptPlain().build());
    lax.receive(clear, 1);
    assertNull(assertInstanceOf(Received.class, lax.pollEvent()).originator());
  }

  @Test
  void whatIsOnlyAuthenticatedIsTooWeakWhereMoreIsAskedFor() {
    NotificationBench bench =
        new NotificationBench(
            NotificationSenderConfig.builder()
                .protection(
                    NotificationBench.protection(KEYS, new InMemoryInvocationCounterStore()),
                    CipheringForm.GENERAL_GLO_OR_DED,
                    KeyKind.GLOBAL_UNICAST,
                    Set.of(Protection.AUTHENTICATED))
                .build(),
            NotificationBench.secured().build(),
            1);
    bench.meter.send(notification(7, false, 10), bench.now);
    bench.run();
    assertEquals(Reason.TOO_WEAK, reason(bench.refused.get(0)));
  }

  @Test
  void aForgedConfirmationInClearConfirmsNothingOfACipheredNotification() {
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_GLO_OR_DED).build(),
            NotificationBench.secured().build(),
            1);
    bench.confirms = false;
    bench.meter.send(notification(7, true, 10), bench.now);
    bench.meter.receive(Octets.ofHex("104000000700"), bench.now);
    bench.run();
    assertInstanceOf(NotificationSenderEvent.Failed.class, bench.told.get(0));
  }

  @Test
  void anAnswerAndARequestAreNoNotifications() {
    NotificationReceiver headEnd = new NotificationReceiver(IN_CLEAR);
    headEnd.receive(Octets.ofHex("C401810000"), 1);
    assertInstanceOf(Refused.class, headEnd.pollEvent());
    headEnd.receive(Octets.ofHex("C001C100010000600100FF0200"), 1);
    assertInstanceOf(Refused.class, headEnd.pollEvent());
    headEnd.receive(Octets.EMPTY, 1);
    assertInstanceOf(Refused.class, headEnd.pollEvent());
  }

  @Test
  void halfANotificationIsGivenUpAndItsRoomGivenBack() {
    ReassemblyBudget budget = new ReassemblyBudget(100);
    NotificationReceiverConfig config =
        NotificationReceiverConfig.builder()
            .budget(budget)
            .blockTimeout(Duration.ofSeconds(1), 1)
            .build();
    NotificationReceiver one = new NotificationReceiver(config);
    NotificationReceiver other = new NotificationReceiver(config);
    Octets first =
        ApduCodec.STANDARD.encode(
            new GeneralBlockTransfer(false, true, 1, 1, 0, Octets.view(new byte[80])));
    one.receive(first, 1);
    assertEquals(80, budget.used());
    // There is no room for another one, whoever sends it.
    other.receive(first, 1);
    assertEquals(
        "there is no room for a further block: too much is unfinished",
        assertInstanceOf(Unfinished.class, other.pollEvent()).cause().getMessage());
    assertEquals(80, budget.used());
    long now = 1;
    while (one.nextDeadline() != NotificationReceiver.NEVER) {
      now = one.nextDeadline();
      one.onDeadline(now);
      while (one.pollTransmit(now) != null) {
        // Asks for the rest, in vain.
      }
    }
    assertInstanceOf(Unfinished.class, one.pollEvent());
    assertEquals(0, budget.used());
    other.receive(first, now + Duration.ofMinutes(1).toNanos());
    assertNotEquals(0, budget.used());
    other.linkDown(new RequestTimeoutException("gone"));
    assertEquals(0, budget.used());
    assertInstanceOf(Unfinished.class, other.pollEvent());
  }

  @Property(tries = 1000)
  void anyOctetsAreTakenWithoutHarm(
      @ForAll @Size(max = 20) List<@Size(max = 60) List<Byte>> messages,
      @ForAll @IntRange(max = 8) int kind) {
    ReassemblyBudget budget = new ReassemblyBudget(1000);
    NotificationReceiver headEnd =
        new NotificationReceiver(NotificationBench.secured().acceptPlain().budget(budget).build());
    int[] tags = {0x0F, 0xC2, 0x18, 0xE0, 0xDB, 0xDD, 0xDF, 0xC9, 0xDC};
    long now = 1;
    for (List<Byte> message : messages) {
      byte[] octets = new byte[message.size() + 1];
      octets[0] = (byte) tags[kind];
      for (int i = 0; i < message.size(); i++) {
        octets[i + 1] = message.get(i);
      }
      headEnd.receive(Octets.view(octets), now);
      while (headEnd.pollTransmit(now) != null) {
        now++;
      }
      for (var event = headEnd.pollEvent(); event != null; event = headEnd.pollEvent()) {
        if (event instanceof KeysWanted wanted) {
          headEnd.useKeys(wanted.originator(), KEYS, now);
        }
        assertTrue(!(event instanceof Received told) || told.originator() == null);
      }
      assertTrue(budget.used() <= 1000);
    }
    headEnd.linkDown(new RequestTimeoutException("gone"));
    assertEquals(0, budget.used());
  }

  @Property(tries = 500)
  void aBitChangedOrAnOctetCutIsNeverTaken(
      @ForAll @IntRange(max = 60) int position,
      @ForAll @IntRange(max = 7) int bit,
      @ForAll boolean cut) {
    NotificationBench bench =
        new NotificationBench(
            NotificationBench.ciphered(CipheringForm.GENERAL_CIPHERING).build(),
            NotificationBench.secured().build(),
            1);
    bench.loss = 100;
    bench.meter.send(notification(7, false, 4), bench.now);
    bench.run();
    byte[] octets = bench.toHeadEnd.get(0).toByteArray();
    int at = position % octets.length;
    octets[at] ^= (byte) (1 << bit);
    bench.headEnd.receive(cut ? Octets.copyOf(octets, 0, at) : Octets.view(octets), bench.now);
    bench.run();
    assertEquals(List.of(), bench.received);
  }

  @Test
  void anIdOfAnotherNotificationConfirmsNothing() {
    NotificationSender meter = new NotificationSender(NotificationSenderConfig.builder().build());
    meter.send(
        new DataNotification(
            LongInvokeIdAndPriority.of(7, true, false),
            Octets.EMPTY,
            EncodedData.of(CosemData.unsigned(1))),
        1);
    assertEquals(Octets.ofHex("0F40000007001101"), meter.pollTransmit(1));
    meter.receive(Octets.ofHex("104000000800"), 2);
    assertNull(meter.pollEvent());
    meter.receive(Octets.ofHex("104000000700"), 3);
    assertEquals(new NotificationSenderEvent.Sent(true), meter.pollEvent());
  }
}
