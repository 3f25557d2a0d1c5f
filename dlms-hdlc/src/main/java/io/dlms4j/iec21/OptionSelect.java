package io.dlms4j.iec21;

/**
 * The acknowledgement and option select message {@code ACK V Z Y CR LF} (IEC 62056-21, 6.3.1).
 *
 * @param protocolControl V: {@code 0} normal, {@code 1} secondary, {@code 2} HDLC procedure
 * @param baudCharacter Z: the speed agreed to
 * @param modeControl Y: {@code 0} data readout, {@code 1} programming mode, {@code 2} binary mode
 *     (HDLC), {@code 6} to {@code 9} the manufacturer's own
 */
public record OptionSelect(char protocolControl, char baudCharacter, char modeControl)
    implements Iec21Message {
  /**
   * Checks the characters.
   *
   * @throws IllegalArgumentException if one is not printable
   */
  public OptionSelect {
    if (!Ascii.isPrintable(protocolControl)
        || !Ascii.isPrintable(baudCharacter)
        || !Ascii.isPrintable(modeControl)) {
      throw new IllegalArgumentException("a control character is not printable");
    }
  }

  /**
   * Asks for data readout.
   *
   * @param baudCharacter Z
   * @return {@code ACK 0 Z 0}
   */
  public static OptionSelect readout(char baudCharacter) {
    return new OptionSelect('0', baudCharacter, '0');
  }

  /**
   * Asks for the programming mode.
   *
   * @param baudCharacter Z
   * @return {@code ACK 0 Z 1}
   */
  public static OptionSelect programming(char baudCharacter) {
    return new OptionSelect('0', baudCharacter, '1');
  }

  /**
   * Asks for HDLC, mode E; the device confirms with the same message (IEC 62056-21, Annex E).
   *
   * @param baudCharacter Z
   * @return {@code ACK 2 Z 2}
   */
  public static OptionSelect hdlc(char baudCharacter) {
    return new OptionSelect('2', baudCharacter, '2');
  }
}
