package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class CosemCertificateTest {
  private static final KeyPair ISSUER =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_2, Parties.RANDOM);
  private static final KeyPair PARTY =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  private static Octets make(String subject, int usage) throws Exception {
    return Certificates.make(subject, usage, PARTY.getPublic(), ISSUER.getPrivate());
  }

  @Test
  void aCertificateTellsWhoseItIsAndWhatFor() throws Exception {
    Octets der = make("CN=4D4D4D0000BC614E, O=Maker", KeyUsage.digitalSignature);
    CosemCertificate certificate = CosemCertificate.decode(der);
    assertEquals(Parties.SERVER, certificate.systemTitle());
    assertEquals(SecuritySuite.SUITE_1, certificate.suite());
    assertEquals(CosemCertificate.Use.DIGITAL_SIGNATURE, certificate.use());
    assertEquals(PARTY.getPublic(), certificate.publicKey());
    assertEquals(der, certificate.encode());
    assertEquals(
        CosemCertificate.Use.KEY_AGREEMENT,
        CosemCertificate.decode(make("CN=4d4d4d0000bc614e", KeyUsage.keyAgreement)).use());
  }

  @Test
  void onlyItsIssuerVouchesForItAndOnlyWhileItIsValid() throws Exception {
    CosemCertificate certificate =
        CosemCertificate.decode(make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature));
    certificate.check(ISSUER.getPublic(), NOW);
    for (Instant wrong :
        new Instant[] {Certificates.FROM.minusSeconds(1), Certificates.UNTIL.plusSeconds(1)}) {
      assertEquals(
          Reason.NOT_AUTHENTIC,
          assertThrows(
                  ProtectionException.class, () -> certificate.check(ISSUER.getPublic(), wrong))
              .reason());
    }
    assertThrows(ProtectionException.class, () -> certificate.check(PARTY.getPublic(), NOW));
  }

  @Test
  void withTheIssuersCertificateItsNameCountsToo() throws Exception {
    CosemCertificate certificate =
        CosemCertificate.decode(make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature));
    X509Certificate issuer = issuer("CN=Test issuer");
    certificate.check(issuer, NOW);
    for (Instant wrong :
        new Instant[] {Certificates.FROM.minusSeconds(1), Certificates.UNTIL.plusSeconds(1)}) {
      assertThrows(ProtectionException.class, () -> certificate.check(issuer, wrong));
      assertFalse(certificate.isValidAt(wrong));
    }
    assertTrue(certificate.isValidAt(Certificates.FROM));
    assertTrue(certificate.isValidAt(Certificates.UNTIL));
    X509Certificate namesake = issuer("CN=Another issuer");
    assertEquals(
        Reason.NOT_AUTHENTIC,
        assertThrows(ProtectionException.class, () -> certificate.check(namesake, NOW)).reason());
  }

  /** The issuer's key under a name. */
  private static X509Certificate issuer(String name) throws Exception {
    Octets der =
        Certificates.make(name, KeyUsage.keyCertSign, ISSUER.getPublic(), ISSUER.getPrivate());
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
  }

  @Test
  void theFieldsNameACertificateByIssuerAndNumber() throws Exception {
    CosemCertificate certificate =
        CosemCertificate.decode(make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature));
    CertificateFields fields = CertificateFields.of(certificate.x509());
    assertEquals(Octets.of(1), fields.serialNumber());
    assertEquals(Octets.EMPTY, fields.subjectAltName());
    Octets issuer = Octets.view(new X500Name("CN=Test issuer").getEncoded());
    assertEquals(issuer, fields.issuer());
    assertEquals(Octets.view(new X500Name("CN=4D4D4D0000BC614E").getEncoded()), fields.subject());
    assertTrue(fields.areOf(Octets.of(1), issuer));
    assertTrue(fields.areOf(Octets.of(0, 0, 1), issuer));
    assertFalse(fields.areOf(Octets.of(2), issuer));
    assertFalse(fields.areOf(Octets.of(1), fields.subject()));
    assertFalse(fields.areOf(Octets.EMPTY, issuer));
    assertFalse(fields.areOf(Octets.view(new byte[5000]), issuer));
    CertificateFields negativeLooking =
        new CertificateFields(Octets.of(0, 0xFF), issuer, issuer, Octets.EMPTY);
    assertTrue(negativeLooking.areOf(Octets.of(0xFF), issuer));
  }

  @Test
  void whatIsNoCertificateOfACosemPartyIsRefused() throws Exception {
    Octets good = make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature);
    byte[] longer = new byte[good.length() + 1];
    good.copyTo(longer, 0);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(good.toByteArray())
            + "\n-----END CERTIFICATE-----\n";
    for (Octets bad :
        new Octets[] {
          Octets.EMPTY,
          good.slice(0, good.length() - 1),
          Octets.view(longer),
          Octets.view(pem.getBytes(StandardCharsets.US_ASCII)),
          Octets.view(new byte[CosemCertificate.LONGEST + 1]),
          make("CN=Somebody", KeyUsage.digitalSignature),
          make("O=4D4D4D0000BC614E", KeyUsage.digitalSignature),
          make("CN=4D4D4D0000BC614E", KeyUsage.keyCertSign),
          make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature | KeyUsage.keyAgreement)
        }) {
      assertEquals(
          Reason.MALFORMED,
          assertThrows(ProtectionException.class, () -> CosemCertificate.decode(bad)).reason());
    }
  }

  @Test
  void noChangedBitMakesAnythingButARefusalOrACertificateThatNobodyVouchesFor() throws Exception {
    byte[] good = make("CN=4D4D4D0000BC614E", KeyUsage.digitalSignature).toByteArray();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      CosemCertificate certificate;
      try {
        certificate = CosemCertificate.decode(Octets.view(changed));
      } catch (ProtectionException e) {
        continue;
      }
      if (bit % 5 == 0) {
        assertThrows(
            ProtectionException.class,
            () -> certificate.check(ISSUER.getPublic(), NOW),
            "bit " + bit);
      }
    }
  }
}
