package io.dlms4j.axdr;

/**
 * Octets from a peer are not what A-XDR or the expected type asks for. It is what every decoder of
 * this package throws for bad input, and nothing else is.
 */
public final class AxdrException extends RuntimeException {
  /** The value of {@link #offset()} where a tree is at fault, which has forgotten its octets. */
  public static final int NO_OFFSET = -1;

  private static final long serialVersionUID = 1L;

  /** What is wrong in general. */
  public enum Kind {
    /** The octets end too early: more of them could make the value good. */
    TRUNCATED,
    /** No further octets can make the value good. */
    MALFORMED,
    /** The value may be good, but it is larger or deeper than {@link DecodeLimits} allow. */
    LIMIT
  }

  private final Kind kind;
  private final int offset;
  private final String clause;
  private final String what;

  /**
   * Says what is wrong.
   *
   * @param kind what is wrong in general
   * @param offset which octet is at fault, from the start of what the decoder was given; or {@link
   *     #NO_OFFSET}
   * @param what what is wrong, in words
   * @param clause where a standard asks for it
   */
  public AxdrException(Kind kind, int offset, String what, String clause) {
    super(what + " (" + (offset < 0 ? "" : "octet " + offset + ", ") + clause + ")");
    this.kind = kind;
    this.offset = offset;
    this.clause = clause;
    this.what = what;
  }

  /**
   * What is wrong in general.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Where the fault is.
   *
   * @return number of octets before it, or {@link #NO_OFFSET}
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

  /** What is wrong, in words, without where. */
  String what() {
    return what;
  }
}
