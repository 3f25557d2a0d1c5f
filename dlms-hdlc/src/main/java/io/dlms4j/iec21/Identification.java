package io.dlms4j.iec21;

/**
 * The identification message {@code / X X X Z [\ W] identification CR LF} with which a device
 * answers (IEC 62056-21, 6.3.1).
 *
 * @param manufacturer the FLAG identification, three letters; if the third is a lower-case one, the
 *     device answers after 20 ms already instead of 200 ms
 * @param baudCharacter Z: speed and mode that the device proposes
 * @param enhanced the characters W, each of which stands behind a backslash on the line; {@code 2}
 *     is HDLC (mode E); empty for none
 * @param identification up to 16 printable characters without slash, backslash and exclamation mark
 */
public record Identification(
    String manufacturer, char baudCharacter, String enhanced, String identification)
    implements Iec21Message {
  static final int MAX_IDENTIFICATION_LENGTH = 16;
  static final int MAX_ENHANCED = 8;

  /** The enhanced mode character of HDLC. */
  static final char HDLC = '2';

  private static final int MANUFACTURER_LENGTH = 3;

  /** Where Z stands on the line. */
  private static final int BAUD_CHARACTER_OFFSET = 4;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one has a wrong length or wrong characters
   */
  public Identification {
    if (manufacturer.length() != MANUFACTURER_LENGTH
        || !manufacturer.chars().allMatch(Ascii::isLetter)) {
      throw new IllegalArgumentException("manufacturer is not three letters");
    }
    if (!isPart(baudCharacter)) {
      throw new IllegalArgumentException("baudCharacter is " + Ascii.show(baudCharacter));
    }
    if (enhanced.length() > MAX_ENHANCED || !enhanced.chars().allMatch(Identification::isPart)) {
      throw new IllegalArgumentException("enhanced has wrong characters or is too long");
    }
    if (identification.length() > MAX_IDENTIFICATION_LENGTH
        || !identification.chars().allMatch(Identification::isPart)) {
      throw new IllegalArgumentException("identification has wrong characters or is too long");
    }
  }

  static boolean isPart(int character) {
    return Ascii.isPrintable(character)
        && character != '/'
        && character != '!'
        && character != '\\';
  }

  /**
   * Which mode the device proposes by Z. What looks like C is D if nobody has asked for it, and may
   * be E as well, see {@link #offersHdlc()}.
   *
   * @return A, B or C
   */
  public ProtocolMode mode() {
    return BaudCharacter.mode(baudCharacter);
  }

  /**
   * The speed that the device proposes by Z.
   *
   * @return bits a second; 300 in mode A
   * @throws Iec21Exception if Z is reserved
   */
  public int baudRate() {
    return BaudCharacter.baudRate(baudCharacter, BAUD_CHARACTER_OFFSET);
  }

  /**
   * Whether the device can be opened for HDLC (mode E, IEC 62056-21 6.3.2 item 24).
   *
   * @return whether {@code \2} is among the enhanced modes of a device that proposes a speed of
   *     mode C
   */
  public boolean offersHdlc() {
    return mode() == ProtocolMode.C && enhanced.indexOf(HDLC) >= 0;
  }

  /**
   * Whether 20 ms are the shortest reaction time and not 200 ms.
   *
   * @return whether the third letter of the manufacturer is a lower-case one
   */
  public boolean reactsFast() {
    return Character.isLowerCase(manufacturer.charAt(MANUFACTURER_LENGTH - 1));
  }
}
