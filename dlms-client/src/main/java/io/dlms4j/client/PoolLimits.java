package io.dlms4j.client;

/**
 * How many connections a {@link ClientPool} has at once. Begin with {@link #DEFAULT}.
 *
 * @param total all together, 1 or more
 * @param perHost to one host, whatever the port, 1 or more
 * @param perEndpoint to one host and port with the wrapper, 1 or more. On HDLC to one host and
 *     port, and on a serial port, it is always one, for the meters behind it share a line
 */
public record PoolLimits(int total, int perHost, int perEndpoint) {
  /** A thousand connections, a hundred of them to one host, ten to one port. */
  public static final PoolLimits DEFAULT = new PoolLimits(1000, 100, 10);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is not kept to
   */
  public PoolLimits {
    if (total < 1 || perHost < 1 || perEndpoint < 1) {
      throw new IllegalArgumentException(
          "a pool of "
              + total
              + " connections, "
              + perHost
              + " to a host, "
              + perEndpoint
              + " to a port");
    }
  }

  /**
   * The same with another limit for all together.
   *
   * @param connections 1 or more
   * @return the changed limits
   * @throws IllegalArgumentException if it is out of range
   */
  public PoolLimits withTotal(int connections) {
    return new PoolLimits(connections, perHost, perEndpoint);
  }

  /**
   * The same with another limit for a host.
   *
   * @param connections 1 or more
   * @return the changed limits
   * @throws IllegalArgumentException if it is out of range
   */
  public PoolLimits withPerHost(int connections) {
    return new PoolLimits(total, connections, perEndpoint);
  }

  /**
   * The same with another limit for a port with the wrapper.
   *
   * @param connections 1 or more
   * @return the changed limits
   * @throws IllegalArgumentException if it is out of range
   */
  public PoolLimits withPerEndpoint(int connections) {
    return new PoolLimits(total, perHost, connections);
  }
}
