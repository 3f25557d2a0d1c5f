package io.dlms4j.hdlc;

import java.time.Duration;

/**
 * What a client's side of an HDLC line must know; made by {@link #builder}.
 *
 * @param clientSap address of the client application process, 1..126
 * @param server address of the logical device; its form is the form used on the line
 * @param parameters what SNRM offers, seen by the client
 * @param responseTimeout how long an answer may take to begin before the command goes again
 * @param retransmissions N2: how often a command goes again before the connection is given up
 * @param interOctetTimeout how long the octets of a frame may be apart
 * @param pollInterval how long to wait before asking a server again that had no answer yet
 * @param disconnectTime how long a server may take from its UA to NDM, before SNRM can follow DISC
 * @param maxPayloadLength longest payload in either direction, in octets
 */
public record HdlcPrimaryConfig(
    int clientSap,
    HdlcAddress server,
    HdlcParameters parameters,
    Duration responseTimeout,
    int retransmissions,
    Duration interOctetTimeout,
    Duration pollInterval,
    Duration disconnectTime,
    int maxPayloadLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if an address stands for nobody or everybody, a duration is
   *     not positive, or a number is not within its range
   */
  public HdlcPrimaryConfig {
    Limits.requireClient(clientSap);
    if (server.isNoStation() || server.isAllStation()) {
      throw new IllegalArgumentException("no connection can be made to " + server);
    }
    Limits.requirePositive(responseTimeout, "responseTimeout");
    Limits.requireWithin(retransmissions, 0, 1000, "retransmissions");
    Limits.requirePositive(interOctetTimeout, "interOctetTimeout");
    Limits.requirePositive(pollInterval, "pollInterval");
    Limits.requireNotNegative(disconnectTime, "disconnectTime");
    Limits.requireWithin(maxPayloadLength, 1, Limits.MAX_PAYLOAD_LENGTH, "maxPayloadLength");
  }

  /**
   * Begins a configuration.
   *
   * @param clientSap address of the client application process, 1..126
   * @param server address of the logical device
   * @return a builder with the defaults of every other setting
   */
  public static Builder builder(int clientSap, HdlcAddress server) {
    return new Builder(clientSap, server);
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final int clientSap;
    private final HdlcAddress server;
    private HdlcParameters parameters = new HdlcParameters(1010, 1010);
    private Duration responseTimeout = Duration.ofSeconds(2);
    private int retransmissions = 2;
    private Duration interOctetTimeout = Duration.ofMillis(500);
    private Duration pollInterval = Duration.ofMillis(200);
    private Duration disconnectTime = Duration.ofMillis(100);
    private int maxPayloadLength = 65_536;

    private Builder(int clientSap, HdlcAddress server) {
      this.clientSap = clientSap;
      this.server = server;
    }

    /**
     * What SNRM offers; 1010 octets and windows of 1 both ways unless set.
     *
     * @param offered seen by the client
     * @return this
     */
    public Builder parameters(HdlcParameters offered) {
      parameters = offered;
      return this;
    }

    /**
     * How long an answer may take to begin; 2 s unless set.
     *
     * @param timeout a positive duration
     * @return this
     */
    public Builder responseTimeout(Duration timeout) {
      responseTimeout = timeout;
      return this;
    }

    /**
     * How often a command goes again; 2 unless set.
     *
     * @param count 0..1000
     * @return this
     */
    public Builder retransmissions(int count) {
      retransmissions = count;
      return this;
    }

    /**
     * How long the octets of a frame may be apart; 500 ms unless set.
     *
     * @param timeout a positive duration
     * @return this
     */
    public Builder interOctetTimeout(Duration timeout) {
      interOctetTimeout = timeout;
      return this;
    }

    /**
     * How long to wait before asking again a server that had no answer yet; 200 ms unless set.
     *
     * @param interval a positive duration
     * @return this
     */
    public Builder pollInterval(Duration interval) {
      pollInterval = interval;
      return this;
    }

    /**
     * How long a server may take from its UA to NDM, during which no SNRM is sent; 100 ms unless
     * set.
     *
     * @param time a duration, zero for a server that needs none
     * @return this
     */
    public Builder disconnectTime(Duration time) {
      disconnectTime = time;
      return this;
    }

    /**
     * Longest payload in either direction; 65536 octets unless set.
     *
     * @param octets 1..16777216
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
    public HdlcPrimaryConfig build() {
      return new HdlcPrimaryConfig(
          clientSap,
          server,
          parameters,
          responseTimeout,
          retransmissions,
          interOctetTimeout,
          pollInterval,
          disconnectTime,
          maxPayloadLength);
    }
  }
}
