package io.dlms4j.server.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerWriter;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A certification authority for tests: X.509 by hand, signed with ECDSA and SHA-256. */
final class Authority {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2046-01-01T00:00:00Z");

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  // ecdsa-with-SHA256, 1.2.840.10045.4.3.2, in a SEQUENCE
  private static final Octets ECDSA_WITH_SHA256 = Octets.ofHex("300A06082A8648CE3D040302");

  private final String name;
  private final KeyPair pair =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, new SecureRandom());
  private int serial;

  Authority(String name) {
    this.name = name;
  }

  PublicKey key() {
    return pair.getPublic();
  }

  /** The Name of this authority, in DER. */
  Octets issuer() {
    return name(name);
  }

  /** The serial number of the certificate that was made last. */
  int lastSerial() {
    return serial;
  }

  /** Says which number the next certificate will have. */
  Authority nextSerial(int next) {
    serial = next - 1;
    return this;
  }

  X509Certificate own() throws GeneralSecurityException {
    Octets usage = Octets.ofHex("300E0603551D0F0101FF040403020204");
    Octets constraints = Octets.ofHex("300F0603551D130101FF040530030101FF");
    return x509(sign(name, pair.getPublic(), FROM, UNTIL, usage, constraints));
  }

  /** A certificate that is valid from 2026 to 2046. */
  Octets certify(SystemTitle title, Use use, PublicKey key) throws GeneralSecurityException {
    return certify(title, use, key, FROM, UNTIL);
  }

  Octets certify(SystemTitle title, Use use, PublicKey key, Instant from, Instant until)
      throws GeneralSecurityException {
    return sign(title.toString(), key, from, until, usage(use));
  }

  /** A certificate with a further name. */
  Octets certify(SystemTitle title, Use use, PublicKey key, Octets subjectAltName)
      throws GeneralSecurityException {
    Octets extension =
        sequence(
            writer ->
                writer
                    .writePrimitive(0x06, Octets.ofHex("551D11"))
                    .writePrimitive(0x04, subjectAltName));
    return sign(title.toString(), key, FROM, UNTIL, usage(use), extension);
  }

  CosemCertificate certificate(SystemTitle title, Use use, PublicKey key)
      throws GeneralSecurityException {
    return CosemCertificate.decode(certify(title, use, key));
  }

  /** keyUsage, critical: digitalSignature or keyAgreement. */
  private static Octets usage(Use use) {
    return Octets.ofHex(
        use == Use.DIGITAL_SIGNATURE
            ? "300E0603551D0F0101FF040403020780"
            : "300E0603551D0F0101FF040403020308");
  }

  private Octets sign(
      String subject, PublicKey key, Instant from, Instant until, Octets... extensions)
      throws GeneralSecurityException {
    serial++;
    Octets toBeSigned =
        sequence(
            writer -> {
              writer.writeConstructed(0xA0, version -> version.writeInteger(0x02, 2));
              writer.writeInteger(0x02, serial);
              writer.writeElements(ECDSA_WITH_SHA256);
              writer.writeElements(issuer());
              writer.writeConstructed(
                  0x30,
                  validity ->
                      validity
                          .writePrimitive(0x17, Octets.ofAscii(UTC_TIME.format(from)))
                          .writePrimitive(0x17, Octets.ofAscii(UTC_TIME.format(until))));
              writer.writeElements(name(subject));
              writer.writeElements(Octets.view(key.getEncoded()));
              writer.writeConstructed(
                  0xA3,
                  explicit ->
                      explicit.writeConstructed(
                          0x30,
                          list -> {
                            for (Octets extension : extensions) {
                              list.writeElements(extension);
                            }
                          }));
            });
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(toBeSigned.toByteArray());
    byte[] signed = signature.sign();
    byte[] bits = new byte[signed.length + 1];
    System.arraycopy(signed, 0, bits, 1, signed.length);
    return sequence(
        writer ->
            writer
                .writeElements(toBeSigned)
                .writeElements(ECDSA_WITH_SHA256)
                .writePrimitive(0x03, Octets.view(bits)));
  }

  /** A Name of one common name, in DER. */
  static Octets name(String commonName) {
    return sequence(
        writer ->
            writer.writeConstructed(
                0x31,
                set ->
                    set.writeConstructed(
                        0x30,
                        attribute ->
                            attribute
                                .writePrimitive(0x06, Octets.ofHex("550403"))
                                .writePrimitive(0x0C, Octets.ofAscii(commonName)))));
  }

  private static Octets sequence(java.util.function.Consumer<BerWriter> content) {
    return new BerWriter().writeConstructed(0x30, content).toOctets();
  }

  private static X509Certificate x509(Octets der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
  }
}
