package io.dlms4j.cosem.apdu;

/**
 * Long-Invoke-Id-And-Priority: pairs ACCESS and DataNotification with their answers (Green Book
 * 9.5).
 *
 * @param bits as on the wire, 0..2^32-1: bits 0..23 long-invoke-id, bit 28 self-descriptive, bit 29
 *     processing-option (1 break on error), bit 30 service-class (1 confirmed), bit 31 priority (1
 *     high); the reserved bits are kept, so that an answer repeats what it was asked with
 */
public record LongInvokeIdAndPriority(long bits) {
  private static final long LONG_INVOKE_ID = 0xFF_FFFFL;
  private static final long SELF_DESCRIPTIVE = 1L << 28;
  private static final long BREAK_ON_ERROR = 1L << 29;
  private static final long CONFIRMED = 1L << 30;
  private static final long HIGH_PRIORITY = 1L << 31;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is no Unsigned32
   */
  public LongInvokeIdAndPriority {
    if (bits < 0 || bits > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "long-invoke-id-and-priority " + bits + " is no Unsigned32");
    }
  }

  /**
   * Puts the usual fields together; neither self-descriptive nor breaking on an error.
   *
   * @param longInvokeId 0..2^24-1
   * @param confirmed whether the service class is confirmed
   * @param highPriority whether the priority is high
   * @return the four octets
   * @throws IllegalArgumentException if the long-invoke-id is out of range
   */
  public static LongInvokeIdAndPriority of(
      int longInvokeId, boolean confirmed, boolean highPriority) {
    if (longInvokeId < 0 || longInvokeId > LONG_INVOKE_ID) {
      throw new IllegalArgumentException(
          "long-invoke-id " + longInvokeId + " is not within 0..16777215");
    }
    return new LongInvokeIdAndPriority(
        longInvokeId | (confirmed ? CONFIRMED : 0) | (highPriority ? HIGH_PRIORITY : 0));
  }

  /**
   * The number that pairs a request with its answer.
   *
   * @return 0..2^24-1
   */
  public int longInvokeId() {
    return (int) (bits & LONG_INVOKE_ID);
  }

  /**
   * Whether an ACCESS response repeats the specifications it answers.
   *
   * @return bit 28
   */
  public boolean isSelfDescriptive() {
    return (bits & SELF_DESCRIPTIVE) != 0;
  }

  /**
   * Whether the server stops at the first item of the list that fails.
   *
   * @return bit 29
   */
  public boolean breaksOnError() {
    return (bits & BREAK_ON_ERROR) != 0;
  }

  /**
   * Whether the service class is confirmed.
   *
   * @return bit 30
   */
  public boolean isConfirmed() {
    return (bits & CONFIRMED) != 0;
  }

  /**
   * Whether the priority is high.
   *
   * @return bit 31
   */
  public boolean isHighPriority() {
    return (bits & HIGH_PRIORITY) != 0;
  }
}
