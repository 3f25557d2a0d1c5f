package io.dlms4j.server.push;

import io.dlms4j.cosem.association.CipheringForm;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Set;

/**
 * How pushed notifications are protected (Green Book 9.2.7.2).
 *
 * @param own the meter
 * @param client whom it pushes to
 * @param keys finds the keys of the two, once for each attempt
 * @param counters the meter's invocation counters: those of its associations, if they share keys
 * @param form which APDU carries the ciphered one; not {@link CipheringForm#SERVICE_SPECIFIC},
 *     which does not say whose keys to use
 * @param key which key ciphers
 * @param protection authenticated, encrypted, signed, or several of them
 */
public record PushSecurity(
    SystemTitle own,
    SystemTitle client,
    KeyProvider keys,
    InvocationCounterStore counters,
    CipheringForm form,
    KeyKind key,
    Set<Protection> protection) {
  /**
   * Keeps a copy of the set.
   *
   * @throws IllegalArgumentException if the form is that of a service, or there is no protection
   */
  public PushSecurity {
    protection = Set.copyOf(protection);
    if (form == CipheringForm.SERVICE_SPECIFIC || protection.isEmpty()) {
      throw new IllegalArgumentException(
          "a push is protected by general-glo-ciphering or general-ciphering");
    }
  }

  /**
   * Authenticated and encrypted with the global unicast key, in general-glo-ciphering.
   *
   * @param own the meter
   * @param client whom it pushes to
   * @param keys finds the keys of the two
   * @param counters the meter's invocation counters
   * @return the security
   */
  public static PushSecurity generalGlo(
      SystemTitle own, SystemTitle client, KeyProvider keys, InvocationCounterStore counters) {
    return new PushSecurity(
        own,
        client,
        keys,
        counters,
        CipheringForm.GENERAL_GLO_OR_DED,
        KeyKind.GLOBAL_UNICAST,
        Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED));
  }
}
