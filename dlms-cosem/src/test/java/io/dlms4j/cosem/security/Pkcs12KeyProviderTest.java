package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.Pkcs12KeyProvider.Name;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeyProviderTest {
  private static final char[] PASSWORD = "not a secret".toCharArray();
  private static final KeyPair ISSUER =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);

  @TempDir Path directory;

  private final KeyPair clientSigning = pair();
  private final KeyPair serverSigning = pair();
  private final KeyPair clientAgreement = pair();
  private final KeyPair serverAgreement = pair();
  private final KeyStore store;

  Pkcs12KeyProviderTest() throws Exception {
    store = KeyStore.getInstance("PKCS12");
  }

  private static KeyPair pair() {
    return KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);
  }

  @BeforeEach
  void empty() throws Exception {
    store.load(null, null);
  }

  private static X509Certificate certificate(SystemTitle title, int usage, KeyPair pair)
      throws Exception {
    Octets der = Certificates.make("CN=" + title, usage, pair.getPublic(), ISSUER.getPrivate());
    return CosemCertificate.decode(der).x509();
  }

  private Path save() throws Exception {
    Path file = directory.resolve("keys.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  private static KeyRing keys(KeyProvider provider, SystemTitle peer) throws Exception {
    return provider.keysFor(Parties.CLIENT, peer).toCompletableFuture().get();
  }

  @Test
  void whatWasPutIntoAFileIsFoundForItsPeer() throws Exception {
    for (Name name : Name.values()) {
      Pkcs12KeyProvider.put(store, PASSWORD, Parties.SERVER, name, material(name));
    }
    Pkcs12KeyProvider provider = Pkcs12KeyProvider.load(save(), PASSWORD, SecuritySuite.SUITE_0);
    KeyRing keys = keys(provider, Parties.SERVER);
    assertEquals(material(Name.GUEK).export(), export(keys.unicastKey()));
    assertEquals(material(Name.GBEK).export(), export(keys.broadcastKey()));
    assertEquals(material(Name.GAK).export(), export(keys.authenticationKey()));
    assertEquals(material(Name.KEK).export(), export(keys.masterKey()));
    assertEquals(material(Name.HLS).export(), export(keys.hlsSecret()));
    // What one user wipes stays there for the next.
    Objects.requireNonNull(keys.unicastKey()).wipe();
    assertEquals(material(Name.GUEK).export(), export(keys(provider, Parties.SERVER).unicastKey()));
  }

  private static KeyMaterial material(Name name) {
    byte[] octets = new byte[16];
    octets[15] = (byte) name.name().length();
    octets[14] = (byte) name.name().charAt(1);
    return KeyMaterial.of(Octets.view(octets));
  }

  private static Octets export(@Nullable KeyMaterial key) {
    return key == null ? Octets.EMPTY : key.export();
  }

  @Test
  void keyPairsAndCertificatesAreFoundByWhatTheCertificatesSay() throws Exception {
    store.setKeyEntry(
        "a",
        clientSigning.getPrivate(),
        PASSWORD,
        new X509Certificate[] {
          certificate(Parties.CLIENT, KeyUsage.digitalSignature, clientSigning)
        });
    store.setKeyEntry(
        "b",
        clientAgreement.getPrivate(),
        PASSWORD,
        new X509Certificate[] {
          certificate(Parties.CLIENT, KeyUsage.keyAgreement, clientAgreement)
        });
    store.setCertificateEntry(
        "c", certificate(Parties.SERVER, KeyUsage.digitalSignature, serverSigning));
    store.setCertificateEntry(
        "d", certificate(Parties.SERVER, KeyUsage.keyAgreement, serverAgreement));
    Path file = save();
    KeyRing keys =
        keys(Pkcs12KeyProvider.load(file, PASSWORD, SecuritySuite.SUITE_1), Parties.SERVER);
    assertEquals(clientSigning.getPrivate(), keys.signingKey());
    assertEquals(clientAgreement.getPrivate(), keys.agreementKey());
    assertEquals(serverSigning.getPublic(), keys.peerSigningKey());
    assertEquals(serverAgreement.getPublic(), keys.peerAgreementKey());
    assertNull(keys.unicastKey());
    // With another suite they are not there at all.
    assertUnknown(Pkcs12KeyProvider.load(file, PASSWORD, SecuritySuite.SUITE_2));
  }

  private static void assertUnknown(KeyProvider provider) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> keys(provider, Parties.SERVER));
    assertEquals(
        ProtectionException.Reason.UNKNOWN_KEY,
        assertInstanceOf(ProtectionException.class, failure.getCause()).reason());
  }

  @Test
  void aPeerWithoutKeysOrWithKeysOfAnotherSuiteIsUnknown() throws Exception {
    assertUnknown(Pkcs12KeyProvider.of(store, PASSWORD, SecuritySuite.SUITE_0));
    Pkcs12KeyProvider.put(store, PASSWORD, Parties.SERVER, Name.GUEK, material(Name.GUEK));
    assertUnknown(Pkcs12KeyProvider.of(store, PASSWORD, SecuritySuite.SUITE_2));
    assertEquals(
        SecuritySuite.SUITE_0,
        keys(Pkcs12KeyProvider.of(store, PASSWORD, SecuritySuite.SUITE_0), Parties.SERVER).suite());
  }

  @Test
  void aWrongPasswordAndAFileThatIsNoneAreSaid() throws Exception {
    Path file = save();
    assertThrows(
        IOException.class,
        () -> Pkcs12KeyProvider.load(file, "other".toCharArray(), SecuritySuite.SUITE_0));
    Path text = Files.writeString(directory.resolve("text"), "no keys");
    assertThrows(
        IOException.class, () -> Pkcs12KeyProvider.load(text, PASSWORD, SecuritySuite.SUITE_0));
  }
}
