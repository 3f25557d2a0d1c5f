package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.KeyPair;
import java.security.SecureRandom;

/** A client and a server that have keys of every kind with each other, in one suite. */
final class Parties {
  static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000000001");
  static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000BC614E");
  static final SecureRandom RANDOM = new SecureRandom();

  final KeyRing clientKeys;
  final KeyRing serverKeys;
  final InMemoryInvocationCounterStore clientCounters = new InMemoryInvocationCounterStore();
  final InMemoryInvocationCounterStore serverCounters = new InMemoryInvocationCounterStore();
  final ApduProtection client;
  final ApduProtection server;

  Parties(SecuritySuite suite) {
    this(suite, CipherEngine.JDK, CipherEngine.JDK, false);
  }

  Parties(
      SecuritySuite suite, CipherEngine ofClient, CipherEngine ofServer, boolean encryptionOnly) {
    KeyRing.Builder ofBoth =
        KeyRing.builder(suite)
            .unicastKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .broadcastKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .authenticationKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .masterKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .hlsSecret(KeyMaterial.generate(20, RANDOM));
    KeyRing.Builder ofServerOnly = ofBoth.build().toBuilder();
    if (suite.hasPublicKeys()) {
      KeyPair clientSigning = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair serverSigning = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair clientAgreement = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair serverAgreement = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      ofBoth
          .signing(clientSigning.getPrivate(), serverSigning.getPublic())
          .keyAgreement(clientAgreement.getPrivate(), serverAgreement.getPublic());
      ofServerOnly
          .signing(serverSigning.getPrivate(), clientSigning.getPublic())
          .keyAgreement(serverAgreement.getPrivate(), clientAgreement.getPublic());
    }
    clientKeys = ofBoth.build();
    serverKeys = ofServerOnly.build();
    ApduProtection.Builder clientSide =
        ApduProtection.builder(clientKeys, CLIENT, SERVER, clientCounters, RANDOM).engine(ofClient);
    ApduProtection.Builder serverSide =
        ApduProtection.builder(serverKeys, SERVER, CLIENT, serverCounters, RANDOM).engine(ofServer);
    if (encryptionOnly) {
      clientSide.acceptEncryptionOnly();
      serverSide.acceptEncryptionOnly();
    }
    client = clientSide.build();
    server = serverSide.build();
    Octets dedicated = KeyMaterial.generate(suite.keyLength(), RANDOM).export();
    client.useDedicatedKey(KeyMaterial.of(dedicated));
    server.useDedicatedKey(KeyMaterial.of(dedicated));
  }
}
