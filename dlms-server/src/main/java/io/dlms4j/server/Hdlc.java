package io.dlms4j.server;

import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.Link;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The 3-layer, connection-oriented, HDLC-based profile (Green Book 8; IEC 62056-46), server side.
 * Immutable.
 *
 * @param parameters the most that is agreed to in UA, as the server sees it
 * @param inactivityTimeout how long a silent client keeps its connection; zero is for ever
 */
public record Hdlc(HdlcParameters parameters, Duration inactivityTimeout) implements LinkProfile {
  private static final HdlcParameters MOST = new HdlcParameters(1010, 1010);
  private static final Duration INACTIVITY_TIMEOUT = Duration.ofSeconds(20);

  /**
   * What the vendor's meters have (vendor's DLMS description, 2.5): information fields of 1010
   * octets, window 1, inactivity time-out 20 s.
   *
   * @return the profile
   */
  public static Hdlc defaults() {
    return new Hdlc(MOST, INACTIVITY_TIMEOUT);
  }

  @Override
  public Link newLink(List<PhysicalDevice> devices) {
    HdlcSecondaryConfig.Builder config =
        HdlcSecondaryConfig.builder().parameters(parameters).inactivityTimeout(inactivityTimeout);
    for (PhysicalDevice device : devices) {
      config.device(
          device.physicalAddress(),
          device.logicalDevices().stream().map(LogicalDevice::sap).collect(Collectors.toSet()));
    }
    return new HdlcSecondary(config.build());
  }
}
