package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.security.InMemorySecuritySetupStore;
import io.dlms4j.server.security.SecuritySetupBuilder;
import io.dlms4j.server.security.SecuritySetupStore;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A meter whose keys, certificates and policy its clients change, and what a client knows of it.
 */
final class SetupMeter {
  static final int SAP = 1;

  /** HLS with GMAC, and ciphering as the policy says. */
  static final int GMAC = 1;

  /** HLS with ECDSA, and ciphering as the policy says. */
  static final int ECDSA = 2;

  /** Ciphering as the policy says, and no other authentication. */
  static final int CIPHERED = 3;

  static final String SETUP = "0.0.43.0.0.255";
  static final SystemTitle SERVER = SystemTitle.ofHex("4B414D0001112131");
  static final SystemTitle CLIENT = SystemTitle.ofHex("484E440000000001");
  static final AttributeRef NUMBER = AttributeRef.of(1, "0.0.96.1.0.255", 2);

  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final Set<Conformance> SERVICES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);
  private static final SecureRandom RANDOM = new SecureRandom();

  final SecuritySuite suite;
  final int version;
  final TestAuthority authority = new TestAuthority();
  final AtomicInteger number = new AtomicInteger(42);

  /** The keys that the client has at first. */
  final KeyRing keys;

  /** The server's invocation counters. */
  InvocationCounterStore counters = new InMemoryInvocationCounterStore();

  SecuritySetupStore store = new InMemorySecuritySetupStore();

  private final KeyRing symmetric;
  private final @Nullable KeyPair serverSigning;
  private final @Nullable KeyPair clientSigning;
  private io.dlms4j.server.security.@Nullable SecuritySetup setup;

  SetupMeter(SecuritySuite suite, int version) {
    this.suite = suite;
    this.version = version;
    symmetric =
        KeyRing.builder(suite)
            .unicastKey(newKey())
            .authenticationKey(newKey())
            .masterKey(newKey())
            .build();
    serverSigning = suite.hasPublicKeys() ? newPair() : null;
    clientSigning = suite.hasPublicKeys() ? newPair() : null;
    keys =
        serverSigning == null || clientSigning == null
            ? symmetric
            : symmetric.toBuilder()
                .signing(clientSigning.getPrivate(), serverSigning.getPublic())
                .build();
  }

  KeyMaterial newKey() {
    return KeyMaterial.generate(suite.keyLength(), RANDOM);
  }

  KeyPair newPair() {
    return KeyAgreementScheme.generateKeyPair(suite, RANDOM);
  }

  /** The device as it is after a restart: with what its stores have kept. */
  PhysicalDevice device() {
    SecuritySetupBuilder builder =
        io.dlms4j.server.security.SecuritySetup.builder(ObisCode.of(SETUP), SERVER, suite)
            .version(version)
            .clock(() -> NOW)
            .keys(symmetric)
            .store(store);
    if (serverSigning != null && clientSigning != null) {
      builder
          .signing(serverSigning)
          .trustedIssuer(authority.key())
          .certificate(authority.certify(CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic()));
    }
    io.dlms4j.server.security.SecuritySetup made = builder.build();
    setup = made;
    number.set(42);
    LogicalDevice.Builder device =
        LogicalDevice.builder(SAP, Octets.ofAscii("KAM17882969"))
            .association(GMAC, offer(made, security(made).authentication(HlsMechanism.GMAC)))
            .association(CIPHERED, offer(made, security(made)))
            .object(made.object())
            .object(
                CosemObject.builder(1, 0, NUMBER.logicalName())
                    .attribute(
                        2,
                        () -> CosemData.longUnsigned(number.get()),
                        value -> number.set((int) value.integralValue()))
                    .build());
    if (suite.hasPublicKeys()) {
      device.association(ECDSA, offer(made, security(made).authentication(HlsMechanism.ECDSA)));
    }
    return PhysicalDevice.of(17, device.build());
  }

  private ServerSecurity.Builder security(io.dlms4j.server.security.SecuritySetup made) {
    return ServerSecurity.builder(SERVER).counters(counters).ciphering(made::policy);
  }

  private static AssociationOffer offer(
      io.dlms4j.server.security.SecuritySetup made, ServerSecurity.Builder security) {
    return AssociationOffer.of(
            ServerAssociationConfig.builder()
                .conformance(SERVICES)
                .security(security.build())
                .build(),
            AccessPolicy.full())
        .withKeys(made)
        .withSecuritySetup(ObisCode.of(SETUP));
  }

  /** A key that the server has now. */
  KeyMaterial serverKey(KeyId id) {
    KeyRing now =
        Objects.requireNonNull(setup).keysFor(SERVER, CLIENT).toCompletableFuture().join();
    return Objects.requireNonNull(id.of(now), id.name());
  }

  /** Does not follow the server if it wants another counter. */
  static ClientSecurity.Builder client(KeyRing with, InvocationCounterStore counters) {
    return ClientSecurity.builder(CLIENT)
        .server(SERVER)
        .keys(with)
        .counters(counters)
        .longestCounterStep(0)
        .ciphering();
  }
}
