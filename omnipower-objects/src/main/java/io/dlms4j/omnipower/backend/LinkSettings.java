package io.dlms4j.omnipower.backend;

/**
 * What clients may set of the HDLC link of a meter (IEC HDLC setup, 0.0.22.0.0.255; DLMS
 * description 2.5 and 3.9). Transmit and receive are seen by the meter.
 *
 * @param windowSizeTransmit frames that it sends without acknowledgement, 1..7
 * @param windowSizeReceive frames that it takes without acknowledgement, 1..7
 * @param maxInfoFieldLengthTransmit octets of the longest information field that it sends, 32..2030
 * @param maxInfoFieldLengthReceive octets of the longest information field that it takes, 32..2030
 * @param interOctetTimeOut milliseconds that the octets of a frame may be apart, 20..6000
 * @param inactivityTimeOut seconds that a connection may be silent, 0..65535; 0 is for ever
 * @param deviceAddress the lower HDLC address, 1..16381; not 126 and 127, which are reserved
 */
public record LinkSettings(
    int windowSizeTransmit,
    int windowSizeReceive,
    int maxInfoFieldLengthTransmit,
    int maxInfoFieldLengthReceive,
    int interOctetTimeOut,
    int inactivityTimeOut,
    int deviceAddress) {
  private static final int CALLING_DEVICE = 126;
  private static final int ALL_STATIONS = 127;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public LinkSettings {
    require(windowSizeTransmit, 1, 7, "window_size_transmit");
    require(windowSizeReceive, 1, 7, "window_size_receive");
    require(maxInfoFieldLengthTransmit, 32, 2030, "max_info_field_length_transmit");
    require(maxInfoFieldLengthReceive, 32, 2030, "max_info_field_length_receive");
    require(interOctetTimeOut, 20, 6000, "inter_octet_time_out");
    require(inactivityTimeOut, 0, 0xFFFF, "inactivity_time_out");
    require(deviceAddress, 1, 16_381, "device_address");
    if (deviceAddress == CALLING_DEVICE || deviceAddress == ALL_STATIONS) {
      throw new IllegalArgumentException("device_address " + deviceAddress + " is reserved");
    }
  }

  private static void require(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + least + ".." + most);
    }
  }
}
