package io.dlms4j.iec21;

/**
 * Characters that are no message, or no data set, of IEC 62056-21.
 *
 * <p>Thrown only where characters are read by a direct call; a machine asks for them again, ignores
 * them or ends.
 */
public final class Iec21Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int octetOffset;
  private final String clause;

  /**
   * Says what is wrong, and where.
   *
   * @param what what is wrong, as a phrase
   * @param octetOffset index of the first character at fault, counted from the first one read
   * @param clause where the standard asks for it
   */
  public Iec21Exception(String what, int octetOffset, String clause) {
    super(what + " (octet " + octetOffset + ", " + clause + ")");
    this.octetOffset = octetOffset;
    this.clause = clause;
  }

  /**
   * Where the fault is.
   *
   * @return index of the first character at fault, counted from the first one read
   */
  public int octetOffset() {
    return octetOffset;
  }

  /**
   * What asks for it to be otherwise.
   *
   * @return a clause of the standard
   */
  public String clause() {
    return clause;
  }
}
