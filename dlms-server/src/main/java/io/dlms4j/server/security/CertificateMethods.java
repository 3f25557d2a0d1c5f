package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.CertificateType;
import io.dlms4j.cosem.security.CertificateFields;
import io.dlms4j.cosem.security.CertificateRequest;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods about key pairs and certificates (Blue Book 4.4.7, methods 4 to 8). */
final class CertificateMethods {
  private final SecuritySetup setup;

  CertificateMethods(SecuritySetup setup) {
    this.setup = setup;
  }

  /**
   * generate_key_pair: the new pair waits until its certificate is imported. Until then the old one
   * goes on to be used, so that an authority that does not answer shuts nobody out.
   */
  Change generateKeyPair(CosemData parameters) {
    int type = Parameters.enumeration(parameters);
    return now ->
        Change.to(
            now.withNewKeyPair(
                use(type), KeyAgreementScheme.generateKeyPair(now.suite(), setup.random())));
  }

  /** generate_certificate_request: for the pair that waits, or else for the one in use. */
  Change generateCertificateRequest(CosemData parameters) {
    int type = Parameters.enumeration(parameters);
    return now -> {
      Use use = use(type);
      KeyPair pair = now.newestKeyPair(use);
      if (pair == null) {
        throw RefusedException.because("there is no such key pair");
      }
      CertificateRequest request =
          CertificateRequest.create(
              now.suite(), now.serverSystemTitle(), pair, use, setup.random());
      return new Change.Outcome(now, CosemData.octetString(request.encode()));
    };
  }

  private static Use use(int type) throws RefusedException {
    @Nullable Use use = CertificateType.ofCode(type).flatMap(CertificateType::use).orElse(null);
    if (use == null) {
      throw RefusedException.because("there are no key pairs of that type");
    }
    return use;
  }

  /** import_certificate. The very certificate that is there already is taken once more. */
  Change importCertificate(CosemData parameters) {
    Octets der = parameters.octetStringValue();
    return now -> {
      CosemCertificate certificate = checked(der, now);
      CertificateFields fields = CertificateFields.of(certificate.x509());
      for (HeldCertificate held : setup.certificates(now)) {
        if (held.fields().areOf(fields.serialNumber(), fields.issuer())) {
          if (held.der().equals(certificate.encode())) {
            return Change.to(now);
          }
          throw RefusedException.because("the issuer gave that serial number before");
        }
      }
      SecuritySetupState next =
          certificate.systemTitle().equals(now.serverSystemTitle())
              ? withOwn(now, certificate)
              : with(now, certificate);
      if (next.certificates().size() > setup.maxCertificates()) {
        throw RefusedException.because("there are as many certificates as there may be");
      }
      return Change.to(next);
    };
  }

  private CosemCertificate checked(Octets der, SecuritySetupState now) throws RefusedException {
    CosemCertificate certificate;
    try {
      certificate = CosemCertificate.decode(der);
    } catch (ProtectionException e) {
      throw RefusedException.because("it is no certificate of DLMS/COSEM");
    }
    if (certificate.suite() != now.suite()) {
      throw RefusedException.because("the certificate's key is of another suite");
    }
    if (!setup.issuers().vouchFor(certificate, setup.clock().instant())) {
      throw RefusedException.because("no trusted issuer vouches for the certificate now");
    }
    return certificate;
  }

  /** The server's own: of no other key than the server has. */
  private static SecuritySetupState withOwn(SecuritySetupState now, CosemCertificate certificate)
      throws RefusedException {
    if (isOf(now.newKeyPairs().get(certificate.use()), certificate)) {
      return now.withKeyPairInUse(certificate);
    }
    if (isOf(now.keyPairs().get(certificate.use()), certificate)) {
      return with(now, certificate);
    }
    throw RefusedException.because("the certificate is of no key pair of the server");
  }

  static boolean isOf(@Nullable KeyPair pair, CosemCertificate certificate) {
    SecuritySuite suite = certificate.suite();
    return pair != null
        && KeyAgreementScheme.toOctets(suite, pair.getPublic())
            .equals(KeyAgreementScheme.toOctets(suite, certificate.publicKey()));
  }

  private static SecuritySetupState with(SecuritySetupState now, CosemCertificate certificate) {
    List<CosemCertificate> more = new ArrayList<>(now.certificates());
    more.add(certificate);
    return now.withCertificates(more);
  }

  /** export_certificate. */
  Change exportCertificate(CosemData parameters) {
    CertificateIdentification identification = CertificateIdentification.decode(parameters);
    return now -> new Change.Outcome(now, CosemData.octetString(find(now, identification).der()));
  }

  /** remove_certificate. A key pair stays without it; a trust anchor stays. */
  Change removeCertificate(CosemData parameters) {
    CertificateIdentification identification = CertificateIdentification.decode(parameters);
    return now -> {
      CosemCertificate removed = find(now, identification).cosem();
      if (removed == null) {
        throw RefusedException.because("a trust anchor is not removed");
      }
      List<CosemCertificate> rest = new ArrayList<>(now.certificates());
      rest.remove(removed);
      return Change.to(now.withCertificates(rest));
    };
  }

  /** Of several, the one that was imported last: it is the one that counts. */
  private HeldCertificate find(
      SecuritySetupState now, @Nullable CertificateIdentification identification)
      throws RefusedException {
    HeldCertificate found = null;
    for (HeldCertificate held : setup.certificates(now)) {
      if (identification != null && identification.means(held)) {
        found = held;
      }
    }
    if (found == null) {
      throw RefusedException.because("there is no such certificate");
    }
    return found;
  }
}
