package io.dlms4j.hdlc;

import java.time.Duration;

/**
 * Limits of an {@link HdlcUnnumberedLink}. Begin with {@link #DEFAULT}.
 *
 * @param maxInformationFieldLength the longest information field that is sent, 32..2030 octets;
 *     what comes may be as long as a frame can be
 * @param interOctetTimeout how long the octets of a frame may be apart
 * @param segmentTimeout how long the segments of an APDU may be apart
 * @param maxPayloadLength the longest APDU that is put together or cut, 1..65535 octets
 */
public record HdlcUnnumberedConfig(
    int maxInformationFieldLength,
    Duration interOctetTimeout,
    Duration segmentTimeout,
    int maxPayloadLength) {
  /** Information fields of 1010 octets, a second between octets, five between segments. */
  public static final HdlcUnnumberedConfig DEFAULT =
      new HdlcUnnumberedConfig(1010, Duration.ofSeconds(1), Duration.ofSeconds(5), 0xFFFF);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a setting is not within its range
   */
  public HdlcUnnumberedConfig {
    Limits.requireWithin(
        maxInformationFieldLength,
        32,
        HdlcFrame.MAX_INFORMATION_FIELD_LENGTH,
        "maxInformationFieldLength");
    Limits.requirePositive(interOctetTimeout, "interOctetTimeout");
    Limits.requirePositive(segmentTimeout, "segmentTimeout");
    Limits.requireWithin(maxPayloadLength, 1, 0xFFFF, "maxPayloadLength");
  }

  /**
   * The same with another longest information field.
   *
   * @param octets 32..2030
   * @return the configuration
   * @throws IllegalArgumentException if it is out of range
   */
  public HdlcUnnumberedConfig withMaxInformationFieldLength(int octets) {
    return new HdlcUnnumberedConfig(octets, interOctetTimeout, segmentTimeout, maxPayloadLength);
  }
}
