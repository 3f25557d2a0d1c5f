package io.dlms4j.iec21;

/**
 * The request message {@code / ? address ! CR LF} with which a client begins (IEC 62056-21, 6.3.1).
 *
 * @param deviceAddress up to 32 digits, letters and blanks; empty for whichever device there is
 */
public record SignOnRequest(String deviceAddress) implements Iec21Message {
  static final int MAX_ADDRESS_LENGTH = 32;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if it is too long or has other characters
   */
  public SignOnRequest {
    requireAddress(deviceAddress);
  }

  static void requireAddress(String deviceAddress) {
    Checks.requireWithin(deviceAddress.length(), 0, MAX_ADDRESS_LENGTH, "length of deviceAddress");
    for (int i = 0; i < deviceAddress.length(); i++) {
      if (!isAddressCharacter(deviceAddress.charAt(i))) {
        throw new IllegalArgumentException(
            "deviceAddress has " + Ascii.show(deviceAddress.charAt(i)));
      }
    }
  }

  static boolean isAddressCharacter(int character) {
    return Ascii.isDigit(character) || Ascii.isLetter(character) || character == ' ';
  }

  /**
   * Whether a device is meant: by an empty address every one is, and leading zeros do not count
   * (IEC 62056-21, 6.3.2, device address).
   *
   * @param own the device's address
   * @return whether it has to answer
   */
  public boolean addresses(String own) {
    return deviceAddress.isEmpty() || significant(deviceAddress).equals(significant(own));
  }

  private static String significant(String address) {
    int zeros = 0;
    while (zeros < address.length() && address.charAt(zeros) == '0') {
      zeros++;
    }
    return address.substring(zeros);
  }
}
