package io.dlms4j.server;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Security suite 0 by hand (Green Book 9.2.7.2), so that what is on the wire is not judged by what
 * has put it there: AES-GCM-128 and AES key wrap of the JDK, and nothing of the library. Everything
 * is in hexadecimal.
 */
final class SuiteZero {
  static final int AUTHENTICATED = 0x10;
  static final int ENCRYPTED = 0x20;
  static final int BOTH = 0x30;

  /** Security control and invocation counter. */
  static final int HEADER_DIGITS = 10;

  static final int TAG_DIGITS = 24;
  private static final int TAG_BITS = 96;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * The keys of a direction, or of both.
   *
   * @param encryption GUEK, or the dedicated key
   * @param authentication GAK
   */
  record Keys(String encryption, String authentication) {
    Keys withEncryption(String key) {
      return new Keys(key, authentication);
    }

    Keys withAuthentication(String key) {
      return new Keys(encryption, key);
    }
  }

  private SuiteZero() {}

  /** Security control, invocation counter, and what the two say becomes of a text. */
  static String seal(String originator, Keys keys, int control, long counter, String text) {
    String header = String.format("%02X%08X", control, counter);
    String nonce = originator + header.substring(2);
    boolean encrypted = (control & ENCRYPTED) != 0;
    if ((control & AUTHENTICATED) == 0) {
      return header + counterMode(keys, nonce, text);
    }
    String aad = header.substring(0, 2) + keys.authentication();
    return header
        + (encrypted ? gcm(keys, nonce, aad, text) : text + gcm(keys, nonce, aad + text, ""));
  }

  /** The text inside, whatever the tag. */
  static String reveal(String originator, Keys keys, String sealed) {
    int control = control(sealed);
    String content = sealed.substring(HEADER_DIGITS);
    String text =
        (control & AUTHENTICATED) == 0
            ? content
            : content.substring(0, content.length() - TAG_DIGITS);
    return (control & ENCRYPTED) == 0
        ? text
        : counterMode(keys, originator + sealed.substring(2, HEADER_DIGITS), text);
  }

  static int control(String sealed) {
    return Integer.parseInt(sealed.substring(0, 2), 16);
  }

  static long counter(String sealed) {
    return Long.parseLong(sealed.substring(2, HEADER_DIGITS), 16);
  }

  /** f(challenge) of HLS mechanism 5: security control, invocation counter, tag. */
  static String gmac(String originator, Keys keys, long counter, String challenge) {
    String sealed = seal(originator, keys, AUTHENTICATED, counter, challenge);
    return sealed.substring(0, HEADER_DIGITS)
        + sealed.substring(HEADER_DIGITS + challenge.length());
  }

  static String wrap(String kek, String key) {
    try {
      Cipher cipher = Cipher.getInstance("AESWrap");
      cipher.init(Cipher.WRAP_MODE, key(kek));
      return HEX.formatHex(cipher.wrap(key(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String gcm(Keys keys, String nonce, String aad, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key(keys.encryption()),
          new GCMParameterSpec(TAG_BITS, HEX.parseHex(nonce)));
      cipher.updateAAD(HEX.parseHex(aad));
      return HEX.formatHex(cipher.doFinal(HEX.parseHex(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What AES-GCM does to the text: its counter blocks begin with 2. */
  private static String counterMode(Keys keys, String nonce, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key(keys.encryption()),
          new IvParameterSpec(HEX.parseHex(nonce + "00000002")));
      return HEX.formatHex(cipher.doFinal(HEX.parseHex(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SecretKeySpec key(String key) {
    return new SecretKeySpec(HEX.parseHex(key), "AES");
  }

  /** A tag, a length, and what is that long. */
  static String tlv(String tag, String content) {
    int octets = content.length() / 2;
    return tag + String.format(octets < 0x80 ? "%02X" : "81%02X", octets) + content;
  }

  /** The content of what {@link #tlv} has made. */
  static String content(String tlv) {
    return tlv.substring(tlv.startsWith("81", 2) ? 6 : 4);
  }

  /** The tag of a service's APDU that is ciphered with a global key, glo-. */
  static String global(String plain) {
    int tag = Integer.parseInt(plain.substring(0, 2), 16);
    return String.format("%02X", tag + (tag < 0x10 ? 0x20 : 0x08));
  }

  /** The tag of a service's APDU that is ciphered with the dedicated key, ded-. */
  static String dedicated(String plain) {
    return String.format("%02X", Integer.parseInt(plain.substring(0, 2), 16) + 0x10);
  }

  /** The last octet is another one. */
  static String spoilt(String octets) {
    int end = octets.length() - 2;
    return octets.substring(0, end)
        + String.format("%02X", Integer.parseInt(octets.substring(end), 16) ^ 0x01);
  }
}
