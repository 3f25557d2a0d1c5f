package io.dlms4j.iec21;

/** What the baud rate character Z says (IEC 62056-21, 6.3.2, baud rate identification). */
final class BaudCharacter {
  static final String CLAUSE = "IEC 62056-21 6.3.2, baud rate identification";

  /** Speed of the sign-on, and of all of mode A. */
  static final int INITIAL = 300;

  /** Mode D knows one speed, and this is its character. */
  static final char MODE_D = '3';

  private static final int[] MODE_C = {300, 600, 1200, 2400, 4800, 9600, 19_200};

  private BaudCharacter() {}

  /** Which mode a character belongs to; D and E look like C. */
  static ProtocolMode mode(char character) {
    if (Ascii.isDigit(character)) {
      return ProtocolMode.C;
    }
    return character >= 'A' && character <= 'I' ? ProtocolMode.B : ProtocolMode.A;
  }

  /**
   * The speed that a character stands for.
   *
   * @throws Iec21Exception if it is reserved
   */
  static int baudRate(char character, int octetOffset) {
    int index =
        switch (mode(character)) {
          case B -> character - 'A' + 1;
          case C -> character - '0';
          default -> 0;
        };
    if (index >= MODE_C.length) {
      throw new Iec21Exception(
          "baud rate character " + Ascii.show(character) + " is reserved", octetOffset, CLAUSE);
    }
    return MODE_C[index];
  }

  /**
   * The character of modes C and E for a speed.
   *
   * @throws IllegalArgumentException if there is none
   */
  static char ofModeC(int baudRate) {
    for (int i = 0; i < MODE_C.length; i++) {
      if (MODE_C[i] == baudRate) {
        return (char) ('0' + i);
      }
    }
    throw new IllegalArgumentException("no baud rate character stands for " + baudRate);
  }
}
