package io.dlms4j.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a line that is to be made. Begin with {@link #defaults()}.
 *
 * @param connectTimeout how long the line may take to be made, 1 ms to 1 day; of no meaning to
 *     datagrams
 * @param recording what records the line, or null
 */
public record ConnectOptions(Duration connectTimeout, @Nullable Recording recording) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the time-out is not within its range
   */
  public ConnectOptions {
    if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "connect time-out " + connectTimeout + " is not within 1 ms.." + LONGEST);
    }
  }

  /**
   * Ten seconds, and no recording.
   *
   * @return the options
   */
  public static ConnectOptions defaults() {
    return new ConnectOptions(Duration.ofSeconds(10), null);
  }

  /**
   * The same with another time-out.
   *
   * @param timeout how long the line may take to be made, 1 ms to 1 day
   * @return the options
   * @throws IllegalArgumentException if the time-out is not within its range
   */
  public ConnectOptions withConnectTimeout(Duration timeout) {
    return new ConnectOptions(timeout, recording);
  }

  /**
   * The same with a recording.
   *
   * @param by what records the line
   * @return the options
   */
  public ConnectOptions withRecording(Recording by) {
    return new ConnectOptions(connectTimeout, by);
  }
}
