package io.dlms4j.server.security;

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

/** A process that changes keys is killed, again and again: 200 times in the profile "soak". */
class SecuritySetupKillTest {
  private static final int KILLS = Integer.getInteger("dlms4j.seeds", 0) > 0 ? 200 : 6;

  @TempDir Path directory;

  @Test
  void noKillLosesAKeyThatWasAnsweredWithSuccess() throws Exception {
    Path file = directory.resolve("setup.p12");
    Path log = directory.resolve("log");
    Files.createFile(log);
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file, SetupUser.PASSWORD)) {
      assertEquals(0, SetupUser.number(SetupUser.setup(store)));
    }
    Random random = new Random(1);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(file, log);
      try {
        assertEquals('!', process.getInputStream().read(), "it did not start");
        assertTrue(
            !process.waitFor(200_000 + random.nextInt(200_000), TimeUnit.MICROSECONDS),
            "it ended by itself");
      } finally {
        process.destroyForcibly().waitFor();
      }
      long answered = last(log);
      try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file, SetupUser.PASSWORD)) {
        long now = SetupUser.number(SetupUser.setup(store));
        // The one that was being changed may be there, though nobody was told.
        assertTrue(now == answered || now == answered + 1, now + " after " + answered);
        // So that the next process goes on from what was answered.
        try (var out = Files.newOutputStream(log)) {
          out.write(ByteBuffer.allocate(8).putLong(now).array());
        }
      }
    }
    assertTrue(last(log) >= KILLS, "nearly nothing was changed");
  }

  /** The last whole entry. */
  private static long last(Path log) throws IOException {
    byte[] octets = Files.readAllBytes(log);
    int whole = octets.length / 8;
    return whole == 0 ? 0 : ByteBuffer.wrap(octets).getLong(8 * (whole - 1));
  }

  private static Process start(Path file, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SetupUser.class.getName(),
            file.toString(),
            log.toString())
        .redirectError(new File(file + ".err"))
        .start();
  }
}
