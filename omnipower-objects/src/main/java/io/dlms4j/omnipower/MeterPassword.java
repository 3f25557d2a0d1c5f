package io.dlms4j.omnipower;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.omnipower.backend.MeterBackend;

/**
 * The secret of low level security, one for all associations of a meter that have it. A new one
 * counts for associations that are opened from then on. For all threads.
 */
final class MeterPassword {
  private static final int LONGEST = 64;

  private final MeterBackend backend;
  private volatile Password current;

  MeterPassword(MeterBackend backend, Password first) {
    this.backend = backend;
    this.current = backend.secret().map(Password::ofOctets).orElse(first);
  }

  Password current() {
    return current;
  }

  /**
   * Changes it.
   *
   * @throws IllegalArgumentException if it is longer than 64 octets
   * @throws IllegalStateException if the backend does not keep it
   */
  synchronized void change(KeyMaterial secret) {
    if (secret.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a secret of " + secret.length() + " octets, where there may be " + LONGEST);
    }
    Octets octets = secret.export();
    DataAccessResult kept = backend.keepSecret(octets);
    if (kept != DataAccessResult.SUCCESS) {
      throw new IllegalStateException("the secret was not kept: " + kept);
    }
    current = Password.ofOctets(octets);
  }
}
