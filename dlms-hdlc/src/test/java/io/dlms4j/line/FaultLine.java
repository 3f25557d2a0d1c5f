package io.dlms4j.line;

import io.dlms4j.link.Payload;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A line between two ends, on a virtual clock, that loses, corrupts, duplicates, delays, splits and
 * merges octets: the same for the same seed.
 *
 * <p>One kind of harm it never does, for no receiver can notice it: to join the header of one
 * frame, as far as its HCS, with the end of another one of the same length. The FCS covers the HCS,
 * behind which the register of a CRC holds the same value whatever the header was; so it fits both.
 * That is why the first octet of a transmission is never lost alone, and why pieces of two
 * transmissions do not mix.
 */
public final class FaultLine {
  private static final long MILLISECOND = 1_000_000L;
  private static final int LONGEST_NOISE = 40;

  /**
   * Octets that come in at one of the ends.
   *
   * @param time when, in nanoseconds
   * @param number how many had been sent off before it
   * @param toSecond at which end: the second, else the first
   * @param octets what comes
   */
  public record Arrival(long time, long number, boolean toSecond, Payload octets) {}

  private final Faults faults;
  private final Random random;
  private final PriorityQueue<Arrival> inFlight =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));
  private final long[] lastTime = new long[2];
  private final @Nullable Arrival[] lastArrival = new Arrival[2];
  private long count;
  private long harms;

  /**
   * A line with nothing on it.
   *
   * @param faults how much harm it does
   * @param seed decides when
   */
  public FaultLine(Faults faults, long seed) {
    this.faults = faults;
    random = new Random(seed);
  }

  /**
   * Sends octets off.
   *
   * @param toSecond to which end: the second, else the first
   * @param octets what goes
   * @param now time, in nanoseconds
   */
  public void transmit(boolean toSecond, Payload octets, long now) {
    Payload arriving = octets;
    if (happens(faults.lost())) {
      arriving = withHole(arriving);
    }
    if (happens(faults.corrupted())) {
      arriving = corrupted(arriving);
    }
    int copies = happens(faults.duplicated()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long time = now + faults.latency();
      if (happens(faults.delayed())) {
        time += (long) (random.nextDouble() * faults.longestDelay());
      }
      if (!happens(faults.merged()) || !mergeWithLast(toSecond, arriving, time)) {
        deliver(toSecond, arriving, time);
      }
    }
  }

  private boolean happens(int permille) {
    boolean harm = random.nextInt(1000) < permille;
    if (harm) {
      harms++;
    }
    return harm;
  }

  /** How many faults there have been. */
  public long harms() {
    return harms;
  }

  private Payload withHole(Payload octets) {
    if (octets.length() < 2 || random.nextBoolean()) {
      return Payload.EMPTY;
    }
    int from = 1 + random.nextInt(octets.length() - 1);
    int to = from + 1 + random.nextInt(octets.length() - from);
    return join(octets.slice(0, from), octets.slice(to, octets.length() - to));
  }

  private Payload corrupted(Payload octets) {
    if (octets.length() < 2 || random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(LONGEST_NOISE)];
      random.nextBytes(noise);
      return join(Payload.of(noise), octets);
    }
    byte[] changed = octets.toByteArray();
    int at = random.nextInt(changed.length - 1);
    int bits = 1 + random.nextInt(0xFFFF);
    changed[at] ^= (byte) bits;
    changed[at + 1] ^= (byte) (bits >>> 8);
    return Payload.of(changed);
  }

  private boolean mergeWithLast(boolean toSecond, Payload octets, long earliest) {
    int end = toSecond ? 1 : 0;
    Arrival last = lastArrival[end];
    if (last == null || !inFlight.remove(last)) {
      return false;
    }
    long time = Math.max(last.time(), earliest);
    lastTime[end] = Math.max(lastTime[end], time);
    add(new Arrival(time, last.number(), toSecond, join(last.octets(), octets)));
    return true;
  }

  private void deliver(boolean toSecond, Payload octets, long earliest) {
    int end = toSecond ? 1 : 0;
    long time = faults.keepsOrder() ? Math.max(earliest, lastTime[end]) : earliest;
    int from = 0;
    if (happens(faults.split())) {
      int pieces = 1 + random.nextInt(4);
      for (int i = 0; i < pieces && from < octets.length(); i++) {
        int length = 1 + random.nextInt(octets.length() - from);
        add(new Arrival(time, count++, toSecond, octets.slice(from, length)));
        from += length;
        time += gap();
      }
    }
    add(new Arrival(time, count++, toSecond, octets.slice(from, octets.length() - from)));
    lastTime[end] = time;
    if (from > 0 && !faults.keepsOrder()) {
      // Were the last piece to move, others might get between the pieces.
      lastArrival[end] = null;
    }
  }

  /** Between two pieces: at times longer than the octets of a frame may be apart. */
  private long gap() {
    if (!faults.keepsOrder()) {
      return 0;
    }
    return random.nextInt(10) == 0
        ? random.nextInt(1000) * MILLISECOND
        : random.nextInt(20) * MILLISECOND;
  }

  private void add(Arrival arrival) {
    if (arrival.octets().length() > 0) {
      inFlight.add(arrival);
      lastArrival[arrival.toSecond() ? 1 : 0] = arrival;
    }
  }

  private static Payload join(Payload first, Payload second) {
    byte[] joined = Arrays.copyOf(first.toByteArray(), first.length() + second.length());
    System.arraycopy(second.array(), second.offset(), joined, first.length(), second.length());
    return Payload.of(joined);
  }

  /**
   * When something comes in next.
   *
   * @return time in nanoseconds, or {@link Long#MAX_VALUE} if nothing is on the line
   */
  public long nextArrival() {
    Arrival next = inFlight.peek();
    return next == null ? Long.MAX_VALUE : next.time();
  }

  /**
   * What has come in.
   *
   * @param now time, in nanoseconds
   * @return the earliest octets that are there by now, or null
   */
  public @Nullable Arrival pollArrival(long now) {
    return nextArrival() <= now ? inFlight.poll() : null;
  }
}
