package io.dlms4j.link;

/**
 * Who talks to whom on a link: one client application process and one logical device.
 *
 * @param clientSap service access point of the client: the HDLC client address or the wrapper's
 *     client wPort (Green Book 8.4.2.3 and 7.3.3)
 * @param serverSap service access point of the logical device: the upper HDLC address or the
 *     wrapper's server wPort
 * @param physicalDevice lower HDLC address, or {@link #NO_PHYSICAL_DEVICE} where the link or the
 *     form of address has none
 */
public record LinkAddress(int clientSap, int serverSap, int physicalDevice) {
  /** The address names no physical device: there is but one, or the link knows none. */
  public static final int NO_PHYSICAL_DEVICE = 0;

  /**
   * Checks the ranges that hold for every link.
   *
   * @throws IllegalArgumentException if a part is negative or wider than 16 bits
   */
  public LinkAddress {
    require(clientSap, "clientSap");
    require(serverSap, "serverSap");
    require(physicalDevice, "physicalDevice");
  }

  /**
   * An address without a physical device.
   *
   * @param clientSap service access point of the client
   * @param serverSap service access point of the logical device
   */
  public LinkAddress(int clientSap, int serverSap) {
    this(clientSap, serverSap, NO_PHYSICAL_DEVICE);
  }

  private static void require(int part, String name) {
    if (part < 0 || part > 0xFFFF) {
      throw new IllegalArgumentException(name + " " + part + " is not within 0..65535");
    }
  }
}
