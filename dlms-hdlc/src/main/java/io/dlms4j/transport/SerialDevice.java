package io.dlms4j.transport;

import io.dlms4j.iec21.LineSettings;
import io.dlms4j.link.Payload;
import java.io.IOException;

/** An open serial port, as {@link SerialLine} needs it. */
interface SerialDevice {
  /** Opens a port. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a port, blocking.
     *
     * @throws LineException if it cannot be opened: which port, and why
     */
    SerialDevice open(String port, LineSettings line);
  }

  /** Whether octets arrive at once, whatever the speed. */
  boolean isInstant();

  /**
   * Changes speed and character format.
   *
   * @throws IOException if the port refuses
   */
  void configure(LineSettings line) throws IOException;

  /** Waits for octets; gives how many came, or -1 if the port is closed or gone. */
  int read(byte[] buffer);

  /**
   * Sends octets, and waits until the port says that they have left.
   *
   * @throws IOException if the port is closed or gone
   */
  void write(Payload octets) throws IOException;

  /** Ends a {@link #read} that waits. Closing again does nothing. */
  void close();
}
