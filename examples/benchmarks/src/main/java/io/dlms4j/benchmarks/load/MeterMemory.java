package io.dlms4j.benchmarks.load;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a meter takes of the heap when it is new, and when all of its loggers are full. Takes the
 * number of days that it lives, 400 without it: more than any load profile holds by default.
 */
public final class MeterMemory {
  /** 2025-01-01, 00:00:00. */
  private static final long START = 1_735_689_600L;

  private static final int METERS = 4;
  private static final int DAYS = 400;
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int STRIDE = 19;

  private MeterMemory() {}

  /**
   * Measures, and prints.
   *
   * @param args days, or nothing
   */
  public static void main(String[] args) {
    int days = args.length > 0 ? Integer.parseInt(args[0]) : DAYS;
    HouseholdSource house = new HouseholdSource(7);
    Measurement[] measurements = new Measurement[SECONDS_OF_A_DAY / STRIDE];
    for (int i = 0; i < measurements.length; i++) {
      measurements[i] = house.at(START + (long) i * STRIDE);
    }
    // One meter first, so that what all of them share is there already.
    MeteringEngine shared = meter();
    long before = Heap.used();
    List<MeteringEngine> meters = new ArrayList<>();
    for (int i = 0; i < METERS; i++) {
      meters.add(meter());
    }
    print("new", before);
    for (MeteringEngine meter : meters) {
      for (long second = 0; second < (long) days * SECONDS_OF_A_DAY; second++) {
        meter.step(measurements[(int) (second % measurements.length)]);
      }
    }
    print("after " + days + " days", before);
    // Held until here, or they might be collected before they are measured.
    if (meters.contains(shared)) {
      throw new IllegalStateException("one meter is there twice");
    }
  }

  private static MeteringEngine meter() {
    return new MeteringEngine(
        MeterSettings.of(MeterVariant.THREE_PHASE).build(), new PermanentMemory(), START);
  }

  private static void print(String when, long before) {
    double kilo = (Heap.used() - before) / (1_024.0 * METERS);
    System.out.printf(Locale.ROOT, "a meter %s: %,.0f KiB%n", when, kilo);
  }
}
