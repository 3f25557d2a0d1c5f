package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** What several tests of the engine need. */
final class Engines {
  static final int HOUR = 3_600;
  static final int DAY = 24 * HOUR;
  static final Phase NOMINAL = new Phase(230_000, 10_000, 6_000);

  private Engines() {}

  static MeteringEngine.Builder midwinter() {
    return at(2025, 1, 15, 0, 0, 0);
  }

  static MeteringEngine.Builder at(int year, int month, int day, int hour, int minute, int second) {
    return MeteringEngine.startingAt(
        new MeterTime(LocalDateTime.of(year, month, day, hour, minute, second), false));
  }

  static EngineBackend backend(MeteringEngine.Builder builder) {
    return new EngineBackend(builder.build(), MeterIdentity.builder().build());
  }

  static Measurement volts(double l1, double l2, double l3) {
    return new Measurement(
        new Phase((int) (l1 * 1_000), 0, 0),
        new Phase((int) (l2 * 1_000), 0, 0),
        new Phase((int) (l3 * 1_000), 0, 0),
        50_000);
  }

  static MeasurementSource constantly(Measurement measurement) {
    return new ConstantSource(measurement);
  }

  static List<LoadProfileRow> rows(EngineBackend meter) {
    List<LoadProfileRow> rows = new ArrayList<>();
    meter.loadProfile().all().forEach(rows::add);
    return rows;
  }

  /** All that a register has been given, in uWs. */
  static BigInteger exact(MeteringEngine engine, EnergyKind kind) {
    EnergyRegister register = engine.register(kind);
    return BigInteger.valueOf(register.whole())
        .multiply(BigInteger.valueOf(EnergyRegister.UNIT))
        .add(BigInteger.valueOf(register.rest()));
  }
}
