package io.dlms4j.omnipower;

/** The associations of the meter (vendor's DLMS description, 2.4.2 and 2.4.3). */
public enum OmnipowerAssociation {
  /** The public association: no security, 14 or 15 objects, none of them to be written. */
  PUBLIC(16, 16, 1),
  /** From the primary module's port, with low level security. */
  PRIMARY_MODULE(18, 18, 16),
  /** From the optical port, with low level security. */
  OPTICAL(19, 20, 16),
  /** From the consumer communication channel's module, with low level security. */
  CCC_MODULE(20, 19, 16);

  private final int clientSap;
  private final int clientSapOfF1;
  private final int serverSap;

  OmnipowerAssociation(int clientSap, int clientSapOfF1, int serverSap) {
    this.clientSap = clientSap;
    this.clientSapOfF1 = clientSapOfF1;
    this.serverSap = serverSap;
  }

  /**
   * Service access point of the client.
   *
   * @return 16..20
   */
  public int clientSap() {
    return clientSap;
  }

  /**
   * Service access point of the client of a meter with firmware F1, the first of OMNIPOWER, where
   * those of the optical port and of the module are exchanged.
   *
   * @return 16..20
   */
  public int clientSapOfFirmwareF1() {
    return clientSapOfF1;
  }

  /**
   * Service access point of the logical device.
   *
   * @return 1 for the management logical device, 16 for the electric meter
   */
  public int serverSap() {
    return serverSap;
  }
}
