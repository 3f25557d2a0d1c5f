package io.dlms4j.omnipower.measurement;

/** A front end or a source gave a value that no meter can have measured. */
public final class InvalidMeasurementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The quantity that was refused. */
  private final Quantity quantity;

  private final String reason;

  InvalidMeasurementException(Quantity quantity, long value, long min, long max) {
    this(quantity, Long.toString(value), min, max);
  }

  InvalidMeasurementException(Quantity quantity, double value, long min, long max) {
    this(quantity, Double.toString(value), min, max);
  }

  private InvalidMeasurementException(Quantity quantity, String value, long min, long max) {
    this(quantity, quantity + " " + value + " is not in " + min + ".." + max + " " + quantity.unit);
  }

  private InvalidMeasurementException(Quantity quantity, String reason) {
    super(reason);
    this.quantity = quantity;
    this.reason = reason;
  }

  /** What was wrong. */
  String reason() {
    return reason;
  }

  /**
   * What was refused.
   *
   * @return the quantity that is out of range
   */
  public Quantity quantity() {
    return quantity;
  }

  /** The quantities of a {@link Measurement}. */
  public enum Quantity {
    /** Voltage of a phase. */
    VOLTAGE("mV"),
    /** Current of a phase. */
    CURRENT("mA"),
    /** Angle from voltage to current. */
    ANGLE("hundredths of a degree"),
    /** Active power of a phase. */
    ACTIVE_POWER("uW"),
    /** Reactive power of a phase. */
    REACTIVE_POWER("uvar"),
    /** Total harmonic distortion of a voltage or current. */
    DISTORTION("hundredths of a percent"),
    /** Frequency of the mains. */
    FREQUENCY("mHz");

    private final String unit;

    Quantity(String unit) {
      this.unit = unit;
    }
  }
}
