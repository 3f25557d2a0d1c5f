package io.dlms4j.hdlc;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server's side of an HDLC line must know; made by {@link #builder}.
 *
 * @param stations physical devices on the line, and their logical devices
 * @param parameters the most that UA agrees to, seen by the server
 * @param inactivityTimeout how long a connection may be silent before it ends; zero for ever
 * @param interOctetTimeout how long the octets of a frame may be apart
 * @param answerTimeout how long the layer above may take before its client is told to ask again;
 *     must be shorter than the client's response time-out
 * @param maxConnections how many connections the line may have at a time; SNRM beyond them gets DM
 * @param maxPayloadLength longest payload in either direction, in octets
 */
public record HdlcSecondaryConfig(
    HdlcStations stations,
    HdlcParameters parameters,
    Duration inactivityTimeout,
    Duration interOctetTimeout,
    Duration answerTimeout,
    int maxConnections,
    int maxPayloadLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a duration or number is not within its range
   */
  public HdlcSecondaryConfig {
    Limits.requireNotNegative(inactivityTimeout, "inactivityTimeout");
    Limits.requirePositive(interOctetTimeout, "interOctetTimeout");
    Limits.requireNotNegative(answerTimeout, "answerTimeout");
    Limits.requireWithin(maxConnections, 1, 100_000, "maxConnections");
    Limits.requireWithin(maxPayloadLength, 1, Limits.MAX_PAYLOAD_LENGTH, "maxPayloadLength");
  }

  /**
   * Checks the addresses of a device.
   *
   * @param physical lower address
   * @param logicals upper addresses
   * @throws IllegalArgumentException if one stands for nobody, everybody or the calling device
   */
  public static void requireDevice(int physical, Set<Integer> logicals) {
    requireStation(physical, HdlcAddress.CALLING_PHYSICAL_DEVICE_LONG, "physical device");
    if (physical == HdlcAddress.CALLING_PHYSICAL_DEVICE) {
      throw new IllegalArgumentException("physical device 126 is reserved for the calling device");
    }
    for (int logical : logicals) {
      requireStation(logical, HdlcAddress.ALL_STATION_LONG, "logical device");
    }
  }

  private static void requireStation(int address, int end, String name) {
    if (address < 1 || address >= end || address == HdlcAddress.ALL_STATION) {
      throw new IllegalArgumentException(name + " " + address + " is reserved or out of range");
    }
  }

  /**
   * Begins a configuration.
   *
   * @return a builder with the defaults of every setting, and no device
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private final Map<Integer, Set<Integer>> devices = new TreeMap<>();
    private @Nullable HdlcStations stations;
    private HdlcParameters parameters = new HdlcParameters(1010, 1010);
    private Duration inactivityTimeout = Duration.ofSeconds(20);
    private Duration interOctetTimeout = Duration.ofMillis(500);
    private Duration answerTimeout = Duration.ofMillis(500);
    private int maxConnections = 64;
    private int maxPayloadLength = 65_536;

    private Builder() {}

    /**
     * Adds a physical device, or replaces the one of the same address.
     *
     * @param physicalAddress lower address, 1..16381 and not 126 or 127
     * @param logicalAddresses upper addresses, 1..16382 and not 127
     * @return this
     */
    public Builder device(int physicalAddress, Set<Integer> logicalAddresses) {
      devices.put(physicalAddress, Set.copyOf(logicalAddresses));
      return this;
    }

    /**
     * Sets who is on the line, where that changes, in place of the devices that are added one by
     * one.
     *
     * @param changing whom the link asks
     * @return this
     */
    public Builder stations(HdlcStations changing) {
      stations = changing;
      return this;
    }

    /**
     * The most that UA agrees to; 1010 octets and windows of 1 both ways unless set.
     *
     * @param most seen by the server
     * @return this
     */
    public Builder parameters(HdlcParameters most) {
      parameters = most;
      return this;
    }

    /**
     * How long a connection may be silent before it ends; 20 s unless set.
     *
     * @param timeout a duration, zero for ever
     * @return this
     */
    public Builder inactivityTimeout(Duration timeout) {
      inactivityTimeout = timeout;
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
     * How long the layer above may take to answer before its client is told to ask again; 500 ms
     * unless set.
     *
     * @param timeout a duration shorter than the client's response time-out
     * @return this
     */
    public Builder answerTimeout(Duration timeout) {
      answerTimeout = timeout;
      return this;
    }

    /**
     * How many connections the line may have at a time; 64 unless set.
     *
     * @param count 1..100000
     * @return this
     */
    public Builder maxConnections(int count) {
      maxConnections = count;
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
     * @throws IllegalArgumentException if there is no device, an address stands for nobody,
     *     everybody or the calling device, or a setting is not within its range
     */
    public HdlcSecondaryConfig build() {
      HdlcStations all = stations;
      if (all == null) {
        if (devices.isEmpty()) {
          throw new IllegalArgumentException("a server has one physical device at least");
        }
        devices.forEach(HdlcSecondaryConfig::requireDevice);
        all = HdlcStations.of(devices);
      }
      return new HdlcSecondaryConfig(
          all,
          parameters,
          inactivityTimeout,
          interOctetTimeout,
          answerTimeout,
          maxConnections,
          maxPayloadLength);
    }
  }
}
