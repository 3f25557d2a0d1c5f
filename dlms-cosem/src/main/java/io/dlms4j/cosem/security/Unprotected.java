package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.util.Set;

/**
 * What was inside a protected APDU, and how well it was protected. Whether that is enough is for
 * the security policy to say.
 *
 * @param apdu the APDU inside, which may be a protected one again
 * @param protection what this layer had; unmodifiable
 * @param key which key it was protected with
 */
public record Unprotected(Octets apdu, Set<Protection> protection, KeyKind key) {
  /** Keeps a copy. */
  public Unprotected {
    protection = Set.copyOf(protection);
  }
}
