package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/** Key-Info: how the key of a {@link GeneralCiphering} is known (Green Book 9.5). */
public sealed interface KeyInfo {
  /**
   * identified-key [0]: a key that both parties have.
   *
   * @param keyId which, 0..255: {@link #GLOBAL_UNICAST_ENCRYPTION_KEY} or {@link
   *     #GLOBAL_BROADCAST_ENCRYPTION_KEY}
   */
  record IdentifiedKey(int keyId) implements KeyInfo {
    /** The global key for one server. */
    public static final int GLOBAL_UNICAST_ENCRYPTION_KEY = 0;

    /** The global key for many servers. */
    public static final int GLOBAL_BROADCAST_ENCRYPTION_KEY = 1;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the key-id has no wire form
     */
    public IdentifiedKey {
      Unsigned.require8("key-id", keyId);
    }
  }

  /**
   * wrapped-key [1]: a key that is sent along, wrapped in another.
   *
   * @param kekId which key it is wrapped in, 0..255: {@link #MASTER_KEY}
   * @param keyCipheredData the wrapped key
   */
  record WrappedKey(int kekId, Octets keyCipheredData) implements KeyInfo {
    /** The master key. */
    public static final int MASTER_KEY = 0;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the kek-id has no wire form
     */
    public WrappedKey {
      Unsigned.require8("kek-id", kekId);
    }
  }

  /**
   * agreed-key [2]: a key that both parties compute.
   *
   * @param keyParameters how: one octet, 01 for the one-pass, 02 for the static unified scheme
   * @param keyCipheredData what the recipient needs for it: an ephemeral public key and its
   *     signature, or nothing
   */
  record AgreedKey(Octets keyParameters, Octets keyCipheredData) implements KeyInfo {}
}
