package io.dlms4j.iec21;

/** Characters of ISO/IEC 646 (IEC 62056-21, 5.5). */
final class Ascii {
  static final int SOH = 0x01;
  static final int STX = 0x02;
  static final int ETX = 0x03;
  static final int EOT = 0x04;
  static final int ACK = 0x06;
  static final int LF = 0x0A;
  static final int CR = 0x0D;
  static final int NAK = 0x15;

  private Ascii() {}

  static boolean isPrintable(int character) {
    return character >= 0x20 && character <= 0x7E;
  }

  /** What may stand in a data block. */
  static boolean isText(int character) {
    return isPrintable(character) || character == CR || character == LF;
  }

  static boolean isLetter(int character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** Index of the first character that is no text, or -1. */
  static int firstNoText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isText(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  /** A character for messages to people. */
  static String show(int character) {
    return isPrintable(character)
        ? "'" + (char) character + "'"
        : String.format("0x%02X", character & 0xFF);
  }
}
