package io.dlms4j.ber;

/**
 * Octets from a peer are not what BER or the expected component asks for. It is what {@link
 * BerReader} throws for bad input, and nothing else is.
 */
public final class BerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String clause;

  /**
   * Says what is wrong.
   *
   * @param offset which octet is at fault, from the start of what the outermost reader was given
   * @param what what is wrong, in words
   * @param clause where a standard asks for it
   */
  public BerException(int offset, String what, String clause) {
    super(what + " (octet " + offset + ", " + clause + ")");
    this.offset = offset;
    this.clause = clause;
  }

  /**
   * Where the fault is.
   *
   * @return number of octets before it
   */
  public int offset() {
    return offset;
  }

  /**
   * Which clause of which standard the octets break.
   *
   * @return the clause
   */
  public String clause() {
    return clause;
  }
}
