package io.dlms4j.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of the lines that a server takes. Begin with {@link #defaults()}.
 *
 * @param maxLines how many lines there may be at a time
 * @param idleTimeout how long nothing may come over a line before it is closed, whatever its link
 *     thinks of it; zero for ever, which only a stream can have
 * @param recording what records the lines, or null
 * @param maxLinesPerHost how many of the lines may come from one address, so that one client cannot
 *     keep the others out; on TCP only
 * @param slowReaderTimeout how long a peer may leave octets where they are that were sent to it, so
 *     that more than a write buffer waits, before its line is cut; zero for ever; on TCP only
 */
public record BindOptions(
    int maxLines,
    Duration idleTimeout,
    @Nullable Recording recording,
    int maxLinesPerHost,
    Duration slowReaderTimeout) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is to be room for no line, or a time-out is negative
   *     or longer than a year
   */
  public BindOptions {
    if (maxLines < 1 || maxLinesPerHost < 1) {
      throw new IllegalArgumentException(
          "maxLines " + Math.min(maxLines, maxLinesPerHost) + " is not positive");
    }
    requireTimeout("idle time-out", idleTimeout);
    requireTimeout("slow reader time-out", slowReaderTimeout);
  }

  private static void requireTimeout(String name, Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " " + timeout + " is not within 0.." + LONGEST);
    }
  }

  /**
   * Room for 1024 lines, which may be idle for ever, and no recording.
   *
   * @return the options
   */
  public static BindOptions defaults() {
    return new BindOptions(
        TcpServer.DEFAULT_MAX_CONNECTIONS, Duration.ZERO, null, Integer.MAX_VALUE, Duration.ZERO);
  }

  /**
   * The same with room for another number of lines.
   *
   * @param count how many lines there may be at a time, at least 1
   * @return the options
   * @throws IllegalArgumentException if there is to be room for no line
   */
  public BindOptions withMaxLines(int count) {
    return new BindOptions(count, idleTimeout, recording, maxLinesPerHost, slowReaderTimeout);
  }

  /**
   * The same with another time-out.
   *
   * @param timeout how long nothing may come over a line before it is closed; zero for ever
   * @return the options
   * @throws IllegalArgumentException if the time-out is negative or longer than a year
   */
  public BindOptions withIdleTimeout(Duration timeout) {
    return new BindOptions(maxLines, timeout, recording, maxLinesPerHost, slowReaderTimeout);
  }

  /**
   * The same with a recording.
   *
   * @param by what records the lines
   * @return the options
   */
  public BindOptions withRecording(Recording by) {
    return new BindOptions(maxLines, idleTimeout, by, maxLinesPerHost, slowReaderTimeout);
  }

  /**
   * The same with another number of lines from one address.
   *
   * @param count how many, at least 1
   * @return the options
   * @throws IllegalArgumentException if there is to be room for no line
   */
  public BindOptions withMaxLinesPerHost(int count) {
    return new BindOptions(maxLines, idleTimeout, recording, count, slowReaderTimeout);
  }

  /**
   * The same with another time for slow readers.
   *
   * @param timeout how long a peer may take nothing while much waits for it; zero for ever
   * @return the options
   * @throws IllegalArgumentException if the time-out is negative or longer than a year
   */
  public BindOptions withSlowReaderTimeout(Duration timeout) {
    return new BindOptions(maxLines, idleTimeout, recording, maxLinesPerHost, timeout);
  }
}
