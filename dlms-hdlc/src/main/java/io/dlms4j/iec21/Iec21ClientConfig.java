package io.dlms4j.iec21;

/**
 * What a client of IEC 62056-21 must know; made by {@link #builder}.
 *
 * @param purpose what the session is for
 * @param deviceAddress whom to ask, up to 32 digits, letters and blanks; empty for whoever is there
 * @param password what P1 gives without being asked again, or empty to leave it to the layer above
 * @param maxBaudRate a device of modes C and E that proposes more is kept at 300 baud
 * @param confirmationRequired whether a device that does not confirm the opening of mode E is given
 *     up; otherwise it is taken to have agreed, as some do in silence
 * @param repetitions how often a sign-on, a command or a NAK goes again, 0..100
 * @param maxDataLength most characters of an answer, all of its partial blocks together
 * @param timing the times
 */
public record Iec21ClientConfig(
    Purpose purpose,
    String deviceAddress,
    String password,
    int maxBaudRate,
    boolean confirmationRequired,
    int repetitions,
    int maxDataLength,
    Iec21Timing timing) {
  /** What a session is for. */
  public enum Purpose {
    /** Data readout on request: mode A, B or C, whichever the device proposes. */
    READOUT,
    /** Data readout that the device begins: mode D. */
    PUSHED_READOUT,
    /** The programming mode of mode C. */
    PROGRAMMING,
    /** Opening of an HDLC session: mode E. */
    HDLC
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a setting is not within its range, or the password has a
   *     character that cannot be sent
   */
  public Iec21ClientConfig {
    SignOnRequest.requireAddress(deviceAddress);
    for (int i = 0; i < password.length(); i++) {
      char each = password.charAt(i);
      if (!Ascii.isPrintable(each) || each == '(' || each == ')') {
        throw new IllegalArgumentException("password has a character that cannot be sent");
      }
    }
    Checks.requireWithin(maxBaudRate, BaudCharacter.INITIAL, 19_200, "maxBaudRate");
    Checks.requireWithin(repetitions, 0, 100, "repetitions");
    Checks.requireWithin(maxDataLength, 1, 1 << 24, "maxDataLength");
  }

  /**
   * Begins a configuration.
   *
   * @param purpose what the session is for
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(Purpose purpose) {
    return new Builder(purpose);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Iec21ClientConfig["
        + purpose
        + " of '"
        + deviceAddress
        + "', at most "
        + maxBaudRate
        + " baud]";
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final Purpose purpose;
    private String deviceAddress = "";
    private String password = "";
    private int maxBaudRate = 19_200;
    private boolean confirmationRequired;
    private int repetitions = 2;
    private int maxDataLength = 1 << 16;
    private Iec21Timing timing = Iec21Timing.STANDARD;

    private Builder(Purpose purpose) {
      this.purpose = purpose;
    }

    /**
     * Whom to ask; whoever is there unless set.
     *
     * @param address up to 32 digits, letters and blanks
     * @return this
     */
    public Builder deviceAddress(String address) {
      deviceAddress = address;
      return this;
    }

    /**
     * What P1 gives; the layer above is asked unless set.
     *
     * @param value the password without brackets
     * @return this
     */
    public Builder password(String value) {
      password = value;
      return this;
    }

    /**
     * The most that is agreed to; 19200 baud unless set.
     *
     * @param baudRate 300..19200
     * @return this
     */
    public Builder maxBaudRate(int baudRate) {
      maxBaudRate = baudRate;
      return this;
    }

    /**
     * Whether a device has to confirm the opening of mode E; it may be silent unless set.
     *
     * @param whether it has to
     * @return this
     */
    public Builder confirmationRequired(boolean whether) {
      confirmationRequired = whether;
      return this;
    }

    /**
     * How often a sign-on, a command or a NAK goes again; 2 unless set.
     *
     * @param count 0..100
     * @return this
     */
    public Builder repetitions(int count) {
      repetitions = count;
      return this;
    }

    /**
     * Most characters of an answer; 65536 unless set.
     *
     * @param characters 1..16777216
     * @return this
     */
    public Builder maxDataLength(int characters) {
      maxDataLength = characters;
      return this;
    }

    /**
     * The times; {@link Iec21Timing#STANDARD} unless set.
     *
     * @param times the times
     * @return this
     */
    public Builder timing(Iec21Timing times) {
      timing = times;
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a setting is not within its range
     */
    public Iec21ClientConfig build() {
      return new Iec21ClientConfig(
          purpose,
          deviceAddress,
          password,
          maxBaudRate,
          confirmationRequired,
          repetitions,
          maxDataLength,
          timing);
    }
  }
}
