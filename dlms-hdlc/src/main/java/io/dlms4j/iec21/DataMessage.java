package io.dlms4j.iec21;

/**
 * The data message {@code STX text ETX BCC} of a readout or of the programming mode (IEC 62056-21,
 * 6.3.1); what the text says, {@link DataSetReader} reads.
 *
 * @param text printable characters, CR and LF: a data block with {@code ! CR LF} at its end in a
 *     readout, data sets or an error message in the programming mode
 * @param last false if this is a partial block, ended by EOT instead of ETX, and another follows
 */
public record DataMessage(String text, boolean last) implements Iec21Message {
  /**
   * Checks the characters.
   *
   * @throws IllegalArgumentException if there are other ones
   */
  public DataMessage {
    Checks.requireText(text, "text");
  }
}
