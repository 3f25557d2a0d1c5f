package io.dlms4j.transport;

import java.time.InstantSource;
import java.util.function.Function;

/**
 * What records the lines of a client or a server: {@code Recording.with(log::line)}.
 *
 * @param recorders makes the recorder of a line that begins; called on the line's thread
 * @param time what the recorders are told of time; called on the lines' threads
 */
public record Recording(Function<LineEnds, LineRecorder> recorders, InstantSource time) {
  /**
   * A recording with the time of the system.
   *
   * @param recorders makes the recorder of a line that begins; called on the line's thread
   * @return the recording
   */
  public static Recording with(Function<LineEnds, LineRecorder> recorders) {
    return new Recording(recorders, InstantSource.system());
  }
}
