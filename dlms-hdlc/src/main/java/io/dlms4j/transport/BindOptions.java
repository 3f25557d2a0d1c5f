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
 */
public record BindOptions(int maxLines, Duration idleTimeout, @Nullable Recording recording) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is to be room for no line, or the time-out is
   *     negative or longer than a year
   */
  public BindOptions {
    if (maxLines < 1) {
      throw new IllegalArgumentException("maxLines " + maxLines + " is not positive");
    }
    if (idleTimeout.isNegative() || idleTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "idle time-out " + idleTimeout + " is not within 0.." + LONGEST);
    }
  }

  /**
   * Room for 1024 lines, which may be idle for ever, and no recording.
   *
   * @return the options
   */
  public static BindOptions defaults() {
    return new BindOptions(TcpServer.DEFAULT_MAX_CONNECTIONS, Duration.ZERO, null);
  }

  /**
   * The same with room for another number of lines.
   *
   * @param count how many lines there may be at a time, at least 1
   * @return the options
   * @throws IllegalArgumentException if there is to be room for no line
   */
  public BindOptions withMaxLines(int count) {
    return new BindOptions(count, idleTimeout, recording);
  }

  /**
   * The same with another time-out.
   *
   * @param timeout how long nothing may come over a line before it is closed; zero for ever
   * @return the options
   * @throws IllegalArgumentException if the time-out is negative or longer than a year
   */
  public BindOptions withIdleTimeout(Duration timeout) {
    return new BindOptions(maxLines, timeout, recording);
  }

  /**
   * The same with a recording.
   *
   * @param by what records the lines
   * @return the options
   */
  public BindOptions withRecording(Recording by) {
    return new BindOptions(maxLines, idleTimeout, by);
  }
}
