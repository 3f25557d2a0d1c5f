package io.dlms4j.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a closed loop came to.
 *
 * @param name whose it is
 * @param perSecond answers a second
 * @param latency of each, in nanoseconds
 */
record Figures(String name, double perSecond, Histogram latency) {
  private static final double MICROSECOND = 1000;

  /** Longest latency that is told apart from longer ones. */
  static final long LONGEST = 60_000_000_000L;

  static Histogram histogram() {
    return new Histogram(LONGEST, 3);
  }

  double mean() {
    return latency.getMean() / MICROSECOND;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-44s %10.0f/s   mean %8.1f us   p50 %8.1f us   p99 %8.1f us   max %9.1f us",
        name,
        perSecond,
        mean(),
        latency.getValueAtPercentile(50) / MICROSECOND,
        latency.getValueAtPercentile(99) / MICROSECOND,
        latency.getMaxValue() / MICROSECOND);
  }

  /** What else keeps the machine busy: a figure is worth as much as the machine was quiet. */
  static String load() {
    String average;
    try {
      average = Files.readString(Path.of("/proc/loadavg")).strip();
    } catch (IOException e) {
      average = String.valueOf(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
    return Runtime.getRuntime().availableProcessors() + " processors, load average " + average;
  }
}
