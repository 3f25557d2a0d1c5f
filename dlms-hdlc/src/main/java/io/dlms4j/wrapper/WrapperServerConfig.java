package io.dlms4j.wrapper;

import java.time.Duration;
import java.util.Set;

/**
 * What a server's side of a wrapper link must know; made by {@link #builder}.
 *
 * @param serverWPorts the logical devices, 1..65535 and not {@link WPort#ALL_STATION}
 * @param inactivityTimeout how long nothing may come from a client before its connection ends; zero
 *     for ever (Blue Book, TCP-UDP setup, inactivity_time_out)
 * @param maxConnections how many connections there may be at a time on one line
 * @param maxPayloadLength longest payload in either direction, 1..65535 octets
 */
public record WrapperServerConfig(
    Set<Integer> serverWPorts,
    Duration inactivityTimeout,
    int maxConnections,
    int maxPayloadLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is no logical device, a wPort stands for nobody or
   *     everybody, or a setting is not within its range
   */
  public WrapperServerConfig {
    serverWPorts = Set.copyOf(serverWPorts);
    if (serverWPorts.isEmpty()) {
      throw new IllegalArgumentException("a server has one logical device at least");
    }
    for (int wPort : serverWPorts) {
      Limits.requireStation(wPort, "serverWPort");
      if (wPort == WPort.ALL_STATION) {
        throw new IllegalArgumentException("serverWPort 127 stands for all logical devices");
      }
    }
    Limits.requireNotNegative(inactivityTimeout, "inactivityTimeout");
    Limits.requireWithin(maxConnections, 1, 100_000, "maxConnections");
    Limits.requireWithin(maxPayloadLength, 1, Wpdu.MAX_DATA_LENGTH, "maxPayloadLength");
  }

  /**
   * Begins a configuration.
   *
   * @param serverWPorts the logical devices, 1..65535 and not {@link WPort#ALL_STATION}
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(Set<Integer> serverWPorts) {
    return new Builder(serverWPorts);
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final Set<Integer> serverWPorts;
    private Duration inactivityTimeout = Duration.ofMinutes(3);
    private int maxConnections = 64;
    private int maxPayloadLength = Wpdu.MAX_DATA_LENGTH;

    private Builder(Set<Integer> serverWPorts) {
      this.serverWPorts = Set.copyOf(serverWPorts);
    }

    /**
     * How long nothing may come from a client before its connection ends; 3 min unless set.
     *
     * @param timeout a duration, zero for ever
     * @return this
     */
    public Builder inactivityTimeout(Duration timeout) {
      inactivityTimeout = timeout;
      return this;
    }

    /**
     * How many connections there may be at a time on one line; 64 unless set.
     *
     * @param count 1..100000
     * @return this
     */
    public Builder maxConnections(int count) {
      maxConnections = count;
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
     * @throws IllegalArgumentException if there is no logical device or a setting is not within its
     *     range
     */
    public WrapperServerConfig build() {
      return new WrapperServerConfig(
          serverWPorts, inactivityTimeout, maxConnections, maxPayloadLength);
    }
  }
}
