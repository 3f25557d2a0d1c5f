package io.dlms4j.omnipower.engine.core;

import io.dlms4j.omnipower.measurement.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * The second that is being processed: what was measured in it, and what the concerns before have
 * found out. One object for all seconds, so that none is made; concerns must not keep what they
 * read of it.
 */
public final class Second {
  private long now;
  private @Nullable Measurement measurement;
  private boolean supplied = true;
  private int tariff = 1;

  /**
   * Begins a second.
   *
   * @param end what the clock shows at its end, in seconds of normal time
   * @param measured what was measured
   */
  public void begin(long end, Measurement measured) {
    now = end;
    measurement = measured;
  }

  /**
   * The end of the second.
   *
   * @return seconds of normal time
   */
  public long now() {
    return now;
  }

  /**
   * What was measured.
   *
   * @return the measurement
   */
  public Measurement measurement() {
    Measurement measured = measurement;
    if (measured == null) {
      throw new IllegalStateException("no second has begun");
    }
    return measured;
  }

  /**
   * Whether the mains keep the meter alive: set by the power supply. Without mains nothing is
   * registered and nothing logged.
   *
   * @return true unless all phases have been too low
   */
  public boolean isSupplied() {
    return supplied;
  }

  /**
   * Sets whether the meter is alive.
   *
   * @param isSupplied whether it is
   */
  public void setSupplied(boolean isSupplied) {
    supplied = isSupplied;
  }

  /**
   * The active tariff: set by the tariff control.
   *
   * @return 1..8
   */
  public int tariff() {
    return tariff;
  }

  /**
   * Sets the active tariff.
   *
   * @param active 1..8
   */
  public void setTariff(int active) {
    tariff = active;
  }
}
