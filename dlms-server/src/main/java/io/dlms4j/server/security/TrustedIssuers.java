package io.dlms4j.server.security;

import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.ProtectionException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Whose signature makes a certificate good: certification authorities with their certificates, and
 * some of which there is the public key only. None of them is ever taken from a peer.
 */
record TrustedIssuers(List<X509Certificate> certificates, List<PublicKey> keys) {
  TrustedIssuers {
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
  }

  /** Whether one of them vouches for a certificate at that time. */
  boolean vouchFor(CosemCertificate certificate, Instant at) {
    return certificates.stream().anyMatch(issuer -> passes(() -> certificate.check(issuer, at)))
        || keys.stream().anyMatch(issuer -> passes(() -> certificate.check(issuer, at)));
  }

  private static boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (ProtectionException e) {
      return false;
    }
  }
}
