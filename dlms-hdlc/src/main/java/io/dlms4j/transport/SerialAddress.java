package io.dlms4j.transport;

import java.net.SocketAddress;
import java.util.Objects;

/** The address of a serial line: the name of its port on this side. */
public final class SerialAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  private final String port;

  /**
   * Names a port.
   *
   * @param port name of the port as the system has it
   */
  public SerialAddress(String port) {
    this.port = Objects.requireNonNull(port);
  }

  /**
   * The port.
   *
   * @return its name as the system has it
   */
  public String port() {
    return port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SerialAddress that && port.equals(that.port);
  }

  @Override
  public int hashCode() {
    return port.hashCode();
  }

  @Override
  public String toString() {
    return port;
  }
}
