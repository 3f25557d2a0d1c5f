package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12FileTest {
  private static final char[] PASSWORD = "not a secret".toCharArray();

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("file.p12");
  }

  private static X509Certificate certificate() throws Exception {
    KeyPair pair = KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);
    return CosemCertificate.decode(
            Certificates.make(
                "CN=" + Parties.SERVER,
                KeyUsage.digitalSignature,
                pair.getPublic(),
                pair.getPrivate()))
        .x509();
  }

  private static Pkcs12File.Contents secret(String name, int... octets) {
    return new Pkcs12File.Contents(Map.of(name, KeyMaterial.of(Octets.of(octets))), List.of());
  }

  @Test
  void secretsOfAnyLengthAndCertificatesInTheirOrderAreReadAgain() throws Exception {
    Map<String, KeyMaterial> secrets = new LinkedHashMap<>();
    for (int length : new int[] {1, 16, 33, 5000}) {
      secrets.put("secret-" + length, KeyMaterial.generate(length, Parties.RANDOM));
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      certificates.add(certificate());
    }
    try (Pkcs12File file = Pkcs12File.create(file(), PASSWORD)) {
      file.save(secret("another", 1));
      file.save(new Pkcs12File.Contents(secrets, certificates));
    }
    try (Pkcs12File file = Pkcs12File.open(file(), PASSWORD)) {
      Pkcs12File.Contents contents = file.load();
      assertEquals(secrets.keySet(), contents.secrets().keySet());
      secrets.forEach(
          (name, value) ->
              assertEquals(value.export(), export(contents, name), "length of " + name));
      assertEquals(certificates, contents.certificates());
    }
  }

  private static Octets export(Pkcs12File.Contents contents, String name) {
    KeyMaterial secret = contents.secrets().get(name);
    return secret == null ? Octets.EMPTY : secret.export();
  }

  @Test
  void otherToolsReadIt() throws Exception {
    X509Certificate certificate = certificate();
    try (Pkcs12File file = Pkcs12File.create(file(), PASSWORD)) {
      file.save(
          new Pkcs12File.Contents(
              Map.of("one", KeyMaterial.of(Octets.of(7, 8))), List.of(certificate)));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file())) {
      store.load(in, PASSWORD);
    }
    assertEquals(Octets.of(7, 8), Octets.view(store.getKey("one", PASSWORD).getEncoded()));
    assertEquals(certificate, store.getCertificate("certificate.000"));
  }

  @Test
  void itIsItsOwnersAlone() throws Exception {
    try (Pkcs12File file = Pkcs12File.create(file(), PASSWORD)) {
      file.save(secret("one", 1));
    }
    if (file().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file()));
    }
  }

  @Test
  void aFileWithWhatIsNeitherSecretNorCertificateIsRefused() throws Exception {
    KeyPair pair = KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    // Under the password of somebody else.
    store.setKeyEntry(
        "key", pair.getPrivate(), "another".toCharArray(), new X509Certificate[] {certificate()});
    try (OutputStream out = Files.newOutputStream(file())) {
      store.store(out, PASSWORD);
    }
    try (Pkcs12File file = Pkcs12File.open(file(), PASSWORD)) {
      IOException refusal = assertThrows(IOException.class, file::load);
      assertTrue(refusal.toString().contains("Check the password"), refusal.toString());
    }
  }

  @Test
  void whatIsClosedIsNeitherReadNorWrittenAndCanBeOpenedByOthers() throws Exception {
    Pkcs12File file = Pkcs12File.create(file(), PASSWORD);
    file.save(secret("one", 1));
    assertThrows(IOException.class, () -> Pkcs12File.open(file(), PASSWORD));
    file.close();
    assertThrows(IllegalStateException.class, file::load);
    assertThrows(IllegalStateException.class, () -> file.save(secret("one", 2)));
    try (Pkcs12File again = Pkcs12File.open(file(), PASSWORD)) {
      assertEquals(Octets.of(1), export(again.load(), "one"));
    }
  }

  @Test
  void namesThatOtherToolsWouldChangeAreTheCallersError() {
    for (String name : Set.of("", "One", "one two", "certificate.000")) {
      assertThrows(IllegalArgumentException.class, () -> secret(name, 1));
    }
    assertFalse(secret("one", 0x4B, 0x4B).toString().contains("4B"));
  }
}
