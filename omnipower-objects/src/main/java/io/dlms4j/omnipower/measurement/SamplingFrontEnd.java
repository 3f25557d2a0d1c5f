package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.InvalidMeasurementException.Quantity;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.Optional;

/**
 * The analogue front end: samples of three voltages and currents become one {@link Measurement} a
 * second.
 *
 * <p>A measurement is taken over the whole periods that ended in its second, from where the last
 * one ended: so nothing is left out and nothing is counted twice, and harmonics do not leak. It
 * gives of each phase:
 *
 * <ul>
 *   <li>voltage and current, RMS, with all their harmonics;
 *   <li>active power: the mean of u times i, with all harmonics;
 *   <li>reactive power: that of the fundamental, U1 I1 sin φ1, which is what IEC 62053-24 wants a
 *       static var meter to measure;
 *   <li>the angle φ1 between the fundamentals;
 *   <li>total harmonic distortion: the RMS of harmonics 2 to 40 by that of the fundamental.
 * </ul>
 *
 * <p>Apparent power is U times I. The frequency is that of the first phase that has voltage; the
 * sequence is told when all three have it and are about a third of a turn apart.
 *
 * <p>Computed in floating point: this is what an analogue-digital converter and its filters do. All
 * that is billed begins with the integers that come out. The result depends on the samples alone,
 * since only functions that are the same on every machine are used. Used by one thread at a time.
 */
public final class SamplingFrontEnd {
  /** The least rate: twice that of the 40th harmonic of 62.5 Hz. */
  public static final int LOWEST_RATE = 5_000;

  /** The greatest rate. */
  public static final int HIGHEST_RATE = 200_000;

  private static final int CHANNELS = 6;
  private static final int PHASES = 3;

  /** A period that has not ended is left for the next second, but no more than this part of one. */
  private static final int PART_LEFT = 10;

  /** A sample may be this much above the RMS that is believed. */
  private static final double CREST = 10;

  private static final double HIGHEST_VOLTAGE = Measurement.MAX_VOLTAGE / 1_000.0;
  private static final double HIGHEST_CURRENT = Measurement.MAX_CURRENT / 1_000.0;

  private final int rate;

  /** Samples of u1, i1, u2, i2, u3, i3 that are not measured yet. */
  private final double[][] samples;

  /** How many there are. */
  private int held;

  /** How many have come in this second. */
  private int inSecond;

  /**
   * Makes a front end that has seen nothing yet.
   *
   * @param samplesPerSecond the rate, {@value #LOWEST_RATE}..{@value #HIGHEST_RATE}; 8000 or so
   * @throws IllegalArgumentException if the rate is out of range
   */
  public SamplingFrontEnd(int samplesPerSecond) {
    if (samplesPerSecond < LOWEST_RATE || samplesPerSecond > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          samplesPerSecond + " samples a second are not in " + LOWEST_RATE + ".." + HIGHEST_RATE);
    }
    rate = samplesPerSecond;
    samples = new double[CHANNELS][rate + rate / PART_LEFT];
  }

  /**
   * Takes one sample of each channel. Absurd ones are refused before anything changes; the second
   * goes on with the next.
   *
   * @param u1 voltage of L1, in V
   * @param i1 current of L1, in A
   * @param u2 voltage of L2
   * @param i2 current of L2
   * @param u3 voltage of L3
   * @param i3 current of L3
   * @return the measurement of a second, with its last sample; nothing before
   * @throws InvalidMeasurementException if a value is not a number, or beyond ten times what is
   *     believed as RMS; or, with the last sample of a second, if its RMS or its frequency is not
   *     believed. Then that second is dropped
   */
  public Optional<Measurement> sample(
      double u1, double i1, double u2, double i2, double u3, double i3) {
    check(Quantity.VOLTAGE, u1, HIGHEST_VOLTAGE);
    check(Quantity.CURRENT, i1, HIGHEST_CURRENT);
    check(Quantity.VOLTAGE, u2, HIGHEST_VOLTAGE);
    check(Quantity.CURRENT, i2, HIGHEST_CURRENT);
    check(Quantity.VOLTAGE, u3, HIGHEST_VOLTAGE);
    check(Quantity.CURRENT, i3, HIGHEST_CURRENT);
    samples[0][held] = u1;
    samples[1][held] = i1;
    samples[2][held] = u2;
    samples[3][held] = i2;
    samples[4][held] = u3;
    samples[5][held] = i3;
    held++;
    inSecond++;
    return inSecond == rate ? Optional.of(endSecond()) : Optional.empty();
  }

  private static void check(Quantity quantity, double value, double highest) {
    double limit = CREST * highest;
    if (!(Math.abs(value) <= limit)) {
      throw new InvalidMeasurementException(
          quantity, value * 1_000, -(long) (limit * 1_000), (long) (limit * 1_000));
    }
  }

  private Measurement endSecond() {
    inSecond = 0;
    Periods periods = Periods.none(held);
    for (int phase = 0; phase < PHASES && !periods.areFound(); phase++) {
      periods = Periods.find(samples[2 * phase], held, rate / PART_LEFT);
    }
    int length = periods.length();
    try {
      return measure(periods, length);
    } finally {
      for (double[] channel : samples) {
        System.arraycopy(channel, length, channel, 0, held - length);
      }
      held -= length;
    }
  }

  private Measurement measure(Periods periods, int length) {
    Spectrum[] spectra = new Spectrum[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      spectra[channel] = Spectrum.of(samples[channel], length, periods.cyclesPerSample());
    }
    return new Measurement(
        phase(0, length, spectra),
        phase(1, length, spectra),
        phase(2, length, spectra),
        Measurement.milliHertz(periods.cyclesPerSample() * rate),
        Spectrum.sequence(spectra[0], spectra[2], spectra[4]));
  }

  private Phase phase(int index, int length, Spectrum[] spectra) {
    double[] u = samples[2 * index];
    double[] i = samples[2 * index + 1];
    double product = 0;
    for (int n = 0; n < length; n++) {
      product += u[n] * i[n];
    }
    Spectrum voltage = spectra[2 * index];
    Spectrum current = spectra[2 * index + 1];
    int milliVolts =
        Measurement.round(Quantity.VOLTAGE, voltage.rms() * 1_000, Measurement.MAX_VOLTAGE);
    int milliAmperes =
        Measurement.round(Quantity.CURRENT, current.rms() * 1_000, Measurement.MAX_CURRENT);
    // Powers are to fit the voltage and current that they come with, which were rounded.
    long apparent = (long) milliVolts * milliAmperes;
    return new Phase(
        milliVolts,
        milliAmperes,
        Phase.angle(StrictMath.toDegrees(voltage.leadOver(current))),
        within(product / length, apparent),
        within(voltage.reactive(current), apparent),
        voltage.distortion(),
        current.distortion());
  }

  private static long within(double watts, long apparent) {
    return Math.max(-apparent, Math.min(apparent, Math.round(watts * 1_000_000)));
  }
}
