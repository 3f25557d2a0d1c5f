package io.dlms4j.wrapper;

/**
 * The wrapper port numbers that are reserved (Green Book 7.3.3.4). A wPort is an unsigned 16-bit
 * number: the service access point of a client application process or of a logical device.
 */
public final class WPort {
  /** Nobody, on either side. */
  public static final int NO_STATION = 0x0000;

  /** The client's management process. */
  public static final int CLIENT_MANAGEMENT_PROCESS = 0x0001;

  /** The public client. */
  public static final int PUBLIC_CLIENT = 0x0010;

  /** The management logical device, which every physical device has. */
  public static final int MANAGEMENT_LOGICAL_DEVICE = 0x0001;

  /** Every logical device of the server. */
  public static final int ALL_STATION = 0x007F;

  private WPort() {}
}
