package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Pkcs12KeyProvider;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A client and a server that have keys with each other, and their key files. */
final class Sides {
  static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000000001");
  static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000BC614E");
  static final String PASSWORD = "not a secret";
  static final String GUEK = "000102030405060708090A0B0C0D0E0F";
  static final String GAK = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";

  /** The Get-Request and the Get-Response of the tests. */
  static final Octets REQUEST = Octets.ofHex("C001C1000301010108 00FF0200");

  static final Octets RESPONSE = Octets.ofHex("C401C1000600BC614F");

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Map<Pkcs12KeyProvider.Name, String> KEYS =
      Map.of(
          Pkcs12KeyProvider.Name.GUEK,
          GUEK,
          Pkcs12KeyProvider.Name.GBEK,
          "0F0E0D0C0B0A09080706050403020100",
          Pkcs12KeyProvider.Name.GAK,
          GAK,
          Pkcs12KeyProvider.Name.KEK,
          "00112233445566778899AABBCCDDEEFF");

  final ApduProtection client;
  final ApduProtection server;

  private final SecuritySuite suite;
  private final Party clientPairs;
  private final Party serverPairs;

  /** The key pairs of a party. */
  private record Party(SystemTitle title, KeyPair signing, KeyPair agreement) {
    private Party(SystemTitle title, SecuritySuite suite) {
      this(
          title,
          KeyAgreementScheme.generateKeyPair(suite, RANDOM),
          KeyAgreementScheme.generateKeyPair(suite, RANDOM));
    }
  }

  Sides(SecuritySuite suite) {
    this.suite = suite;
    // Those of suite 0, which has none, lie idle.
    SecuritySuite pairs = suite.hasPublicKeys() ? suite : SecuritySuite.SUITE_1;
    clientPairs = new Party(CLIENT, pairs);
    serverPairs = new Party(SERVER, pairs);
    client = protection(clientPairs, serverPairs);
    server = protection(serverPairs, clientPairs);
  }

  private ApduProtection protection(Party own, Party peer) {
    KeyRing.Builder keys =
        KeyRing.builder(suite)
            .unicastKey(key(Pkcs12KeyProvider.Name.GUEK))
            .broadcastKey(key(Pkcs12KeyProvider.Name.GBEK))
            .authenticationKey(key(Pkcs12KeyProvider.Name.GAK))
            .masterKey(key(Pkcs12KeyProvider.Name.KEK));
    if (suite.hasPublicKeys()) {
      keys.signing(own.signing.getPrivate(), peer.signing.getPublic())
          .keyAgreement(own.agreement.getPrivate(), peer.agreement.getPublic());
    }
    return ApduProtection.builder(
            keys.build(), own.title, peer.title, new InMemoryInvocationCounterStore(), RANDOM)
        .build();
  }

  private String hex(Pkcs12KeyProvider.Name name) {
    return String.valueOf(KEYS.get(name)).repeat(suite.keyLength() / 16);
  }

  private KeyMaterial key(Pkcs12KeyProvider.Name name) {
    return KeyMaterial.ofHex(hex(name));
  }

  /** A key file of text with all symmetric keys, and further lines. */
  Path text(Path directory, String... lines) throws IOException {
    String keys =
        KEYS.keySet().stream()
            .map(name -> name.name().toLowerCase(Locale.ROOT) + "=" + hex(name) + "\n")
            .collect(Collectors.joining());
    return file(
        directory.resolve("keys.properties"),
        "suite=" + suite.id() + "\n" + keys + String.join("\n", lines) + "\n");
  }

  /** A file that nobody else may read. */
  static Path file(Path file, String contents) throws IOException {
    Files.writeString(file, contents);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** The client's file of PKCS#12. */
  Path pkcs12OfClient(Path directory) throws IOException, GeneralSecurityException {
    return pkcs12(directory.resolve("client.p12"), clientPairs, serverPairs);
  }

  /** The server's file of PKCS#12. */
  Path pkcs12OfServer(Path directory) throws IOException, GeneralSecurityException {
    return pkcs12(directory.resolve("server.P12"), serverPairs, clientPairs);
  }

  private Path pkcs12(Path file, Party own, Party peer)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = PASSWORD.toCharArray();
    for (Pkcs12KeyProvider.Name name : KEYS.keySet()) {
      Pkcs12KeyProvider.put(store, password, peer.title, name, key(name));
    }
    KeyPair issuer = KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, RANDOM);
    Certificate[] signing = {
      certificate(own.title, KeyUsage.digitalSignature, own.signing, issuer)
    };
    Certificate[] agreement = {
      certificate(own.title, KeyUsage.keyAgreement, own.agreement, issuer)
    };
    store.setKeyEntry("signing", own.signing.getPrivate(), password, signing);
    store.setKeyEntry("agreement", own.agreement.getPrivate(), password, agreement);
    store.setCertificateEntry(
        "peer signing", certificate(peer.title, KeyUsage.digitalSignature, peer.signing, issuer));
    store.setCertificateEntry(
        "peer agreement", certificate(peer.title, KeyUsage.keyAgreement, peer.agreement, issuer));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static X509Certificate certificate(
      SystemTitle title, int usage, KeyPair pair, KeyPair issuer)
      throws IOException, GeneralSecurityException {
    Octets der = Certificates.make("CN=" + title, usage, pair.getPublic(), issuer.getPrivate());
    return CosemCertificate.decode(der).x509();
  }

  static String hex(Apdu apdu) {
    return ApduCodec.STANDARD.encode(apdu).toHex();
  }

  /** A WPDU of some APDU. */
  static String wpdu(Octets apdu) {
    return "000100100001%04X%s".formatted(apdu.length(), apdu.toHex());
  }

  /** Lines of a tree without offsets and octets. */
  static List<String> meanings(Run run) {
    return run.out().stream().map(line -> line.substring(32)).toList();
  }
}
