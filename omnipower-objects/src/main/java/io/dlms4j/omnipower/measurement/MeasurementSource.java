package io.dlms4j.omnipower.measurement;

/** Where measurements come from: an analogue front end, a model of a household, a recording. */
@FunctionalInterface
public interface MeasurementSource {
  /**
   * What is measured in one second.
   *
   * @param second the beginning of the second, in seconds of normal local time since
   *     1970-01-01T00:00:00 of normal local time
   * @return the measurement of that second
   */
  Measurement at(long second);
}
