package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory is asked for while something is done. */
final class Memory {
  /** Loading a class, or the fuzzer's own book-keeping, counts too: but not every time. */
  private static final int ATTEMPTS = 3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Memory() {}

  /** Does something, and fails if it asks for more than so many octets. */
  static void atMost(long octets, Runnable what) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && least > octets; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      what.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > octets) {
      fail("allocates " + least + " octets, where " + octets + " are enough");
    }
  }
}
