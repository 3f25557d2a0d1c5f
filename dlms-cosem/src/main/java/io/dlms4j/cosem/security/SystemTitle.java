package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;

/**
 * System title: the 8 octets that name a DLMS/COSEM party, unique in the world (Green Book 4.3.4).
 * The first three are the manufacturer's FLAG letters. It is the fixed field of every
 * initialization vector (Green Book 9.2.3.3.7), so two parties with one title and one key would
 * break the cipher.
 *
 * @param octets the 8 octets
 */
public record SystemTitle(Octets octets) {
  /** Octets of a system title. */
  public static final int LENGTH = 8;

  /**
   * Checks the length and keeps a copy, so that no APDU stays alive with it.
   *
   * @throws IllegalArgumentException if there are not 8 octets
   */
  public SystemTitle {
    if (octets.length() != LENGTH) {
      throw new IllegalArgumentException(
          octets.length() + " octets are no system title, which has " + LENGTH);
    }
    octets = octets.copy();
  }

  /**
   * A system title written in hexadecimal, for source code and configuration.
   *
   * @param hex 16 digits
   * @return the title
   * @throws IllegalArgumentException if it is anything else
   */
  public static SystemTitle ofHex(String hex) {
    return new SystemTitle(Octets.ofHex(hex));
  }

  /** The 16 digits of the title. */
  @Override
  public String toString() {
    return octets.toHex();
  }
}
