package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the meter shows of the second that was measured last (DLMS description 3.2), to the nearest
 * step of each register. Powers and currents are those of the primary side.
 */
final class Instantaneous {
  private static final long MICRO = 1_000_000;
  private static final long MILLI = 1_000;

  /** mA and mHz in a step of a register with two decimals. */
  private static final long PER_HUNDREDTH = 10;

  private static final int HALF_TURN = Measurement.FULL_ANGLE / 2;

  /** Hundredths of a degree. */
  private static final int PER_DEGREE = 100;

  private static final int PHASES = 3;

  private final EnergyMeter meter;

  /** Null without mains. */
  private @Nullable Measurement last;

  Instantaneous(EnergyMeter meter) {
    this.meter = meter;
  }

  void set(Measurement measurement) {
    last = measurement;
  }

  void clear() {
    last = null;
  }

  void describe(Catalogue catalogue, Readings readings) {
    Sink sink =
        (name, value) -> {
          if (catalogue.find(name).isPresent()) {
            readings.number(name, value);
          }
        };
    total(sink, "P14", EnergyKind.A14);
    total(sink, "P23", EnergyKind.A23);
    total(sink, "Q12", EnergyKind.R12);
    total(sink, "Q34", EnergyKind.R34);
    total(sink, "S14", EnergyKind.E14);
    total(sink, "S23", EnergyKind.E23);
    sink.number("PF_Total", () -> meter.powerFactor(0));
    sink.number("Freq_Instant", () -> nearest(of(Measurement::frequency), PER_HUNDREDTH));
    sink.number("NeutralVoltage", () -> nearest(of(Measurement::neutralVoltage), MILLI));
    sink.number("Angle_I_U_Ln", () -> degrees(of(Measurement::neutralAngle)));
    for (int phase = 1; phase <= PHASES; phase++) {
      ofPhase(sink, phase);
    }
  }

  private void total(Sink sink, String name, EnergyKind kind) {
    sink.number(name, () -> nearest(meter.power(kind), MICRO));
  }

  private void ofPhase(Sink sink, int phase) {
    String suffix = "_L" + phase;
    sink.number("P14" + suffix, () -> nearest(Math.max(meter.active(phase), 0), MICRO));
    sink.number("P23" + suffix, () -> nearest(Math.max(-meter.active(phase), 0), MICRO));
    sink.number("Q12" + suffix, () -> nearest(Math.max(meter.reactive(phase), 0), MICRO));
    sink.number("Q34" + suffix, () -> nearest(Math.max(-meter.reactive(phase), 0), MICRO));
    sink.number("S14" + suffix, () -> apparent(phase, meter.active(phase) >= 0));
    sink.number("S23" + suffix, () -> apparent(phase, meter.active(phase) < 0));
    sink.number("PF" + suffix, () -> meter.powerFactor(phase));
    sink.number("U" + suffix, () -> nearest(of(phase, Phase::voltage), MILLI));
    sink.number(
        "I" + suffix,
        () -> nearest(of(phase, Phase::current) * (long) meter.ratio(), PER_HUNDREDTH));
    sink.number("Angle_I_U" + suffix, () -> degrees(of(phase, Phase::angle)));
    sink.number("THD_Instant_U" + suffix, () -> of(phase, Phase::voltageDistortion));
    sink.number("THD_Instant_I" + suffix, () -> of(phase, Phase::currentDistortion));
  }

  private long apparent(int phase, boolean hasDirection) {
    return hasDirection ? nearest(meter.apparent(phase), MICRO) : 0;
  }

  private int of(ToIntFunction<Measurement> quantity) {
    Measurement measurement = last;
    return measurement == null ? 0 : quantity.applyAsInt(measurement);
  }

  /** A phase that the meter does not measure shows nothing, whatever is measured there. */
  private int of(int phase, ToIntFunction<Phase> quantity) {
    Measurement measurement = last;
    return measurement == null || !meter.measures(phase)
        ? 0
        : quantity.applyAsInt(measurement.phase(phase));
  }

  /** An angle of a turn as whole degrees from -179 to 180: it is a signed number on the wire. */
  private static long degrees(int angle) {
    int signed = angle > HALF_TURN ? angle - Measurement.FULL_ANGLE : angle;
    long size = nearest(Math.abs(signed), PER_DEGREE);
    return signed < 0 && size < HALF_TURN / PER_DEGREE ? -size : size;
  }

  private static long nearest(long value, long step) {
    return (value + step / 2) / step;
  }

  private interface Sink {
    void number(String name, LongSupplier value);
  }
}
