package io.dlms4j.omnipower.measurement;

/** A script or a recording has a line that cannot be understood, or that nobody can measure. */
public final class MeasurementFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The line, from 1. */
  private final int line;

  MeasurementFormatException(int line, String reason) {
    super("line " + line + ": " + reason);
    this.line = line;
  }

  /**
   * Where it is.
   *
   * @return the number of the line, from 1
   */
  public int line() {
    return line;
  }
}
