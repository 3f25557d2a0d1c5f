package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.HeaderDecoder.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Records lines for people to read: time, direction, octets in rows of 16, and what the frames are.
 *
 * <pre>{@code
 * 2026-11-20T10:15:30.123456Z sent to 127.0.0.1:1025, 9 octets
 *   0000  7E A0 07 03 21 93 0F 01 7E
 *   HDLC SNRM P/F, 16 -> 1, FCS ok
 * }</pre>
 *
 * <p>Octets are written as they come; a frame that spans several pieces is described when its last
 * one has come. One log may record any number of lines at a time, on any threads. It keeps one
 * unfinished frame a line and direction, and ends when it is as long as it may be.
 */
public final class HexLog {
  /** How many characters a log has at most, unless said otherwise: 1 GiB. */
  public static final long DEFAULT_MAX_LENGTH = 1L << 30;

  /** The longest frame there is: a unit of the wrapper. */
  private static final int MAX_PENDING = 8 + 0xFFFF;

  private static final int ROW = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Writer out;
  private final HeaderDecoder decoder;
  private final long maxLength;
  private long length;
  private boolean ended;

  /**
   * A log of {@link #DEFAULT_MAX_LENGTH} at most.
   *
   * @param out where to write; flushed after every piece, and closed by its owner
   * @param decoder says what the frames are
   */
  public HexLog(Writer out, HeaderDecoder decoder) {
    this(out, decoder, DEFAULT_MAX_LENGTH);
  }

  /**
   * A log.
   *
   * @param out where to write; flushed after every piece, and closed by its owner
   * @param decoder says what the frames are
   * @param maxLength how many characters it has at most, a last remark not counted
   */
  public HexLog(Writer out, HeaderDecoder decoder, long maxLength) {
    this.out = out;
    this.decoder = decoder;
    this.maxLength = maxLength;
  }

  /**
   * Begins to record a line.
   *
   * @param ends between whom it runs
   * @return its recorder, which throws {@link UncheckedIOException} if the log cannot be written
   */
  public LineRecorder line(LineEnds ends) {
    return new Line(ends);
  }

  private synchronized void write(CharSequence text) {
    if (ended) {
      return;
    }
    try {
      if (length + text.length() > maxLength) {
        ended = true;
        out.write("the log is as long as it may be\n");
      } else {
        length += text.length();
        out.append(text);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line, whose recorder is called on one thread. */
  private final class Line implements LineRecorder {
    private final LineEnds ends;
    private final Pending sent = new Pending();
    private final Pending received = new Pending();

    Line(LineEnds ends) {
      this.ends = ends;
    }

    @Override
    public void record(Direction direction, Instant time, Payload octets) {
      StringBuilder text = new StringBuilder();
      text.append(time)
          .append(direction == Direction.SENT ? " sent to " : " received from ")
          .append(Hosts.name(ends.remote()))
          .append(", ")
          .append(octets.length())
          .append(octets.length() == 1 ? " octet\n" : " octets\n");
      appendRows(octets, text);
      Pending pending = direction == Direction.SENT ? sent : received;
      pending.decode(octets, text, ends.datagrams());
      write(text);
    }

    private static void appendRows(Payload octets, StringBuilder text) {
      int digits = octets.length() > 0x10000 ? 8 : 4;
      for (int at = 0; at < octets.length(); at += ROW) {
        int from = octets.offset() + at;
        int count = Math.min(ROW, octets.length() - at);
        text.append("  ").append(HexFormat.of().toHexDigits(at, digits)).append("  ");
        text.append(HEX.formatHex(octets.array(), from, from + count)).append('\n');
      }
    }
  }

  /** What has come in one direction and is not decoded yet. */
  private final class Pending {
    private byte[] kept = new byte[0];

    void decode(Payload octets, StringBuilder text, boolean whole) {
      Payload all = append(octets);
      int at = 0;
      while (at < all.length()) {
        Decoded decoded = decoder.decode(all.slice(at, all.length() - at));
        if (decoded == null) {
          break;
        }
        remark(decoded.text(), text);
        at += Math.max(1, Math.min(decoded.length(), all.length() - at));
      }
      int rest = all.length() - at;
      boolean given = whole || rest > MAX_PENDING;
      // One octet more is the closing flag of HDLC, which might have opened another frame.
      if (given && rest > 1) {
        remark("not whole: " + rest + " octets", text);
      }
      kept = given ? new byte[0] : all.slice(at, rest).toByteArray();
    }

    private Payload append(Payload octets) {
      if (kept.length == 0) {
        return octets;
      }
      byte[] all = Arrays.copyOf(kept, kept.length + octets.length());
      System.arraycopy(octets.array(), octets.offset(), all, kept.length, octets.length());
      return Payload.of(all);
    }

    private static void remark(String words, StringBuilder text) {
      if (!words.isEmpty()) {
        text.append("  ").append(words).append('\n');
      }
    }
  }
}
