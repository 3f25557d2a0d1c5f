package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.security.CertificateRequest;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.FileInvocationCounterStore;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.security.FileSecuritySetupStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client changes of a server's Security setup, over whatever joins them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SecuritySetupContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = "not a secret".toCharArray();
  private static final Set<KeyId> ALL =
      EnumSet.of(KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY, KeyId.AUTHENTICATION_KEY, KeyId.MASTER_KEY);

  private InvocationCounterStore counters = new InMemoryInvocationCounterStore();
  private @Nullable DlmsServer server;

  abstract DlmsServer.Builder listening(DlmsServer.Builder builder);

  abstract DlmsClientBuilder speaking(InetSocketAddress address, int serverSap, int clientSap);

  @AfterEach
  void stop() {
    DlmsServer running = server;
    if (running != null) {
      running.close();
    }
  }

  private SetupMeter meter(SecuritySuite suite, int version) {
    SetupMeter meter = new SetupMeter(suite, version);
    start(meter);
    return meter;
  }

  private void start(SetupMeter meter) {
    start(meter, new Tape());
  }

  private void start(SetupMeter meter, Tape tape) {
    stop();
    server =
        listening(DlmsServer.builder()).recording(tape.recording()).device(meter.device()).start();
  }

  private InetSocketAddress address() {
    return Objects.requireNonNull(server).addresses().get(0);
  }

  private BlockingDlmsClient connect(int clientSap, ClientSecurity.Builder security) {
    return speaking(address(), SetupMeter.SAP, clientSap)
        .security(security.build())
        .connect()
        .blocking();
  }

  private ClientSecurity.Builder gmac(KeyRing keys) {
    return SetupMeter.client(keys, counters).authentication(HlsMechanism.GMAC);
  }

  private BlockingDlmsClient open(KeyRing keys) {
    return connect(SetupMeter.GMAC, gmac(keys));
  }

  private BlockingDlmsClient openWithEcdsa(KeyRing keys) {
    return connect(
        SetupMeter.ECDSA, SetupMeter.client(keys, counters).authentication(HlsMechanism.ECDSA));
  }

  private static long number(BlockingDlmsClient client) {
    return client.get(SetupMeter.NUMBER).integralValue();
  }

  private void assertOpens(KeyRing keys) {
    try (BlockingDlmsClient client = open(keys)) {
      assertEquals(42, number(client));
    }
  }

  private void assertIsRefused(KeyRing keys) {
    AssociationRefusedException refusal =
        assertThrows(AssociationRefusedException.class, () -> open(keys).close());
    assertEquals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE, refusal.diagnostic());
  }

  private static <T extends @Nullable Object> T ask(
      BlockingDlmsClient client, int version, Function<SecuritySetup, CompletionStage<T>> asking) {
    return client.await(async -> asking.apply(async.securitySetup(SetupMeter.SETUP, version)));
  }

  private static void assertRefuses(
      BlockingDlmsClient client,
      int version,
      Function<SecuritySetup, CompletionStage<@Nullable Void>> asking) {
    ActionException refusal =
        assertThrows(ActionException.class, () -> ask(client, version, asking));
    assertEquals(ActionResult.OTHER_REASON, refusal.result());
  }

  private static KeyRing with(KeyRing keys, Map<KeyId, KeyMaterial> changed) {
    KeyRing.Builder builder = keys.toBuilder();
    changed.forEach((id, key) -> id.put(builder, key));
    return builder.build();
  }

  private static KeyMaterial of(KeyRing keys, KeyId id) {
    return Objects.requireNonNull(id.of(keys), id.name());
  }

  private static KeyMaterial kek(KeyRing keys) {
    return of(keys, KeyId.MASTER_KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aPolicyIsReadAndActivatedAndCountsAtOnce(int version) {
    SetupMeter meter = meter(SecuritySuite.SUITE_0, version);
    Set<Protection> authenticated = Set.of(Protection.AUTHENTICATED);
    SecurityPolicy both = SecurityPolicy.ofVersion0(3);
    try (BlockingDlmsClient client =
        connect(SetupMeter.GMAC, gmac(meter.keys).ciphering(authenticated))) {
      assertEquals(SecurityPolicy.NONE, ask(client, version, SecuritySetup::policy));
      assertEquals(SecuritySuite.SUITE_0, ask(client, version, SecuritySetup::suite));
      assertEquals(SetupMeter.SERVER, ask(client, version, SecuritySetup::serverSystemTitle));
      ask(client, version, setup -> setup.activate(SecurityPolicy.ofVersion0(1)));
      assertEquals(42, number(client));
      ask(client, version, setup -> setup.activate(both));
      assertThrows(ServiceException.class, () -> number(client));
    }
    assertThrows(
        AssociationRefusedException.class,
        () -> connect(SetupMeter.GMAC, gmac(meter.keys).ciphering(authenticated)).close());
    try (BlockingDlmsClient client = open(meter.keys)) {
      assertEquals(both, ask(client, version, SecuritySetup::policy));
      for (int weaker = 0; weaker < 3; weaker++) {
        SecurityPolicy policy = SecurityPolicy.ofVersion0(weaker);
        assertRefuses(client, version, setup -> setup.activate(policy));
      }
      assertEquals(both, ask(client, version, SecuritySetup::policy));
    }
  }

  @ParameterizedTest
  @EnumSource(SecuritySuite.class)
  void transferredKeysCountFromTheNextAssociationOn(SecuritySuite suite) {
    SetupMeter meter = meter(suite, suite == SecuritySuite.SUITE_0 ? 0 : 1);
    Map<KeyId, KeyMaterial> second = new EnumMap<>(KeyId.class);
    ALL.forEach(id -> second.put(id, meter.newKey()));
    KeyRing changed = with(meter.keys, second);
    try (BlockingDlmsClient client = open(meter.keys)) {
      ask(client, meter.version, setup -> setup.transferKeys(kek(meter.keys), second));
      assertEquals(42, number(client));
      // The master key is another one by now.
      assertRefuses(client, meter.version, setup -> setup.transferKeys(kek(meter.keys), second));
      second.forEach((id, key) -> assertTrue(key.matches(meter.serverKey(id)), id.name()));
    }
    assertIsRefused(meter.keys);
    assertOpens(changed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aNewKeyBeginsNewCountersAndAnOldOneGoesOnWithItsOwn(int version) {
    SetupMeter meter = meter(SecuritySuite.SUITE_0, version);
    KeyId id = KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY;
    KeyMaterial first = of(meter.keys, id);
    KeyMaterial second = meter.newKey();
    for (int i = 0; i < 5; i++) {
      assertOpens(meter.keys);
    }
    try (BlockingDlmsClient client = open(meter.keys)) {
      ask(client, version, setup -> setup.transferKeys(kek(meter.keys), Map.of(id, second)));
    }
    long counted = lowest(meter, first);
    assertEquals(0, lowest(meter, second));
    KeyRing changed = with(meter.keys, Map.of(id, second));
    try (BlockingDlmsClient client = open(changed)) {
      assertEquals(42, number(client));
      assertTrue(lowest(meter, second) < counted);
      ask(client, version, setup -> setup.transferKeys(kek(meter.keys), Map.of(id, first)));
    }
    assertEquals(counted, lowest(meter, first));
    // Who has forgotten what it has counted is old news to the server.
    InvocationCounterStore remembered = counters;
    counters = new InMemoryInvocationCounterStore();
    ProtectionException refusal =
        assertThrows(ProtectionException.class, () -> open(meter.keys).close());
    assertEquals(Reason.INVOCATION_COUNTER, refusal.reason());
    counters = remembered;
    assertOpens(meter.keys);
  }

  private static long lowest(SetupMeter meter, KeyMaterial key) {
    return meter.counters.lowestAcceptable(CounterId.of(SetupMeter.CLIENT, key));
  }

  @ParameterizedTest
  @EnumSource(value = SecuritySuite.class, names = "SUITE_0", mode = EnumSource.Mode.EXCLUDE)
  void bothSidesAgreeOnTheSameKeys(SecuritySuite suite) {
    SetupMeter meter = meter(suite, 1);
    Map<KeyId, KeyMaterial> agreed;
    try (BlockingDlmsClient client = open(meter.keys)) {
      agreed = agree(client, meter.keys);
      assertEquals(42, number(client));
    }
    assertEquals(ALL, agreed.keySet());
    agreed.forEach((id, key) -> assertTrue(key.matches(meter.serverKey(id)), id.name()));
    assertIsRefused(meter.keys);
    KeyRing changed = with(meter.keys, agreed);
    assertOpens(changed);
    try (BlockingDlmsClient client = open(changed)) {
      KeyMaterial again = meter.newKey();
      KeyId id = KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY;
      ask(client, 1, setup -> setup.transferKeys(kek(changed), Map.of(id, again)));
      assertTrue(again.matches(meter.serverKey(id)));
    }
  }

  private static Map<KeyId, KeyMaterial> agree(BlockingDlmsClient client, KeyRing keys) {
    return ask(
        client,
        1,
        setup -> setup.agreeKeys(keys, SetupMeter.CLIENT, SetupMeter.SERVER, ALL, RANDOM));
  }

  @ParameterizedTest
  @EnumSource(value = SecuritySuite.class, names = "SUITE_0", mode = EnumSource.Mode.EXCLUDE)
  void nobodyAgreesWithWhoSignsWithAnotherKey(SecuritySuite suite) {
    SetupMeter meter = meter(suite, 1);
    KeyPair other = meter.newPair();
    KeyRing notOurs =
        meter.keys.toBuilder().signing(other.getPrivate(), meter.keys.peerSigningKey()).build();
    KeyRing notTheServers =
        meter.keys.toBuilder().signing(meter.keys.signingKey(), other.getPublic()).build();
    try (BlockingDlmsClient client = open(meter.keys)) {
      ActionException refusal = assertThrows(ActionException.class, () -> agree(client, notOurs));
      assertEquals(ActionResult.OTHER_REASON, refusal.result());
      ALL.forEach(id -> assertTrue(of(meter.keys, id).matches(meter.serverKey(id))));
      ProtectionException unknown =
          assertThrows(ProtectionException.class, () -> agree(client, notTheServers));
      assertEquals(Reason.NOT_AUTHENTIC, unknown.reason());
      assertEquals(42, number(client));
    }
  }

  @ParameterizedTest
  @EnumSource(value = SecuritySuite.class, names = "SUITE_0", mode = EnumSource.Mode.EXCLUDE)
  void aNewKeyPairOfTheServerCountsWithItsCertificate(SecuritySuite suite) {
    SetupMeter meter = meter(suite, 1);
    Use use = Use.DIGITAL_SIGNATURE;
    CosemCertificate certificate;
    try (BlockingDlmsClient client = openWithEcdsa(meter.keys)) {
      ask(client, 1, setup -> setup.generateKeyPair(use));
      CertificateRequest request =
          CertificateRequest.decode(ask(client, 1, setup -> setup.certificateRequest(use)));
      assertEquals(SetupMeter.SERVER, request.systemTitle());
      assertEquals(use, request.use().orElseThrow());
      assertNotEquals(meter.keys.peerSigningKey(), request.publicKey());
      certificate = meter.authority.certify(request.systemTitle(), use, request.publicKey());
      Octets foreign =
          new TestAuthority().certify(SetupMeter.SERVER, use, request.publicKey()).encode();
      assertRefuses(client, 1, setup -> setup.importCertificate(foreign));
    }
    // Until then the old one counts.
    try (BlockingDlmsClient client = openWithEcdsa(meter.keys)) {
      ask(client, 1, setup -> setup.importCertificate(certificate.encode()));
      assertEquals(42, number(client));
    }
    assertThrows(ProtectionException.class, () -> openWithEcdsa(meter.keys).close());
    KeyRing changed =
        meter.keys.toBuilder().signing(meter.keys.signingKey(), certificate.publicKey()).build();
    try (BlockingDlmsClient client = openWithEcdsa(changed)) {
      assertEquals(certificate.encode(), export(client, SecuritySetup.Entity.SERVER).encode());
      ask(
          client,
          1,
          setup -> setup.removeCertificate(SecuritySetup.Entity.SERVER, use, SetupMeter.SERVER));
      assertThrows(ActionException.class, () -> export(client, SecuritySetup.Entity.SERVER));
    }
    // The key pair stays.
    try (BlockingDlmsClient client = openWithEcdsa(changed)) {
      assertEquals(42, number(client));
    }
  }

  private static CosemCertificate export(BlockingDlmsClient client, SecuritySetup.Entity entity) {
    return ask(
        client,
        1,
        setup ->
            setup.exportCertificate(
                entity,
                Use.DIGITAL_SIGNATURE,
                entity == SecuritySetup.Entity.SERVER ? SetupMeter.SERVER : SetupMeter.CLIENT));
  }

  @ParameterizedTest
  @EnumSource(value = SecuritySuite.class, names = "SUITE_0", mode = EnumSource.Mode.EXCLUDE)
  void aClientIsKnownByTheCertificateThatTheServerHasOfIt(SecuritySuite suite) {
    SetupMeter meter = meter(suite, 1);
    Use use = Use.DIGITAL_SIGNATURE;
    KeyPair pair = meter.newPair();
    CosemCertificate certificate =
        meter.authority.certify(SetupMeter.CLIENT, use, pair.getPublic());
    KeyRing changed =
        meter.keys.toBuilder().signing(pair.getPrivate(), meter.keys.peerSigningKey()).build();
    assertThrows(ProtectionException.class, () -> openWithEcdsa(changed).close());
    try (BlockingDlmsClient client = openWithEcdsa(meter.keys)) {
      ask(client, 1, setup -> setup.importCertificate(certificate.encode()));
    }
    assertThrows(ProtectionException.class, () -> openWithEcdsa(meter.keys).close());
    try (BlockingDlmsClient client = openWithEcdsa(changed)) {
      assertEquals(certificate.encode(), export(client, SecuritySetup.Entity.CLIENT).encode());
      ask(
          client,
          1,
          setup -> setup.removeCertificate(SecuritySetup.Entity.CLIENT, use, SetupMeter.CLIENT));
    }
    // The one before is the last one again.
    try (BlockingDlmsClient client = openWithEcdsa(meter.keys)) {
      assertEquals(42, number(client));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keysAndCountersSurviveARestartAndNoRequestFromBeforeIsTaken(
      boolean forgetful, @TempDir Path directory) throws IOException {
    SetupMeter meter = new SetupMeter(SecuritySuite.SUITE_0, 1);
    Path setupFile = directory.resolve("setup");
    Path counterFile = directory.resolve("counters");
    KeyId id = KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY;
    KeyMaterial second = meter.newKey();
    KeyRing changed = with(meter.keys, Map.of(id, second));
    Tape tape = new Tape();
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(setupFile, PASSWORD);
        FileInvocationCounterStore counts = FileInvocationCounterStore.create(counterFile)) {
      meter.store = store;
      meter.counters = counts;
      start(meter);
      try (BlockingDlmsClient client = open(meter.keys)) {
        ask(client, 1, setup -> setup.transferKeys(kek(meter.keys), Map.of(id, second)));
        ask(client, 1, setup -> setup.activate(SecurityPolicy.ofVersion0(3)));
      }
      start(meter, tape);
      try (BlockingDlmsClient client =
          connect(SetupMeter.CIPHERED, SetupMeter.client(changed, counters))) {
        client.set(SetupMeter.NUMBER, CosemData.longUnsigned(43));
      }
      assertEquals(43, meter.number.get());
      stop();
    }
    try (FileSecuritySetupStore store = FileSecuritySetupStore.open(setupFile, PASSWORD);
        FileInvocationCounterStore counts = FileInvocationCounterStore.open(counterFile)) {
      meter.store = store;
      meter.counters = forgetful ? new InMemoryInvocationCounterStore() : counts;
      start(meter);
      // Only a server that has forgotten its counters does it once more.
      tape.replay(address());
      assertEquals(forgetful ? 43 : 42, meter.number.getAndSet(42));
      assertIsRefused(meter.keys);
      assertOpens(changed);
      try (BlockingDlmsClient client = open(changed)) {
        assertEquals(SecurityPolicy.ofVersion0(3), ask(client, 1, SecuritySetup::policy));
        assertRefuses(client, 1, setup -> setup.activate(SecurityPolicy.NONE));
      }
      stop();
    }
  }
}
