package io.dlms4j.server;

import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.hdlc.HdlcStations;
import io.dlms4j.link.Link;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The 3-layer, connection-oriented, HDLC-based profile (Green Book 8; IEC 62056-46), server side.
 * Immutable.
 *
 * @param maxInformationFieldLengthTransmit octets of the longest information field that the server
 *     sends, 1..2030
 * @param maxInformationFieldLengthReceive octets of the longest information field that the server
 *     takes, 1..2030
 * @param windowSizeTransmit frames that the server sends without acknowledgement, 1..7
 * @param windowSizeReceive frames that the server takes without acknowledgement, 1..7
 * @param inactivityTimeout how long a silent client keeps its connection; zero is for ever
 * @param interOctetTimeout how long the octets of one frame may be apart
 */
public record Hdlc(
    int maxInformationFieldLengthTransmit,
    int maxInformationFieldLengthReceive,
    int windowSizeTransmit,
    int windowSizeReceive,
    Duration inactivityTimeout,
    Duration interOctetTimeout)
    implements LinkProfile {
  private static final int INFORMATION_FIELD = 1010;
  private static final Duration INACTIVITY_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration INTER_OCTET_TIMEOUT = Duration.ofMillis(500);

  /**
   * Settings with windows of 1.
   *
   * @param maxInformationFieldLengthTransmit octets of the longest information field that the
   *     server sends, 1..2030
   * @param maxInformationFieldLengthReceive octets of the longest information field that the server
   *     takes, 1..2030
   * @param inactivityTimeout how long a silent client keeps its connection; zero is for ever
   * @param interOctetTimeout how long the octets of one frame may be apart
   */
  public Hdlc(
      int maxInformationFieldLengthTransmit,
      int maxInformationFieldLengthReceive,
      Duration inactivityTimeout,
      Duration interOctetTimeout) {
    this(
        maxInformationFieldLengthTransmit,
        maxInformationFieldLengthReceive,
        1,
        1,
        inactivityTimeout,
        interOctetTimeout);
  }

  /**
   * What the vendor's meters have (vendor's DLMS description, 2.5): information fields of 1010
   * octets, inactivity time-out 20 s, inter-octet time-out 500 ms.
   *
   * @return the profile
   */
  public static Hdlc defaults() {
    return new Hdlc(INFORMATION_FIELD, INFORMATION_FIELD, INACTIVITY_TIMEOUT, INTER_OCTET_TIMEOUT);
  }

  @Override
  public Link newLink(DeviceSet devices) {
    HdlcSecondaryConfig.Builder config =
        HdlcSecondaryConfig.builder()
            .parameters(
                new HdlcParameters(
                    maxInformationFieldLengthTransmit,
                    maxInformationFieldLengthReceive,
                    windowSizeTransmit,
                    windowSizeReceive))
            .inactivityTimeout(inactivityTimeout)
            .interOctetTimeout(interOctetTimeout)
            .stations(new Stations(devices));
    return new HdlcSecondary(config.build());
  }

  @Override
  public void check(DeviceSet there, PhysicalDevice device) {
    HdlcSecondaryConfig.requireDevice(
        device.physicalAddress(),
        device.logicalDevices().stream().map(LogicalDevice::sap).collect(Collectors.toSet()));
  }

  private record Stations(DeviceSet devices) implements HdlcStations {
    @Override
    public boolean has(int physicalAddress, int logicalAddress) {
      return devices
          .device(physicalAddress)
          .flatMap(device -> device.logicalDevice(logicalAddress))
          .isPresent();
    }

    @Override
    public int onlyDevice() {
      PhysicalDevice only = devices.only();
      return only == null ? NOT_ONE : only.physicalAddress();
    }

    @Override
    public NavigableMap<Integer, Set<Integer>> all() {
      return devices.saps();
    }
  }
}
