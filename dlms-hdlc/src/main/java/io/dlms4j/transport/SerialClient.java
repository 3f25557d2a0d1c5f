package io.dlms4j.transport;

import io.dlms4j.iec21.Iec21Client;
import io.dlms4j.iec21.Iec21ClientConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import java.util.concurrent.CompletionStage;

/**
 * Makes a serial line for a link whose side begins. Needs jSerialComm.
 *
 * <p>The line has a thread of its own, on which link and user are called, and which also writes to
 * the port. The link is told when a frame has gone out at the speed of the line, so that response
 * time-outs count from there. The line is closed again when all connections of the link are down.
 */
public final class SerialClient {
  private SerialClient() {}

  /**
   * Opens a port for HDLC without more ado, and sets the link up.
   *
   * @param settings which port, and its speed and character format
   * @param link a link that nothing else runs
   * @param user the layer above it
   * @return completes on the line's thread: with the line, before the link does anything; or with a
   *     {@link LineException} that says which port, and why not
   */
  public static CompletionStage<LineDriver> open(
      SerialSettings settings, Link link, LinkUser user) {
    return open(settings, SerialPortDevice::open, link, user);
  }

  static CompletionStage<LineDriver> open(
      SerialSettings settings, SerialDevice.Opener opener, Link link, LinkUser user) {
    return new SerialLine(
            settings,
            SerialLine.machineClock(),
            true,
            null,
            Link.NEVER,
            line -> new Attachment(link, user))
        .open(opener);
  }

  /**
   * Opens a port, opens HDLC on it by mode E of IEC 62056-21, and sets the link up.
   *
   * @param settings which port
   * @param opening whom to ask; its purpose must be {@link Iec21ClientConfig.Purpose#HDLC}
   * @param link a link that nothing else runs
   * @param user the layer above it
   * @return completes on the line's thread: with the line when it has been handed over to HDLC,
   *     before the link does anything; or with a {@link LineException} that says which port, and
   *     why not
   * @throws IllegalArgumentException if the opening has another purpose
   */
  public static CompletionStage<LineDriver> openModeE(
      SerialSettings settings, Iec21ClientConfig opening, Link link, LinkUser user) {
    return openModeE(settings, SerialPortDevice::open, opening, link, user);
  }

  static CompletionStage<LineDriver> openModeE(
      SerialSettings settings,
      SerialDevice.Opener opener,
      Iec21ClientConfig opening,
      Link link,
      LinkUser user) {
    if (opening.purpose() != Iec21ClientConfig.Purpose.HDLC) {
      throw new IllegalArgumentException("the opening is for " + opening.purpose());
    }
    return new SerialLine(
            settings,
            SerialLine.machineClock(),
            true,
            options -> new Iec21Client(opening, options),
            Link.NEVER,
            line -> new Attachment(link, user))
        .open(opener);
  }
}
