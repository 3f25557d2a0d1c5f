package io.dlms4j.omnipower.measurement;

import java.util.Objects;

/**
 * The same in every second.
 *
 * @param measurement what is measured
 */
public record ConstantSource(Measurement measurement) implements MeasurementSource {
  /** Refuses a missing measurement. */
  public ConstantSource {
    Objects.requireNonNull(measurement, "measurement");
  }

  @Override
  public Measurement at(long second) {
    return measurement;
  }
}
