package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client and a server do together under security, over whatever joins them. */
abstract class SecurityContract extends ServicesContract {
  final SecuredMeter meter = new SecuredMeter();
  final InvocationCounterStore counters = new InMemoryInvocationCounterStore();
  private @Nullable Site secured;

  private Site secured() {
    Site used = secured;
    if (used == null) {
      used = new Site(place(), meter.device());
      secured = used;
    }
    return used;
  }

  @AfterEach
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void stopSecured() {
    Site used = secured;
    if (used != null) {
      used.close();
    }
  }

  /** A client of the secured meter, without anything yet. */
  DlmsClientBuilder secured(int clientSap) {
    return secured().client(SecuredMeter.SAP, clientSap);
  }

  private DlmsClientBuilder management() {
    return secured(SecuredMeter.MANAGEMENT).security(meter.client(counters).build());
  }

  private static String answerTo(DlmsClientBuilder builder) {
    try (BlockingDlmsClient client = builder.connect().blocking()) {
      return "number " + client.get(SecuredMeter.NUMBER).integralValue();
    } catch (AssociationRefusedException e) {
      return e.result() + ", " + e.diagnostic();
    } catch (DlmsException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static ClientSecurity withSecret(String secret) {
    return ClientSecurity.withSecret(HlsMechanism.MD5, KeyMaterial.of(Octets.ofAscii(secret)));
  }

  private static final String REJECTED =
      AssociationResult.REJECTED_PERMANENT + ", " + ResultSourceDiagnostic.AUTHENTICATION_FAILURE;

  @Test
  void aSecuredClientDoesAllThatAnotherOneDoes() {
    try (BlockingDlmsClient client = management().connect().blocking()) {
      assertEquals(42, client.get(SecuredMeter.NUMBER).integralValue());
      client.set(SecuredMeter.NUMBER, CosemData.longUnsigned(43));
      assertEquals(43, meter.number.get());
      client.action(SecuredMeter.RESET, CosemData.integer(0));
      assertEquals(1, meter.resets.get());
      assertEquals(
          CosemData.octetString(SecuredMeter.big()), client.get(SecuredMeter.BIG)); // in blocks
      List<Outcome> list = client.getAll(List.of(SecuredMeter.NUMBER, SecuredMeter.SENSITIVE));
      assertTrue(list.stream().allMatch(Outcome::isSuccess));
      assertEquals(
          1,
          client
              .access(asked -> asked.get(SecuredMeter.NUMBER))
              .size()); // without a ciphered form of its own
      assertEquals(Octets.ofHex("4B414D0001112131"), client.context().server().apTitle());
    }
  }

  @Test
  void aDedicatedKeyServesForOneAssociation() {
    ClientSecurity security = meter.client(counters).key(KeyKind.DEDICATED).build();
    for (int i = 0; i < 2; i++) {
      assertEquals("number 42", answerTo(secured(SecuredMeter.MANAGEMENT).security(security)));
    }
  }

  @Test
  void withShortNamesTheSameHolds() {
    try (BlockingDlmsClient client =
        secured(SecuredMeter.SHORT_NAMES)
            .shortNames()
            .security(meter.client(counters).build())
            .connect()
            .blocking()) {
      assertTrue(client.read(List.of(new VariableAccess.VariableName(0xFA00))).get(0).isSuccess());
    }
  }

  @Test
  void whoHasOtherKeysIsRefusedWithoutBeingToldWhy() {
    KeyRing otherKey =
        meter.keys.toBuilder()
            .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E00"))
            .build();
    KeyRing otherAuthenticationKey =
        meter.keys.toBuilder()
            .authenticationKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E00"))
            .build();
    assertEquals(
        REJECTED,
        answerTo(
            secured(SecuredMeter.MANAGEMENT)
                .security(meter.client(counters).keys(otherKey).build())));
    assertEquals(
        REJECTED,
        answerTo(
            secured(SecuredMeter.MANAGEMENT)
                .security(meter.client(counters).keys(otherAuthenticationKey).build())));
    assertEquals(
        REJECTED,
        answerTo(
            secured(SecuredMeter.SLOW_KEYS)
                .security(unknown())
                .association(config -> refuseSlowKeys())));
  }

  private ClientSecurity unknown() {
    return ClientSecurity.builder(SystemTitle.ofHex("484E440000000002"))
        .keys(meter.keys)
        .counters(counters)
        .authentication(HlsMechanism.GMAC)
        .ciphering()
        .build();
  }

  private void refuseSlowKeys() {
    new Thread(
            () ->
                keysAsked()
                    .completeExceptionally(
                        ProtectionException.local(
                            ProtectionException.Reason.UNKNOWN_KEY, "there are none")))
        .start();
  }

  CompletableFuture<KeyRing> keysAsked() {
    try {
      CompletableFuture<KeyRing> asked = meter.keysAsked.poll(10, TimeUnit.SECONDS);
      if (asked == null) {
        throw new AssertionError("no keys were asked for");
      }
      return asked;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherServerThanTheExpectedOneIsNotTaken() {
    ProtectionException refusal =
        assertThrows(
            ProtectionException.class,
            () ->
                secured(SecuredMeter.MANAGEMENT)
                    .security(
                        meter
                            .client(counters)
                            .server(SystemTitle.ofHex("4B414D0001112132"))
                            .build())
                    .connect()
                    .blocking());
    assertEquals(ProtectionException.Reason.WRONG_SYSTEM_TITLE, refusal.reason());
  }

  @Test
  void keysMayComeLater() {
    DlmsClient client =
        secured(SecuredMeter.SLOW_KEYS).security(meter.client(counters).build()).connect();
    CompletableFuture<KeyRing> asked = keysAsked();
    assertFalse(client.opened().toCompletableFuture().isDone());
    asked.complete(meter.keys);
    try (BlockingDlmsClient blocking = client.blocking()) {
      assertEquals(42, blocking.get(SecuredMeter.NUMBER).integralValue());
    }
  }

  @Test
  void theClientsOwnKeysMayComeLater() {
    CompletableFuture<KeyRing> keys = new CompletableFuture<>();
    ClientSecurity security = meter.client(counters).keys((client, server) -> keys).build();
    DlmsClient client = secured(SecuredMeter.MANAGEMENT).security(security).connect();
    assertFalse(client.opened().toCompletableFuture().isDone());
    keys.complete(meter.keys);
    try (BlockingDlmsClient blocking = client.blocking()) {
      assertEquals(42, blocking.get(SecuredMeter.NUMBER).integralValue());
    }
  }

  @Test
  void withoutKeysThereIsNoLine() {
    ClientSecurity security =
        meter
            .client(counters)
            .keys(
                (client, server) ->
                    CompletableFuture.failedStage(
                        ProtectionException.local(
                            ProtectionException.Reason.UNKNOWN_KEY, "none for " + server)))
            .build();
    ProtectionException refusal =
        failure(
            ProtectionException.class,
            secured(SecuredMeter.MANAGEMENT).security(security).connect().opened());
    assertSays("none for 4B414D0001112131", refusal);
  }

  @Test
  void whatMustBeAuthenticatedIsDeniedInClear() {
    try (BlockingDlmsClient client =
        secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("12345678").connect().blocking()) {
      assertEquals(
          DataAccessResult.READ_WRITE_DENIED,
          assertThrows(DataAccessException.class, () -> client.get(SecuredMeter.SENSITIVE))
              .result());
      assertThrows(
          ActionException.class, () -> client.action(SecuredMeter.RESET, CosemData.integer(0)));
      assertEquals(0, meter.resets.get());
    }
  }

  @Test
  void aNewPolicyCountsAtOnce() {
    meter.policy = SecurityPolicy.NONE;
    ClientSecurity weak =
        meter.client(counters).ciphering(Set.of(Protection.AUTHENTICATED)).build();
    try (BlockingDlmsClient client =
        secured(SecuredMeter.MANAGEMENT).security(weak).connect().blocking()) {
      assertEquals(42, client.get(SecuredMeter.NUMBER).integralValue());
      meter.policy = SecurityPolicy.ofVersion0(3);
      assertThrows(ServiceException.class, () -> client.get(SecuredMeter.NUMBER));
    }
  }

  @Test
  void aPasswordIsChangedByWritingItAndNeverRead() {
    try (BlockingDlmsClient client =
        secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("12345678").connect().blocking()) {
      assertThrows(DataAccessException.class, () -> client.get(SecuredMeter.SECRET));
      assertThrows(
          DataAccessException.class, () -> client.set(SecuredMeter.SECRET, CosemData.unsigned(1)));
      client.set(SecuredMeter.SECRET, CosemData.octetString(Octets.ofAscii("87654321")));
    }
    assertEquals(
        REJECTED, answerTo(secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("12345678")));
    assertEquals(
        "number 42", answerTo(secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("87654321")));
  }

  @Test
  void anHlsSecretIsChangedByItsMethod() {
    try (BlockingDlmsClient client =
        secured(SecuredMeter.WITH_SECRET).security(withSecret("HLS secret")).connect().blocking()) {
      assertThrows(
          DataAccessException.class,
          () -> client.set(SecuredMeter.SECRET, CosemData.octetString(Octets.ofAscii("other"))));
      client.action(SecuredMeter.CHANGE_SECRET, CosemData.octetString(Octets.ofAscii("another")));
    }
    assertEquals(
        "ProtectionException",
        answerTo(secured(SecuredMeter.WITH_SECRET).security(withSecret("HLS secret"))));
    assertEquals(
        "number 42", answerTo(secured(SecuredMeter.WITH_SECRET).security(withSecret("another"))));
  }

  @Test
  void theAssociationTellsItsSecurity() {
    try (BlockingDlmsClient client = management().connect().blocking()) {
      assertEquals(
          CosemData.octetString(ObisCode.of("0.0.43.0.0.255").toOctets()),
          client.get(new AttributeRef(15, SecuredMeter.SECRET.logicalName(), 9)));
      assertEquals(
          CosemData.octetString(Octets.ofHex("60857405080205")),
          client.get(new AttributeRef(15, SecuredMeter.SECRET.logicalName(), 6)));
    }
  }

  @Test
  void whoGuessesIsHeldUpAndNobodyElse() {
    DlmsClientBuilder guess = secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("00000000");
    for (int i = 0; i < 3; i++) {
      assertEquals(REJECTED, answerTo(guess));
    }
    // Also the right password is not tried for a second.
    String transiently =
        AssociationResult.REJECTED_TRANSIENT + ", " + ResultSourceDiagnostic.NO_REASON_GIVEN;
    assertEquals(
        transiently, answerTo(secured(SecuredMeter.WITH_PASSWORD).lowLevelSecurity("12345678")));
    assertEquals("number 42", answerTo(management()));
  }

  @Test
  void aClientWhoseCountersAreLostIsToldWhereToGoOn() {
    for (int i = 0; i < 5; i++) {
      assertEquals("number 42", answerTo(management()));
    }
    InvocationCounterStore lost = new InMemoryInvocationCounterStore();
    assertEquals(
        "number 42",
        answerTo(secured(SecuredMeter.MANAGEMENT).security(meter.client(lost).build())));
  }

  @Test
  void theFrameCounterTellsTheSame() {
    for (int i = 0; i < 5; i++) {
      assertEquals("number 42", answerTo(management()));
    }
    // One that never follows an exception-response, which nobody has authenticated.
    InvocationCounterStore lost = new InMemoryInvocationCounterStore();
    ClientSecurity strict = meter.client(lost).longestCounterStep(0).build();
    assertEquals(
        "ProtectionException", answerTo(secured(SecuredMeter.MANAGEMENT).security(strict)));
    ClientSecurity security = meter.client(lost).longestCounterStep(1000).build();
    try (BlockingDlmsClient client = secured(SecuredMeter.PUBLIC).connect().blocking()) {
      security.resynchronise(client.get(SecuredMeter.FRAME_COUNTER).integralValue());
    }
    assertEquals("number 42", answerTo(secured(SecuredMeter.MANAGEMENT).security(strict)));
  }
}
