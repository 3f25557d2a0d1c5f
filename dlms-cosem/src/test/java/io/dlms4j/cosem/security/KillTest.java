package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that counts is killed, again and again: 200 times in the profile "soak". */
class KillTest {
  private static final int KILLS = Integer.getInteger("dlms4j.seeds", 0) > 0 ? 200 : 15;

  @TempDir Path directory;

  @Test
  void noKillMakesACounterRepeatOrAReceivedOneForgotten() throws Exception {
    Path file = directory.resolve("counters");
    Path used = directory.resolve("used");
    Path accepted = directory.resolve("accepted");
    FileInvocationCounterStore.create(file).close();
    Random random = new Random(1);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(file, used, accepted);
      try {
        assertEquals('!', process.getInputStream().read(), "it did not start");
        assertTrue(!process.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }

    long previous = 0;
    ByteBuffer counters = counters(used);
    assertTrue(counters.remaining() >= 8 * KILLS, "nearly nothing was used");
    while (counters.hasRemaining()) {
      long counter = counters.getLong();
      assertTrue(counter > previous, counter + " was used after " + previous);
      previous = counter;
    }
    ByteBuffer received = counters(accepted);
    long last = -1;
    while (received.hasRemaining()) {
      long counter = received.getLong();
      assertTrue(counter > last, counter + " was accepted after " + last);
      last = counter;
    }
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file)) {
      assertTrue(store.next(CounterId.of(Parties.CLIENT, CounterUser.KEY)) > previous);
      assertTrue(store.lowestAcceptable(CounterId.of(Parties.SERVER, CounterUser.KEY)) > last);
    }
  }

  /** A log, less a last entry that the kill cut off. */
  private static ByteBuffer counters(Path log) throws IOException {
    byte[] octets = Files.readAllBytes(log);
    return ByteBuffer.wrap(octets, 0, octets.length / 8 * 8);
  }

  private static Process start(Path file, Path used, Path accepted) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CounterUser.class.getName(),
            file.toString(),
            used.toString(),
            accepted.toString())
        .redirectError(new File(file + ".err"))
        .start();
  }
}
