package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Two stations over a line that does harm by seed. The system property {@code dlms4j.seeds} says
 * how many seeds are tried, 2000 unless it is set.
 */
class HdlcFaultLineTest {
  private static final int DEFAULT_SEEDS = 2000;

  @Test
  void onAnyLineEveryPayloadArrivesOnceInOrderAndWholeOrItsSenderIsTold() {
    int seeds = Integer.getInteger("dlms4j.seeds", DEFAULT_SEEDS);
    FaultLineSession.Tally all = new FaultLineSession.Tally();
    long start = System.nanoTime();
    for (long seed = 0; seed < seeds; seed++) {
      FaultLineSession session = new FaultLineSession(seed);
      try {
        session.run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
      all.add(session.tally());
    }
    if (seeds != DEFAULT_SEEDS) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf("%d seeds in %d ms: %s%n", seeds, millis, all);
    }
    // Both outcomes, and every means of recovery, must have been seen for this to prove anything.
    assertTrue(all.undisturbed() > seeds / 10, "too few sessions get through");
    assertTrue(all.told() > seeds / 50, "too few sessions break down");
    assertTrue(all.delivered() > seeds, "too few payloads arrive");
    assertTrue(all.harmed() > seeds, "too few faults");
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    long previous = 0;
    for (long seed = 0; seed < 100; seed++) {
      FaultLineSession once = new FaultLineSession(seed);
      FaultLineSession again = new FaultLineSession(seed);
      once.run();
      again.run();
      assertEquals(once.trace(), again.trace(), "seed " + seed);
      assertNotEquals(previous, once.trace(), "two seeds with one trace");
      previous = once.trace();
    }
  }
}
