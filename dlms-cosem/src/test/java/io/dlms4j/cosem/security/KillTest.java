package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.KilledProcess.Event;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that sends and receives protected messages is killed, again and again, while it opens
 * its counters and while it uses them. The system property {@code dlms4j.kills} says how often;
 * moments are drawn by {@code dlms4j.kills.seed}.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("dlms4j.kills", 20);
  private static final long SEED = Long.getLong("dlms4j.kills.seed", 1);

  /** Of so many kills, one comes before the process has sent anything. */
  private static final int EARLY = 4;

  private static final int LATEST_MICROSECONDS = 40_000;

  /** A message, and what happened to it. */
  private record Entry(Event event, ServiceSpecificCiphering message) {
    boolean isSent() {
      return event == Event.SENT_BY_CLIENT || event == Event.SENT_BY_SERVER;
    }

    boolean isFromClient() {
      return event == Event.SENT_BY_CLIENT || event == Event.ACCEPTED_BY_SERVER;
    }

    long counter() {
      return message.content().invocationCounter();
    }

    /** Whose counter under which key, and whether it is the sender's or the receiver's. */
    String counterId() {
      return event
          + (message.content().securityControl().isBroadcast() ? " broadcast" : " unicast");
    }
  }

  @TempDir Path directory;

  @Test
  void noKillMakesACounterRepeatOrAReceivedOneForgotten() throws Exception {
    FileInvocationCounterStore.create(KilledProcess.clientCounters(directory)).close();
    FileInvocationCounterStore.create(KilledProcess.serverCounters(directory)).close();
    Random random = new Random(SEED);
    List<Entry> entries = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      char until = kill % EARLY == 0 ? KilledProcess.BEGUN : KilledProcess.RUNNING;
      Path log = directory.resolve("log" + kill);
      runAndKill(log, until, random.nextInt(LATEST_MICROSECONDS));
      List<Entry> before = read(log);
      assertTrue(until == KilledProcess.BEGUN || before.size() >= 6, "nothing was sent");
      entries.addAll(before);
    }
    System.out.printf(
        "%d kills, seed %d: %d messages sent, %d accepted%n",
        KILLS,
        SEED,
        entries.stream().filter(Entry::isSent).count(),
        entries.stream().filter(entry -> !entry.isSent()).count());

    Map<String, Long> last = checkThatCountersRise(entries);
    checkThatWhatWasSentIsGood(entries);
    checkThatAllGoesOn(entries, last);
  }

  private void runAndKill(Path log, char until, int microseconds) throws Exception {
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                directory.toString(),
                log.toString())
            .redirectError(errors.toFile())
            .start();
    try {
      int told;
      do {
        told = process.getInputStream().read();
        assertTrue(told >= 0, () -> "it ended by itself: " + errors(errors));
      } while (told != until);
      assertTrue(
          !process.waitFor(microseconds, TimeUnit.MICROSECONDS),
          () -> "it ended by itself: " + errors(errors));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String errors(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A log, less a last entry that the kill cut off. */
  private static List<Entry> read(Path log) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(log)) {
      return entries;
    }
    ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(log));
    while (octets.remaining() >= 2 && octets.remaining() >= 2 + octets.get(octets.position() + 1)) {
      Event event = Event.of(octets.get());
      byte[] message = new byte[octets.get()];
      octets.get(message);
      entries.add(
          new Entry(
              event, (ServiceSpecificCiphering) ApduCodec.STANDARD.decode(Octets.view(message))));
    }
    return entries;
  }

  /** Those that rise never repeat. */
  private static Map<String, Long> checkThatCountersRise(List<Entry> entries) {
    Map<String, Long> last = new HashMap<>();
    for (Entry entry : entries) {
      long before = last.getOrDefault(entry.counterId(), -1L);
      assertTrue(
          entry.counter() > before,
          () -> entry.counterId() + ": " + entry.counter() + " after " + before);
      last.put(entry.counterId(), entry.counter());
    }
    assertEquals(6, last.size(), "two senders and two receivers, and two keys from the client");
    return last;
  }

  /** Receivers that saw all of it take all of it. */
  private static void checkThatWhatWasSentIsGood(List<Entry> entries) {
    ApduProtection client = KilledProcess.client(new InMemoryInvocationCounterStore());
    ApduProtection server = KilledProcess.server(new InMemoryInvocationCounterStore());
    for (Entry entry : entries) {
      if (entry.isSent()) {
        ApduProtection receiver = entry.isFromClient() ? server : client;
        assertEquals(
            entry.message().service().plainTag(), receiver.unprotect(entry.message()).apdu().at(0));
      }
    }
  }

  /** After the last kill, what was accepted is refused, and what is sent is new. */
  private void checkThatAllGoesOn(List<Entry> entries, Map<String, Long> last) throws IOException {
    try (FileInvocationCounterStore ofClient =
            FileInvocationCounterStore.open(KilledProcess.clientCounters(directory));
        FileInvocationCounterStore ofServer =
            FileInvocationCounterStore.open(KilledProcess.serverCounters(directory))) {
      ApduProtection client = KilledProcess.client(ofClient);
      ApduProtection server = KilledProcess.server(ofServer);
      for (Entry entry : entries) {
        if (!entry.isSent()) {
          ApduProtection receiver = entry.isFromClient() ? server : client;
          ProtectionException refused =
              assertThrows(ProtectionException.class, () -> receiver.unprotect(entry.message()));
          assertEquals(Reason.INVOCATION_COUNTER, refused.reason());
        }
      }
      for (Entry next :
          List.of(
              new Entry(
                  Event.SENT_BY_CLIENT, KilledProcess.request(client, KeyKind.GLOBAL_UNICAST)),
              new Entry(
                  Event.SENT_BY_CLIENT, KilledProcess.request(client, KeyKind.GLOBAL_BROADCAST)),
              new Entry(Event.SENT_BY_SERVER, KilledProcess.response(server)))) {
        assertTrue(next.counter() > last.getOrDefault(next.counterId(), -1L), next.counterId());
      }
    }
  }
}
