package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
  private static final KeyPair PAIR =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, Parties.RANDOM);

  private static CertificateRequest make(SecuritySuite suite, KeyPair pair, Use use) {
    return CertificateRequest.create(suite, Parties.SERVER, pair, use, Parties.RANDOM);
  }

  @Test
  void aRequestTellsWhoseItIsAndWhatForAndIsReadAgain() {
    for (SecuritySuite suite : new SecuritySuite[] {SecuritySuite.SUITE_1, SecuritySuite.SUITE_2}) {
      for (Use use : Use.values()) {
        KeyPair pair = KeyAgreementScheme.generateKeyPair(suite, Parties.RANDOM);
        Octets der = make(suite, pair, use).encode();
        CertificateRequest request = CertificateRequest.decode(der);
        assertEquals(Parties.SERVER, request.systemTitle());
        assertEquals(suite, request.suite());
        assertEquals(pair.getPublic(), request.publicKey());
        assertEquals(Optional.of(use), request.use());
        assertEquals(der, request.encode());
      }
    }
  }

  /** PKCS #10 as RFC 2986 4 has it, read element by element. */
  @Test
  void aRequestIsPkcs10WithAnExtensionRequest() throws Exception {
    CertificationRequest request =
        CertificationRequest.getInstance(
            ASN1Primitive.fromByteArray(
                make(SecuritySuite.SUITE_1, PAIR, Use.KEY_AGREEMENT).encode().toByteArray()));
    assertEquals(0, request.getCertificationRequestInfo().getVersion().intValueExact());
    assertEquals(
        new X500Name("CN=" + Parties.SERVER), request.getCertificationRequestInfo().getSubject());
    assertEquals(
        X9ObjectIdentifiers.ecdsa_with_SHA256, request.getSignatureAlgorithm().getAlgorithm());
    assertEquals(
        // extensionRequest { keyUsage, critical, keyAgreement }
        "301F06092A864886F70D01090E31123010300E0603551D0F0101FF040403020308",
        Octets.view(
                request
                    .getCertificationRequestInfo()
                    .getAttributes()
                    .getObjectAt(0)
                    .toASN1Primitive()
                    .getEncoded())
            .toHex());
  }

  /** A request of another maker, which says less. */
  private static Octets foreign(String subject, DERSet attributes)
      throws GeneralSecurityException, IOException {
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            new X500Name(subject),
            SubjectPublicKeyInfo.getInstance(PAIR.getPublic().getEncoded()),
            attributes);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(PAIR.getPrivate());
    signature.update(info.getEncoded("DER"));
    return Octets.view(
        new CertificationRequest(
                info,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                new DERBitString(signature.sign()))
            .getEncoded("DER"));
  }

  /** A request whose only attribute has neither type nor values. */
  private static Octets withEmptyAttribute() throws IOException {
    ASN1EncodableVector info = new ASN1EncodableVector();
    info.add(new ASN1Integer(0));
    info.add(new X500Name("CN=4D4D4D0000BC614E"));
    info.add(SubjectPublicKeyInfo.getInstance(PAIR.getPublic().getEncoded()));
    info.add(new DERTaggedObject(false, 0, new DERSet(new DERSequence())));
    ASN1EncodableVector request = new ASN1EncodableVector();
    request.add(new DERSequence(info));
    request.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    request.add(new DERBitString(new byte[70]));
    return Octets.view(new DERSequence(request).getEncoded());
  }

  @Test
  void aRequestNeedNotSayWhatItIsFor() throws Exception {
    CertificateRequest request =
        CertificateRequest.decode(foreign("CN=4d4d4d0000bc614e,O=Maker", new DERSet()));
    assertEquals(Parties.SERVER, request.systemTitle());
    assertEquals(Optional.empty(), request.use());
  }

  @Test
  void whatIsNoRequestOfACosemPartyIsRefused() throws Exception {
    Octets good = make(SecuritySuite.SUITE_1, PAIR, Use.DIGITAL_SIGNATURE).encode();
    byte[] longer = new byte[good.length() + 1];
    good.copyTo(longer, 0);
    for (Octets bad :
        new Octets[] {
          Octets.EMPTY,
          Octets.of(0x30, 0),
          Octets.of(0x05, 0),
          good.slice(0, good.length() - 1),
          Octets.view(longer),
          Octets.view(new byte[CertificateRequest.LONGEST + 1]),
          foreign("CN=Somebody", new DERSet()),
          foreign("O=4D4D4D0000BC614E", new DERSet()),
          withEmptyAttribute()
        }) {
      assertEquals(
          Reason.MALFORMED,
          assertThrows(ProtectionException.class, () -> CertificateRequest.decode(bad)).reason());
    }
  }

  @Test
  void aRequestInWhichABitHasChangedIsRefused() {
    byte[] good = make(SecuritySuite.SUITE_1, PAIR, Use.DIGITAL_SIGNATURE).encode().toByteArray();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      ProtectionException refusal =
          assertThrows(
              ProtectionException.class,
              () -> CertificateRequest.decode(Octets.view(changed)),
              "bit " + bit);
      assertTrue(refusal.reason() == Reason.MALFORMED || refusal.reason() == Reason.NOT_AUTHENTIC);
    }
  }

  @Test
  void whatCannotBeRequestedIsTheCallersError() {
    assertThrows(
        IllegalArgumentException.class,
        () -> make(SecuritySuite.SUITE_0, PAIR, Use.DIGITAL_SIGNATURE));
    assertThrows(
        IllegalArgumentException.class,
        () -> make(SecuritySuite.SUITE_2, PAIR, Use.DIGITAL_SIGNATURE));
  }
}
