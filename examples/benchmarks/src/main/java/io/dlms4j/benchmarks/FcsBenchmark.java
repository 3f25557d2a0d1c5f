package io.dlms4j.benchmarks;

import io.dlms4j.hdlc.Fcs16;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The frame check sequence over 1010 octets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FcsBenchmark {
  private final byte[] octets = new byte[1010];

  /** Any octets will do. */
  @Setup
  public void fill() {
    new Random(1).nextBytes(octets);
  }

  /**
   * The library's.
   *
   * @return the FCS
   */
  @Benchmark
  public int fcs() {
    return Fcs16.of(octets, 0, octets.length);
  }

  /**
   * Slicing by 8.
   *
   * @return the FCS
   */
  @Benchmark
  public int floor() {
    return Floor.fcs(octets, 0, octets.length);
  }
}
