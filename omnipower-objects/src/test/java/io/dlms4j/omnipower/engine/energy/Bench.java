package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.MemoryAfterPowerLoss;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** An energy meter alone, on a test bench: what it is given, and what it shows. */
final class Bench {
  static final int HOUR = 3_600;
  static final int FREQUENCY = 50_000;

  private static final long START = 1_763_164_800L;

  final MeterSettings settings;
  final EnergyMeter meter;
  final Readings readings = new Readings();
  final List<String> events = new ArrayList<>();
  private final PermanentMemory memory;
  private final Second second = new Second();
  private long now = START;

  Bench(MeterSettings settings) {
    this(settings, new PermanentMemory());
  }

  private Bench(MeterSettings settings, PermanentMemory memory) {
    this.settings = settings;
    this.memory = memory;
    meter =
        new EnergyMeter(
            settings, memory, (logger, values) -> events.add(logger + " " + List.of(box(values))));
    meter.describe(readings);
  }

  static Bench threePhase() {
    return new Bench(MeterSettings.of(MeterVariant.THREE_PHASE).build());
  }

  private static Long[] box(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  /** The same meter after its power was gone. */
  Bench afterPowerLoss() {
    return new Bench(settings, new MemoryAfterPowerLoss(memory));
  }

  void run(Measurement measurement, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now++;
      second.begin(now, measurement);
      meter.step(second);
    }
  }

  void tariff(int tariff) {
    second.setTariff(tariff);
  }

  void supplied(boolean isSupplied) {
    second.setSupplied(isSupplied);
  }

  long read(String name) {
    return readings.number(name).orElseThrow().getAsLong();
  }

  DataAccessResult write(String name, long value) {
    return readings.write(name, value);
  }

  BigInteger exact(EnergyKind kind) {
    return exact(meter.primary(kind));
  }

  static BigInteger exact(Energy energy) {
    return BigInteger.valueOf(energy.wattHours())
        .multiply(BigInteger.valueOf(EnergyTotals.WATT_HOUR))
        .add(BigInteger.valueOf(energy.rest()));
  }

  /** Watts at 200 V, export if negative. */
  static Phase watts(int watts) {
    return new Phase(200_000, Math.abs(watts) * 5, watts < 0 ? 18_000 : 0);
  }
}
