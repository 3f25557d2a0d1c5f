package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
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
