package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import java.util.Arrays;

/**
 * Finds frames among the octets of a line (Green Book 8.4.2).
 *
 * <p>A frame begins with a flag, and its length field says where it ends: there is no bit stuffing,
 * so a flag octet inside a frame is data. What begins with a flag but is no frame in format type,
 * length, closing flag or FCS is noise, and the search goes on at the next flag behind the one that
 * began it. A closing flag may be the opening flag of the next frame. At most one frame of the
 * largest size is kept, and every octet of noise costs at most one check of such a frame.
 */
final class FrameDelimiter {
  private static final int MAX_FRAME_WITH_FLAGS = FrameCodec.MAX_FRAME_LENGTH + 2;

  /** Room that is kept when nothing but a few octets are. */
  private static final int LEAST_ROOM = 16;

  private static final int SPARED_LONG_ENOUGH = 64;

  private static final byte[] NOTHING = new byte[0];

  /** Takes frames as they are found. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a frame whose format type, length and FCS are good.
     *
     * @param octets holds the frame until the call returns
     * @param offset index of the octet after the opening flag
     * @param length how many octets stand between the flags
     * @param now time, in nanoseconds
     */
    void frame(byte[] octets, int offset, int length, long now);
  }

  private final long interOctetNanos;
  private final int maxFrameLength;
  private final Sink sink;

  /** Grows with what has come of a frame: most lines are idle, and most frames come whole. */
  private byte[] buffer = NOTHING;

  /** How many pieces in a row needed no more than {@link #LEAST_ROOM}. */
  private int spared;

  /** How many octets are kept; the first of them, if any, is a flag. */
  private int size;

  private long lastOctetAt;

  /**
   * A delimiter that has seen nothing.
   *
   * @param interOctetNanos how long the octets of a frame may be apart
   * @param maxFrameLength longest frame, without flags, that is not noise
   * @param sink takes the frames
   */
  FrameDelimiter(long interOctetNanos, int maxFrameLength, Sink sink) {
    this.sink = sink;
    this.interOctetNanos = interOctetNanos;
    this.maxFrameLength = Math.min(maxFrameLength, FrameCodec.MAX_FRAME_LENGTH);
  }

  /** Takes octets in any pieces and hands on the frames that they complete. */
  void receive(byte[] octets, int offset, int length, long now) {
    expire(now);
    int at = offset;
    int end = offset + length;
    if (size == 1 && at < end && octets[at] == HdlcFrame.FLAG) {
      size = 0;
    }
    while (at < end) {
      if (size == 0) {
        // Whole frames are handed on from where they are; only the rest has to be kept.
        at = scan(octets, indexOfFlag(octets, at, end), end, now);
        int rest = end - at;
        makeRoom(rest);
        System.arraycopy(octets, at, buffer, 0, rest);
        size = rest;
        at = end;
      } else {
        int count = Math.min(end - at, MAX_FRAME_WITH_FLAGS - size);
        makeRoom(size + count);
        System.arraycopy(octets, at, buffer, size, count);
        size += count;
        at += count;
        scanBuffer(now);
      }
    }
    giveUpRoom();
    lastOctetAt = now;
  }

  /** Not at once, or every other piece of a line that cuts its frames would cost an array. */
  private void giveUpRoom() {
    if (size > LEAST_ROOM) {
      spared = 0;
    } else if (buffer.length > LEAST_ROOM && ++spared >= SPARED_LONG_ENOUGH) {
      spared = 0;
      buffer = Arrays.copyOf(buffer, LEAST_ROOM);
    }
  }

  private void makeRoom(int octets) {
    if (octets > buffer.length) {
      int room = Math.max(LEAST_ROOM, Math.max(octets, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.min(room, MAX_FRAME_WITH_FLAGS));
    }
  }

  /**
   * Ends a partial frame whose next octet is overdue. What looked like its beginning is noise then,
   * so frames behind that are found; a lone flag is given up as well, for it can open nothing any
   * more.
   */
  void expire(long now) {
    if (size > 0 && now - lastOctetAt >= interOctetNanos) {
      while (size > 0) {
        discard(indexOfFlag(buffer, 1, size));
        scanBuffer(now);
      }
    }
  }

  /** Whether a frame has begun and not ended. */
  boolean isPartial() {
    return size > 1;
  }

  /** When {@link #expire} is due. */
  long deadline() {
    return isPartial() ? lastOctetAt + interOctetNanos : Link.NEVER;
  }

  /** Forgets everything. */
  void reset() {
    size = 0;
  }

  private void scanBuffer(long now) {
    int rest = scan(buffer, 0, size, now);
    // Less may be left than was looked at: a sink may have called reset().
    discard(Math.min(rest, size));
  }

  /**
   * Hands on every complete frame between a flag and an end.
   *
   * @return where the beginning of the next frame is, or the end
   */
  private int scan(byte[] octets, int from, int end, long now) {
    int start = from;
    while (end - start >= 2) {
      if (!FrameCodec.isFormatType3(octets[start + 1])) {
        start = indexOfFlag(octets, start + 1, end);
        continue;
      }
      if (end - start < 3) {
        break;
      }
      int length = FrameCodec.frameLength(octets[start + 1] & 0xFF, octets[start + 2] & 0xFF);
      if (length < FrameCodec.MIN_FRAME_LENGTH || length > maxFrameLength) {
        start = indexOfFlag(octets, start + 1, end);
        continue;
      }
      if (end - start < length + 2) {
        break;
      }
      if (octets[start + 1 + length] != HdlcFrame.FLAG
          || !Fcs16.follows(octets, start + 1, length - 2)) {
        start = indexOfFlag(octets, start + 1, end);
        continue;
      }
      sink.frame(octets, start + 1, length, now);
      start += length + 1;
    }
    return start;
  }

  private static int indexOfFlag(byte[] octets, int from, int end) {
    int at = from;
    while (at < end && octets[at] != HdlcFrame.FLAG) {
      at++;
    }
    return at;
  }

  private void discard(int count) {
    if (count > 0) {
      size -= count;
      System.arraycopy(buffer, count, buffer, 0, size);
    }
  }
}
