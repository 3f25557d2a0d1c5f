package io.dlms4j.cosem.apdu;

/**
 * Invoke-Id-And-Priority: which request an answer belongs to (Green Book 9.5).
 *
 * @param octet as on the wire: bits 0..3 invoke-id, bit 6 service-class (1 confirmed), bit 7
 *     priority (1 high); the reserved bits 4 and 5 are kept, so that an answer repeats what it was
 *     asked with
 */
public record InvokeIdAndPriority(int octet) {
  private static final int INVOKE_ID = 0x0F;
  private static final int CONFIRMED = 0x40;
  private static final int HIGH_PRIORITY = 0x80;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is no octet
   */
  public InvokeIdAndPriority {
    if (octet < 0 || octet > 0xFF) {
      throw new IllegalArgumentException("invoke-id-and-priority " + octet + " is no octet");
    }
  }

  /**
   * Puts the fields together.
   *
   * @param invokeId 0..15
   * @param confirmed whether the service class is confirmed
   * @param highPriority whether the priority is high
   * @return the octet
   * @throws IllegalArgumentException if the invoke-id is not within 0..15
   */
  public static InvokeIdAndPriority of(int invokeId, boolean confirmed, boolean highPriority) {
    if (invokeId < 0 || invokeId > INVOKE_ID) {
      throw new IllegalArgumentException("invoke-id " + invokeId + " is not within 0..15");
    }
    return new InvokeIdAndPriority(
        invokeId | (confirmed ? CONFIRMED : 0) | (highPriority ? HIGH_PRIORITY : 0));
  }

  /**
   * The number that pairs a request with its answer.
   *
   * @return 0..15
   */
  public int invokeId() {
    return octet & INVOKE_ID;
  }

  /**
   * Whether the service class is confirmed.
   *
   * @return bit 6
   */
  public boolean isConfirmed() {
    return (octet & CONFIRMED) != 0;
  }

  /**
   * Whether the priority is high.
   *
   * @return bit 7
   */
  public boolean isHighPriority() {
    return (octet & HIGH_PRIORITY) != 0;
  }
}
