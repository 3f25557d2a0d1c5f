package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret of low level security (Green Book 9.2.2.2.2). It shows itself to nobody but the AARQ,
 * and compares in constant time.
 */
public final class Password {
  private final byte[] octets;

  private Password(byte[] octets) {
    this.octets = octets;
  }

  /**
   * A password of printable characters.
   *
   * @param text ASCII characters
   * @return the password
   * @throws IllegalArgumentException if a character is not ASCII; its message does not hold the
   *     text
   */
  public static Password ofText(String text) {
    if (text.chars().anyMatch(character -> character > 0x7F)) {
      throw new IllegalArgumentException(
          "a password of text has ASCII characters only; for others, use ofOctets");
    }
    return new Password(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A password of any octets.
   *
   * @param octets the octets, copied
   * @return the password
   */
  public static Password ofOctets(Octets octets) {
    return new Password(octets.toByteArray());
  }

  /**
   * The octets, for the AARQ's calling-authentication-value.
   *
   * @return a copy
   */
  public Octets toOctets() {
    return Octets.copyOf(octets);
  }

  /**
   * Compares in a time that does not depend on how much is right.
   *
   * @param candidate what a client sent
   * @return whether it is this password
   */
  public boolean matches(Octets candidate) {
    return MessageDigest.isEqual(octets, candidate.toByteArray());
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "Password[not shown]";
  }
}
