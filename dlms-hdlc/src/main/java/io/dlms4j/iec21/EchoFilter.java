package io.dlms4j.iec21;

import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Removes what comes back of one's own octets, as it does on optical heads and on two-wire lines.
 *
 * <p>A message that was sent is taken away from what is received once all of it has come back. As
 * soon as an octet differs, what was held back for looking like an echo is given back, and nothing
 * more is taken away until the next message is sent: on a line without echo nothing is lost.
 */
public final class EchoFilter {
  /** More than any line has on its way. */
  private static final int MAX_EXPECTED = 8192;

  private final ArrayDeque<Payload> expected = new ArrayDeque<>();
  private int expectedLength;

  /** How many octets of the first expected message have come back. */
  private int matched;

  /** A filter that expects nothing. */
  public EchoFilter() {}

  /**
   * Notes what is sent, as it goes over the line.
   *
   * @param octets the octets, kept until they have come back
   */
  public void sent(Payload octets) {
    if (expectedLength + octets.length() > MAX_EXPECTED) {
      reset();
    }
    if (octets.length() > 0 && octets.length() <= MAX_EXPECTED) {
      expected.add(octets);
      expectedLength += octets.length();
    }
  }

  /**
   * Takes octets of the line and gives those that are no echo.
   *
   * @param octets holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @return a view of them, of a part of them, or of a copy with octets held back before
   */
  public Payload filter(byte[] octets, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      @Nullable Payload echo = expected.peek();
      if (echo == null) {
        break;
      }
      if (octets[at] != (byte) echo.at(matched)) {
        Payload rest = restored(echo, octets, at, end);
        reset();
        return rest;
      }
      at++;
      matched++;
      if (matched == echo.length()) {
        expected.remove();
        expectedLength -= echo.length();
        matched = 0;
      }
    }
    return Payload.of(octets, at, end - at);
  }

  private Payload restored(Payload echo, byte[] octets, int at, int end) {
    if (matched == 0) {
      return Payload.of(octets, at, end - at);
    }
    byte[] all = Arrays.copyOf(echo.slice(0, matched).toByteArray(), matched + end - at);
    System.arraycopy(octets, at, all, matched, end - at);
    return Payload.of(all);
  }

  /** Expects nothing any more. */
  public void reset() {
    expected.clear();
    expectedLength = 0;
    matched = 0;
  }
}
