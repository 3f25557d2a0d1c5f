package io.dlms4j.transport;

import io.dlms4j.iec21.LineSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which serial port, and what the line behind it is like.
 *
 * @param port name of the port as the system has it: {@code /dev/ttyUSB0}, {@code COM3}
 * @param line speed and character format of direct HDLC; an opening of mode E finds its own
 * @param softwareParity whether the parity of IEC 62056-21 is made and checked here, for an adapter
 *     that can only do 8N1
 * @param echo whether one's own octets come back, as they do on optical heads and two-wire lines
 * @param recording what records the line, opening and echo included; or null
 */
public record SerialSettings(
    String port,
    LineSettings line,
    boolean softwareParity,
    boolean echo,
    @Nullable Recording recording) {
  private static final int USUAL_BAUD_RATE = 9600;

  /**
   * A port at 9600 8N1, with a parity of its own and without echo.
   *
   * @param port name of the port as the system has it
   * @return the settings
   */
  public static SerialSettings of(String port) {
    return new SerialSettings(port, LineSettings.eightNoneOne(USUAL_BAUD_RATE), false, false, null);
  }

  /**
   * The same with another speed or character format.
   *
   * @param other what direct HDLC uses
   * @return the settings
   */
  public SerialSettings withLine(LineSettings other) {
    return new SerialSettings(port, other, softwareParity, echo, recording);
  }

  /**
   * The same with the parity of IEC 62056-21 made here, or not.
   *
   * @param whether it is
   * @return the settings
   */
  public SerialSettings withSoftwareParity(boolean whether) {
    return new SerialSettings(port, line, whether, echo, recording);
  }

  /**
   * The same with echo, or without.
   *
   * @param whether there is one
   * @return the settings
   */
  public SerialSettings withEcho(boolean whether) {
    return new SerialSettings(port, line, softwareParity, whether, recording);
  }

  /**
   * The same with a recording.
   *
   * @param by what records the line
   * @return the settings
   */
  public SerialSettings withRecording(Recording by) {
    return new SerialSettings(port, line, softwareParity, echo, by);
  }
}
