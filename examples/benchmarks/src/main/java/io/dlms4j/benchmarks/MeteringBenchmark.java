package io.dlms4j.benchmarks;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.measurement.RandomSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A meter's seconds, one after the other: measurements that were made before, a different one each
 * second, through all concerns of the engine and into a memory that forgets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else.
public class MeteringBenchmark {
  /** 2025-01-01, 00:00:00. */
  private static final long START = 1_735_689_600L;

  private static final int MEASUREMENTS = 4_096;
  private static final int SECONDS_OF_A_YEAR = 365 * 86_400;

  /** A prime, so that the measurements come from a whole day and not from an hour. */
  private static final int STRIDE = 23;

  /** What is measured: a household with a solar inverter, or anything at all. */
  @Param({"household", "random"})
  public String source = "";

  /** How phases are put together. */
  @Param({"INDIVIDUAL_IMPORT_EXPORT", "VECTOR_SUMMATION"})
  public CalculationMethod method = CalculationMethod.INDIVIDUAL_IMPORT_EXPORT;

  private final Measurement[] measurements = new Measurement[MEASUREMENTS];
  private MeteringEngine engine;
  private int next;

  /** Makes a new meter, and what it will measure. */
  @Setup(Level.Trial)
  public void begin() {
    MeasurementSource from =
        "household".equals(source) ? new HouseholdSource(7) : new RandomSource(7);
    for (int i = 0; i < MEASUREMENTS; i++) {
      measurements[i] = from.at(START + (long) i * STRIDE);
    }
    engine =
        new MeteringEngine(
            MeterSettings.of(MeterVariant.THREE_PHASE).calculationMethod(method).build(),
            new PermanentMemory(),
            START);
  }

  private void step() {
    engine.step(measurements[next]);
    next = (next + 1) % MEASUREMENTS;
  }

  /**
   * A second of one meter.
   *
   * @return what its clock shows
   */
  @Benchmark
  public long second() {
    step();
    return engine.clock().normalTime();
  }

  /**
   * A year of one meter.
   *
   * @return what its clock shows
   */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 1)
  public long year() {
    for (int i = 0; i < SECONDS_OF_A_YEAR; i++) {
      step();
    }
    return engine.clock().normalTime();
  }
}
