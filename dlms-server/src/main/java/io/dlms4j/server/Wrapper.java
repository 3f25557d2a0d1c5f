package io.dlms4j.server;

import io.dlms4j.link.Link;
import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperServerConfig;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.time.Duration;

/**
 * The COSEM wrapper (IEC 62056-47; Green Book 7), server side, for TCP and UDP. It addresses
 * logical devices by their SAPs alone, so that no two devices behind one port may have the same.
 * Immutable.
 *
 * @param inactivityTimeout how long a silent client keeps its connection; zero is for ever
 */
public record Wrapper(Duration inactivityTimeout) implements LinkProfile {
  private static final Duration INACTIVITY_TIMEOUT = Duration.ofMinutes(3);

  /**
   * An inactivity time-out of three minutes.
   *
   * @return the profile
   */
  public static Wrapper defaults() {
    return new Wrapper(INACTIVITY_TIMEOUT);
  }

  @Override
  public Link newLink(DeviceSet devices) {
    return new WrapperStreamLink(config(devices));
  }

  /**
   * Makes a link for datagrams.
   *
   * @param devices the physical devices behind the line
   * @return a link of its own for one client's datagrams
   */
  public Link newDatagramLink(DeviceSet devices) {
    return new WrapperDatagramLink(config(devices));
  }

  @Override
  public void check(DeviceSet there, PhysicalDevice device) {
    for (LogicalDevice logical : device.logicalDevices()) {
      WrapperServerConfig.requireWPort(logical.sap());
      if (there.hasSap(logical.sap(), device)) {
        throw new IllegalArgumentException(
            "two devices have SAP " + logical.sap() + ", which the wrapper cannot tell apart");
      }
    }
  }

  private WrapperServerConfig config(DeviceSet devices) {
    return WrapperServerConfig.builder(sap -> devices.deviceOfSap(sap).isPresent())
        .inactivityTimeout(inactivityTimeout)
        .build();
  }
}
