package io.dlms4j.wrapper;

/**
 * Octets that are no wrapper protocol data unit.
 *
 * <p>Thrown only where octets are read by a direct call; a link discards them or gives up its
 * stream.
 */
public final class WrapperException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int octetOffset;
  private final String clause;

  /**
   * Says what is wrong, and where.
   *
   * @param what what is wrong, as a phrase
   * @param octetOffset index of the first octet at fault, counted from the first octet read
   * @param clause where the standard asks for it
   */
  public WrapperException(String what, int octetOffset, String clause) {
    super(what + " (octet " + octetOffset + ", " + clause + ")");
    this.octetOffset = octetOffset;
    this.clause = clause;
  }

  /**
   * Where the fault is.
   *
   * @return index of the first octet at fault, counted from the first octet read
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
