package io.dlms4j.wrapper;

import java.time.Duration;

/**
 * What a client's side of a wrapper link must know; made by {@link #builder}.
 *
 * @param clientWPort the client application process, 1..65535
 * @param serverWPort the logical device, 1..65535
 * @param inactivityTimeout how long nothing may come before the connection ends; zero for ever
 * @param maxPayloadLength longest payload in either direction, 1..65535 octets
 */
public record WrapperClientConfig(
    int clientWPort, int serverWPort, Duration inactivityTimeout, int maxPayloadLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a wPort is nobody's, or a setting is not within its range
   */
  public WrapperClientConfig {
    Limits.requireStation(clientWPort, "clientWPort");
    Limits.requireStation(serverWPort, "serverWPort");
    Limits.requireNotNegative(inactivityTimeout, "inactivityTimeout");
    Limits.requireWithin(maxPayloadLength, 1, Wpdu.MAX_DATA_LENGTH, "maxPayloadLength");
  }

  /**
   * Begins a configuration.
   *
   * @param clientWPort the client application process, 1..65535
   * @param serverWPort the logical device, 1..65535
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(int clientWPort, int serverWPort) {
    return new Builder(clientWPort, serverWPort);
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final int clientWPort;
    private final int serverWPort;
    private Duration inactivityTimeout = Duration.ZERO;
    private int maxPayloadLength = Wpdu.MAX_DATA_LENGTH;

    private Builder(int clientWPort, int serverWPort) {
      this.clientWPort = clientWPort;
      this.serverWPort = serverWPort;
    }

    /**
     * How long nothing may come before the connection ends; for ever unless set.
     *
     * @param timeout a duration, zero for ever
     * @return this
     */
    public Builder inactivityTimeout(Duration timeout) {
      inactivityTimeout = timeout;
      return this;
    }

    /**
     * Longest payload in either direction; 65535 octets unless set.
     *
     * @param octets 1..65535
     * @return this
     */
    public Builder maxPayloadLength(int octets) {
      maxPayloadLength = octets;
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a setting is not within its range
     */
    public WrapperClientConfig build() {
      return new WrapperClientConfig(clientWPort, serverWPort, inactivityTimeout, maxPayloadLength);
    }
  }
}
