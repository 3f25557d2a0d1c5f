package io.dlms4j.iec21;

import org.jspecify.annotations.Nullable;

/** The programming commands, letter and type (IEC 62056-21, 6.3.2, command message identifier). */
public enum CommandType {
  /** Password: the data is an operand for a secure algorithm; the device begins with it. */
  P0,
  /** Password: the data is to be compared with the one inside the device. */
  P1,
  /** Password: the data is the result of a secure algorithm of the manufacturer. */
  P2,
  /** Read, in ASCII. */
  R1,
  /** Read, in formatted code (Annex C). */
  R2,
  /** Read, in ASCII, answered in partial blocks. */
  R3,
  /** Read, in formatted code, answered in partial blocks. */
  R4,
  /** Read, for national use: a register, or a load profile. */
  R5,
  /** Write, in ASCII. */
  W1,
  /** Write, in formatted code (Annex C). */
  W2,
  /** Write, in ASCII, in partial blocks. */
  W3,
  /** Write, in formatted code, in partial blocks. */
  W4,
  /** Write, for national use. */
  W5,
  /** Execute, in formatted code (Annex C). */
  E2,
  /** Break: complete sign-off. */
  B0,
  /** Break: complete sign-off of a battery operated device that wakes up fast. */
  B1;

  /**
   * The letter.
   *
   * @return P, R, W, E or B
   */
  public char letter() {
    return name().charAt(0);
  }

  /**
   * The type.
   *
   * @return a digit
   */
  public char type() {
    return name().charAt(1);
  }

  /**
   * Whether it may be done twice without harm, so that it can be repeated if nothing comes back.
   */
  boolean isRepeatable() {
    return letter() == 'R' || letter() == 'P';
  }

  boolean isBreak() {
    return letter() == 'B';
  }

  boolean isPassword() {
    return letter() == 'P';
  }

  static @Nullable CommandType of(int letter, int type) {
    for (CommandType each : values()) {
      if (each.letter() == letter && each.type() == type) {
        return each;
      }
    }
    return null;
  }
}
