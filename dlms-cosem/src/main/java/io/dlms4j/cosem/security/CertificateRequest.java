package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * A request for a certificate: PKCS #10 (RFC 2986), with the system title as common name, signed
 * with the key that it is for (Green Book 9.2.6). What the key will be for is in an extension
 * request (RFC 2985, 5.4.2), so that the authority need not be told otherwise.
 */
public final class CertificateRequest {
  /** Longer ones are refused before they are looked at. */
  public static final int LONGEST = 4096;

  private final Octets der;
  private final SystemTitle systemTitle;
  private final SecuritySuite suite;
  private final PublicKey publicKey;
  private final CosemCertificate.@Nullable Use use;

  private CertificateRequest(
      Octets der,
      SystemTitle systemTitle,
      SecuritySuite suite,
      PublicKey publicKey,
      CosemCertificate.@Nullable Use use) {
    this.der = der;
    this.systemTitle = systemTitle;
    this.suite = suite;
    this.publicKey = publicKey;
    this.use = use;
  }

  /**
   * Makes a request.
   *
   * @param suite suite 1 or 2
   * @param title whose certificate it will be
   * @param pair the key pair that it is for
   * @param use what for
   * @param random where the signature's secret number comes from
   * @return the request
   * @throws IllegalArgumentException if the suite has no public keys, or a key is of another curve
   */
  public static CertificateRequest create(
      SecuritySuite suite,
      SystemTitle title,
      KeyPair pair,
      CosemCertificate.Use use,
      SecureRandom random) {
    EllipticCurve curve = suite.curve();
    PublicKey key = curve.validated(pair.getPublic());
    if (!curve.has(pair.getPrivate())) {
      throw new IllegalArgumentException("the private key is not one of " + curve);
    }
    try {
      CertificationRequestInfo info =
          new CertificationRequestInfo(
              new X500Name("CN=" + title),
              SubjectPublicKeyInfo.getInstance(key.getEncoded()),
              new DERSet(extensionRequest(use)));
      Signature signature = Signature.getInstance(curve.x509Signature());
      signature.initSign(pair.getPrivate(), random);
      signature.update(info.getEncoded(ASN1Encoding.DER));
      CertificationRequest request =
          new CertificationRequest(
              info, new AlgorithmIdentifier(algorithm(suite)), new DERBitString(signature.sign()));
      Octets der = Octets.view(request.getEncoded(ASN1Encoding.DER));
      return new CertificateRequest(der, title, suite, key, use);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the private key cannot be used for signatures", e);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a certificate request cannot be made", e);
    }
  }

  private static Attribute extensionRequest(CosemCertificate.Use use) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(
            use == CosemCertificate.Use.DIGITAL_SIGNATURE
                ? KeyUsage.digitalSignature
                : KeyUsage.keyAgreement));
    return new Attribute(
        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(extensions.generate()));
  }

  private static ASN1ObjectIdentifier algorithm(SecuritySuite suite) {
    return suite.curve() == EllipticCurve.P_256
        ? X9ObjectIdentifiers.ecdsa_with_SHA256
        : X9ObjectIdentifiers.ecdsa_with_SHA384;
  }

  /**
   * Reads a request that a peer sent, and makes sure that the peer has the private key. Whether the
   * peer is who it says it is, is for the authority to find out.
   *
   * @param der the request, in DER
   * @return the request
   * @throws ProtectionException with reason MALFORMED if it is not one of DLMS/COSEM, or
   *     NOT_AUTHENTIC if it is not signed with its own key
   */
  public static CertificateRequest decode(Octets der) {
    if (der.length() > LONGEST) {
      throw ProtectionException.malformed("a certificate request of " + der.length() + " octets");
    }
    CertificateRequest request;
    boolean signed;
    try {
      byte[] octets = der.toByteArray();
      CertificationRequest pkcs10 =
          CertificationRequest.getInstance(ASN1Primitive.fromByteArray(octets));
      if (!Arrays.equals(octets, pkcs10.getEncoded(ASN1Encoding.DER))) {
        throw ProtectionException.malformed("a certificate request that is not in DER (RFC 2986)");
      }
      request = of(der.copy(), pkcs10.getCertificationRequestInfo());
      Signature signature = Signature.getInstance(request.suite.curve().x509Signature());
      signature.initVerify(request.publicKey);
      signature.update(pkcs10.getCertificationRequestInfo().getEncoded(ASN1Encoding.DER));
      signed =
          pkcs10.getSignatureAlgorithm().getAlgorithm().equals(algorithm(request.suite))
              && signature.verify(pkcs10.getSignature().getOctets());
    } catch (ProtectionException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Bouncy Castle throws whatever it stumbles over when an element is of another type.
      throw ProtectionException.malformed("what is no certificate request (RFC 2986)");
    }
    if (!signed) {
      throw ProtectionException.remote(
          ProtectionException.Reason.NOT_AUTHENTIC,
          "the certificate request of " + request.systemTitle + " is not signed with its own key");
    }
    return request;
  }

  private static CertificateRequest of(Octets der, CertificationRequestInfo info)
      throws GeneralSecurityException, IOException {
    String name = CosemCertificate.commonName(info.getSubject());
    if (!name.matches("[0-9A-Fa-f]{16}")) {
      throw ProtectionException.malformed(
          "a certificate request whose common name is no system title (Green Book 9.2.6)");
    }
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(
                    info.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)));
    return new CertificateRequest(
        der, SystemTitle.ofHex(name), CosemCertificate.suite(key), key, requestedUse(info));
  }

  private static CosemCertificate.@Nullable Use requestedUse(CertificationRequestInfo info) {
    if (info.getAttributes() == null) {
      return null;
    }
    for (ASN1Encodable each : info.getAttributes()) {
      Attribute attribute = Attribute.getInstance(each);
      if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
          && attribute.getAttrValues().size() == 1) {
        KeyUsage usage =
            KeyUsage.fromExtensions(
                Extensions.getInstance(attribute.getAttrValues().getObjectAt(0)));
        if (usage != null) {
          boolean signs = usage.hasUsages(KeyUsage.digitalSignature);
          return signs == usage.hasUsages(KeyUsage.keyAgreement)
              ? null
              : signs ? CosemCertificate.Use.DIGITAL_SIGNATURE : CosemCertificate.Use.KEY_AGREEMENT;
        }
      }
    }
    return null;
  }

  /**
   * Whose certificate is asked for.
   *
   * @return the system title
   */
  public SystemTitle systemTitle() {
    return systemTitle;
  }

  /**
   * Which suite the key is of.
   *
   * @return suite 1 or 2
   */
  public SecuritySuite suite() {
    return suite;
  }

  /**
   * The key that the certificate is to be about.
   *
   * @return a point of the suite's curve
   */
  public PublicKey publicKey() {
    return publicKey;
  }

  /**
   * What the key is for, if the request says so.
   *
   * @return the use, or nothing
   */
  public Optional<CosemCertificate.Use> use() {
    return Optional.ofNullable(use);
  }

  /**
   * Writes the request.
   *
   * @return DER
   */
  public Octets encode() {
    return der;
  }

  /** Whose it is and what for. */
  @Override
  public String toString() {
    return "certificate request of " + systemTitle + ", " + suite + ", " + use;
  }
}
