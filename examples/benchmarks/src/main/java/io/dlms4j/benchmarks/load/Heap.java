package io.dlms4j.benchmarks.load;

/** What of the heap is in use. */
final class Heap {
  private static final int COLLECTIONS = 4;

  private Heap() {}

  /** Octets that are in use when all garbage is gone. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
