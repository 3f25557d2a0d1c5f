package io.dlms4j.wrapper;

import java.time.Duration;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What a server's side of a wrapper link must know; made by {@link #builder}.
 *
 * @param serverWPorts says which wPorts are those of logical devices; may change its mind, for a
 *     link asks at every unit
 * @param inactivityTimeout how long nothing may come from a client before its connection ends; zero
 *     for ever (Blue Book, TCP-UDP setup, inactivity_time_out)
 * @param maxConnections how many connections there may be at a time on one line
 * @param maxPayloadLength longest payload in either direction, 1..65535 octets
 */
public record WrapperServerConfig(
    IntPredicate serverWPorts,
    Duration inactivityTimeout,
    int maxConnections,
    int maxPayloadLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a setting is not within its range
   */
  public WrapperServerConfig {
    Limits.requireNotNegative(inactivityTimeout, "inactivityTimeout");
    Limits.requireWithin(maxConnections, 1, 100_000, "maxConnections");
    Limits.requireWithin(maxPayloadLength, 1, Wpdu.MAX_DATA_LENGTH, "maxPayloadLength");
  }

  /**
   * Begins a configuration.
   *
   * @param serverWPorts the logical devices, 1..65535 and not {@link WPort#ALL_STATION}
   * @return a builder with the defaults of every other setting
   * @throws IllegalArgumentException if there is no logical device, or a wPort stands for nobody or
   *     everybody
   */
  public static Builder builder(Set<Integer> serverWPorts) {
    Set<Integer> copy = Set.copyOf(serverWPorts);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("a server has one logical device at least");
    }
    copy.forEach(WrapperServerConfig::requireWPort);
    return new Builder(copy::contains);
  }

  /**
   * Begins a configuration for logical devices that come and go.
   *
   * @param serverWPorts says which wPorts are theirs; asked on the thread of the link
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(IntPredicate serverWPorts) {
    return new Builder(serverWPorts);
  }

  /**
   * Checks the wPort of a logical device.
   *
   * @param wPort the wPort
   * @throws IllegalArgumentException if it stands for nobody or everybody
   */
  public static void requireWPort(int wPort) {
    Limits.requireStation(wPort, "serverWPort");
    if (wPort == WPort.ALL_STATION) {
      throw new IllegalArgumentException("serverWPort 127 stands for all logical devices");
    }
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final IntPredicate serverWPorts;
    private Duration inactivityTimeout = Duration.ofMinutes(3);
    private int maxConnections = 64;
    private int maxPayloadLength = Wpdu.MAX_DATA_LENGTH;

    private Builder(IntPredicate serverWPorts) {
      this.serverWPorts = serverWPorts;
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
     * @throws IllegalArgumentException if a setting is not within its range
     */
    public WrapperServerConfig build() {
      return new WrapperServerConfig(
          serverWPorts, inactivityTimeout, maxConnections, maxPayloadLength);
    }
  }
}
