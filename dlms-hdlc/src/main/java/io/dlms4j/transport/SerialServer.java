package io.dlms4j.transport;

import io.dlms4j.iec21.Iec21Server;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.link.Link;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Runs the link of a server on a serial line. Needs jSerialComm.
 *
 * <p>The line has a thread of its own, on which link and user are called. It stays open when the
 * connections of its link go down: the client may begin anew.
 */
public final class SerialServer {
  private static final Duration LONGEST = Duration.ofDays(1);

  private SerialServer() {}

  /**
   * Opens a port for HDLC without more ado.
   *
   * @param settings which port, and its speed and character format
   * @param attach makes link and user, on the caller's thread, which gets what it throws
   * @return completes on the line's thread: with the line; or with a {@link LineException} that
   *     says which port, and why not
   */
  public static CompletionStage<LineDriver> open(
      SerialSettings settings, Function<LineDriver, Attachment> attach) {
    return open(settings, SerialPortDevice::open, attach);
  }

  static CompletionStage<LineDriver> open(
      SerialSettings settings,
      SerialDevice.Opener opener,
      Function<LineDriver, Attachment> attach) {
    return new SerialLine(settings, SerialLine.machineClock(), false, null, Link.NEVER, attach)
        .open(opener);
  }

  /**
   * Opens a port, and waits on it for clients that open HDLC by mode E of IEC 62056-21. A client
   * that goes without taking its connection down is noticed by the link's inactivity time-out only.
   *
   * @param settings which port
   * @param opening what the device says of itself
   * @param unconnected for how long the line stays with HDLC while there is no connection, before a
   *     new opening is waited for; a positive duration up to a day
   * @param attach makes link and user, on the caller's thread, which gets what it throws
   * @return completes on the line's thread: with the line; or with a {@link LineException} that
   *     says which port, and why not
   * @throws IllegalArgumentException if the duration is not within its range
   */
  public static CompletionStage<LineDriver> openModeE(
      SerialSettings settings,
      Iec21ServerConfig opening,
      Duration unconnected,
      Function<LineDriver, Attachment> attach) {
    return openModeE(settings, SerialPortDevice::open, opening, unconnected, attach);
  }

  static CompletionStage<LineDriver> openModeE(
      SerialSettings settings,
      SerialDevice.Opener opener,
      Iec21ServerConfig opening,
      Duration unconnected,
      Function<LineDriver, Attachment> attach) {
    if (unconnected.isZero() || unconnected.isNegative() || unconnected.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("unconnected " + unconnected + " is out of range");
    }
    return new SerialLine(
            settings,
            SerialLine.machineClock(),
            false,
            options -> new Iec21Server(opening, options),
            unconnected.toNanos(),
            attach)
        .open(opener);
  }
}
