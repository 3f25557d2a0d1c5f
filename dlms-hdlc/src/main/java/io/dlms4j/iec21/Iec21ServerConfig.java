package io.dlms4j.iec21;

import org.jspecify.annotations.Nullable;

/**
 * What a device of IEC 62056-21 must know; made by {@link #builder}.
 *
 * @param manufacturer the FLAG identification, three letters
 * @param identification up to 16 printable characters
 * @param deviceAddress its own address, up to 32 digits, letters and blanks
 * @param baudRate the speed that it proposes, one of 300, 600, 1200, 2400, 4800, 9600 and 19200
 * @param hdlc whether it can be opened for HDLC, mode E
 * @param readout the data block of a readout in mode C, with {@code ! CR LF} at its end; null for a
 *     device without readout
 * @param repetitions how often a readout goes again when NAK asks for it, 0..100
 * @param timing the times
 */
public record Iec21ServerConfig(
    String manufacturer,
    String identification,
    String deviceAddress,
    int baudRate,
    boolean hdlc,
    @Nullable String readout,
    int repetitions,
    Iec21Timing timing) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a setting is not within its range
   */
  public Iec21ServerConfig {
    identificationMessage(manufacturer, identification, baudRate, hdlc);
    SignOnRequest.requireAddress(deviceAddress);
    if (readout != null) {
      Checks.requireText(readout, "readout");
    }
    Checks.requireWithin(repetitions, 0, 100, "repetitions");
  }

  private static Identification identificationMessage(
      String manufacturer, String identification, int baudRate, boolean hdlc) {
    return new Identification(
        manufacturer,
        BaudCharacter.ofModeC(baudRate),
        hdlc ? String.valueOf(Identification.HDLC) : "",
        identification);
  }

  /** What the device answers to a request. */
  Identification identificationMessage() {
    return identificationMessage(manufacturer, identification, baudRate, hdlc);
  }

  /**
   * Begins a configuration.
   *
   * @param manufacturer the FLAG identification, three letters
   * @param identification up to 16 printable characters
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(String manufacturer, String identification) {
    return new Builder(manufacturer, identification);
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final String manufacturer;
    private final String identification;
    private String deviceAddress = "";
    private int baudRate = 9600;
    private boolean hdlc = true;
    private @Nullable String readout;
    private int repetitions = 2;
    private Iec21Timing timing = Iec21Timing.STANDARD;

    private Builder(String manufacturer, String identification) {
      this.manufacturer = manufacturer;
      this.identification = identification;
    }

    /**
     * The device's own address; none unless set, so that only requests without address are meant
     * for it.
     *
     * @param address up to 32 digits, letters and blanks
     * @return this
     */
    public Builder deviceAddress(String address) {
      deviceAddress = address;
      return this;
    }

    /**
     * The speed that the device proposes; 9600 unless set.
     *
     * @param bitsPerSecond one of 300, 600, 1200, 2400, 4800, 9600 and 19200
     * @return this
     */
    public Builder baudRate(int bitsPerSecond) {
      baudRate = bitsPerSecond;
      return this;
    }

    /**
     * Whether the device can be opened for HDLC; it can unless set.
     *
     * @param whether it can
     * @return this
     */
    public Builder hdlc(boolean whether) {
      hdlc = whether;
      return this;
    }

    /**
     * The data block of a readout; none unless set.
     *
     * @param block data lines, and {@code ! CR LF}
     * @return this
     */
    public Builder readout(String block) {
      readout = block;
      return this;
    }

    /**
     * How often a readout goes again; 2 unless set.
     *
     * @param count 0..100
     * @return this
     */
    public Builder repetitions(int count) {
      repetitions = count;
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
    public Iec21ServerConfig build() {
      return new Iec21ServerConfig(
          manufacturer,
          identification,
          deviceAddress,
          baudRate,
          hdlc,
          readout,
          repetitions,
          timing);
    }
  }
}
