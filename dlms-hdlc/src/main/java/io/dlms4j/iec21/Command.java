package io.dlms4j.iec21;

/**
 * The programming command message {@code SOH command type [STX data] ETX BCC} (IEC 62056-21,
 * 6.3.1).
 *
 * @param type what it asks for
 * @param data data sets, or empty for none: printable characters, CR and LF
 * @param last false if this is a partial block, ended by EOT instead of ETX, and another follows
 */
public record Command(CommandType type, String data, boolean last) implements Iec21Message {
  /**
   * Checks the data.
   *
   * @throws IllegalArgumentException if it has other characters
   */
  public Command {
    Checks.requireText(data, "data");
  }

  /**
   * A command in one block.
   *
   * @param type what it asks for
   * @param data data sets, or empty for none
   */
  public Command(CommandType type, String data) {
    this(type, data, true);
  }

  /**
   * Gives the password.
   *
   * @param password without the brackets around it
   * @return P1 {@code (password)}
   */
  public static Command password(String password) {
    return new Command(CommandType.P1, "(" + password + ")");
  }

  /**
   * Reads in ASCII.
   *
   * @param address what to read, for instance {@code 1.8.0}
   * @return R1 {@code address()}
   */
  public static Command read(String address) {
    return new Command(CommandType.R1, address + "()");
  }

  /**
   * Writes in ASCII.
   *
   * @param address what to write
   * @param value the value, and perhaps a unit behind an asterisk
   * @return W1 {@code address(value)}
   */
  public static Command write(String address, String value) {
    return new Command(CommandType.W1, address + "(" + value + ")");
  }

  /**
   * Signs off.
   *
   * @return B0
   */
  public static Command signOff() {
    return new Command(CommandType.B0, "");
  }

  /** Without the data of a password command. */
  @Override
  public String toString() {
    String shown = type.isPassword() && !data.isEmpty() ? "…" : data;
    return "Command[" + type + " " + shown + (last ? "" : " and more") + "]";
  }
}
