package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Makes certificates for tests, signed with ECDSA and SHA-256. */
final class Certificates {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2046-01-01T00:00:00Z");

  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));

  private Certificates() {}

  static Octets make(String subject, int keyUsage, PublicKey key, PrivateKey issuer)
      throws GeneralSecurityException, IOException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(ECDSA_WITH_SHA256);
    generator.setIssuer(new X500Name("CN=Test issuer"));
    generator.setStartDate(new Time(Date.from(FROM)));
    generator.setEndDate(new Time(Date.from(UNTIL)));
    generator.setSubject(new X500Name(subject));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
    generator.setExtensions(extensions.generate());
    TBSCertificate certificate = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuer);
    signature.update(certificate.getEncoded());
    ASN1EncodableVector whole = new ASN1EncodableVector();
    whole.add(certificate);
    whole.add(ECDSA_WITH_SHA256);
    whole.add(new DERBitString(signature.sign()));
    return Octets.view(new DERSequence(whole).getEncoded());
  }
}
