package io.dlms4j.cosem.apdu;

/**
 * The security control octet: how the octets behind it are protected (Green Book 9.2.7.2).
 *
 * @param octet as on the wire, 0..255: bits 0 to 3 security suite, bit 4 authenticated, bit 5
 *     encrypted, bit 6 key-set (1 broadcast), bit 7 compressed
 */
public record SecurityControl(int octet) {
  private static final int SECURITY_SUITE = 0x0F;
  private static final int AUTHENTICATED = 0x10;
  private static final int ENCRYPTED = 0x20;
  private static final int BROADCAST = 0x40;
  private static final int COMPRESSED = 0x80;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is no octet
   */
  public SecurityControl {
    Unsigned.require8("security control", octet);
  }

  /**
   * The usual octets: with the unicast key, not compressed.
   *
   * @param securitySuite 0..15
   * @param authenticated whether there is an authentication tag
   * @param encrypted whether the octets are ciphertext
   * @return the octet
   * @throws IllegalArgumentException if the suite is out of range
   */
  public static SecurityControl of(int securitySuite, boolean authenticated, boolean encrypted) {
    Unsigned.require("security suite", securitySuite, SECURITY_SUITE);
    return new SecurityControl(
        securitySuite | (authenticated ? AUTHENTICATED : 0) | (encrypted ? ENCRYPTED : 0));
  }

  /**
   * Which algorithms are used.
   *
   * @return 0..15; the standard has 0, 1 and 2
   */
  public int securitySuite() {
    return octet & SECURITY_SUITE;
  }

  /**
   * Whether there is an authentication tag.
   *
   * @return bit 4
   */
  public boolean isAuthenticated() {
    return (octet & AUTHENTICATED) != 0;
  }

  /**
   * Whether the octets are ciphertext.
   *
   * @return bit 5
   */
  public boolean isEncrypted() {
    return (octet & ENCRYPTED) != 0;
  }

  /**
   * Whether the key is the broadcast key rather than the unicast key.
   *
   * @return bit 6
   */
  public boolean isBroadcast() {
    return (octet & BROADCAST) != 0;
  }

  /**
   * Whether the text was compressed before it was protected.
   *
   * @return bit 7
   */
  public boolean isCompressed() {
    return (octet & COMPRESSED) != 0;
  }

  /** The octet in hexadecimal. */
  @Override
  public String toString() {
    return "%02X".formatted(octet);
  }
}
