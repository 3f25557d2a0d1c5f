package io.dlms4j.omnipower.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed, again and again, while it opens its memory and while it writes. The system
 * property {@code dlms4j.meter.kills} says how often; moments are drawn by {@code
 * dlms4j.kills.seed}.
 */
class FileMemoryKillTest {
  private static final int KILLS = Integer.getInteger("dlms4j.meter.kills", 20);
  private static final long SEED = Long.getLong("dlms4j.kills.seed", 1);

  /** Of so many kills, one comes as soon as the process runs. */
  private static final int EARLY = 4;

  private static final int EARLY_MICROSECONDS = 60_000;
  private static final int LATE_MICROSECONDS = 150_000;

  @TempDir Path parent;

  @Test
  void noKillLosesACommitOrLeavesAPartOfOne() throws Exception {
    Path directory = parent.resolve("memory");
    Random random = new Random(SEED);
    long kept = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      boolean early = kill % EARLY == 0;
      long said;
      try (KilledProcess process =
          new KilledProcess(
              parent.resolve("errors"),
              number -> early || number > 0,
              CountingMeter.class,
              directory.toString())) {
        process.awaitReady();
        said = process.killAfter(random.nextInt(early ? EARLY_MICROSECONDS : LATE_MICROSECONDS));
      }
      try (FileMemory memory =
          FileMemory.open(directory, SyncPolicy.NEVER, CountingMeter.SHORT_JOURNAL)) {
        assertNotEquals(Condition.DAMAGED, memory.condition());
        CountingMeter meter = new CountingMeter(memory);
        assertEquals(Optional.empty(), meter.fault());
        long least = Math.max(said, kept);
        if (said > 0) {
          assertTrue(
              meter.count() == least || meter.count() == least + 1,
              () -> meter.count() + " after " + least);
        } else {
          assertTrue(meter.count() >= least, () -> meter.count() + " after " + least);
        }
        kept = meter.count();
      }
    }
    assertTrue(kept > 10L * KILLS, "nearly nothing was written: " + kept);
    try (var files = Files.list(directory)) {
      assertEquals(0, files.filter(file -> file.toString().contains("damaged")).count());
    }
    System.out.printf("%d kills, seed %d: %d commits%n", KILLS, SEED, kept);
  }
}
