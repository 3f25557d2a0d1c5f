package io.dlms4j.cosem.association;

/**
 * How a client makes one request: immutable, begun with {@link #DEFAULT}.
 *
 * @param confirmed whether the server is to answer. A GET, a Read and the blocks of a long request
 *     cannot go without answers; what is not confirmed ends when it has been sent
 * @param priority high or normal, where the association manages priorities
 * @param paced for the value of a single attribute: each block after the first is asked for only
 *     when {@link ClientAssociation#proceed} is called, so that no more than one block is ever
 *     ahead of its consumer and the value may be of any length. What comes by general block
 *     transfer comes as a whole all the same
 */
public record RequestOptions(boolean confirmed, Priority priority, boolean paced) {
  /** The priority of a request. */
  public enum Priority {
    /** As the association is configured. */
    CONFIGURED,
    /** Before requests of normal priority. */
    HIGH,
    /** In order. */
    NORMAL
  }

  /** Confirmed, with the configured priority, not paced. */
  public static final RequestOptions DEFAULT = new RequestOptions(true, Priority.CONFIGURED, false);

  /**
   * The same, without an answer.
   *
   * @return the changed options
   */
  public RequestOptions unconfirmed() {
    return new RequestOptions(false, priority, paced);
  }

  /**
   * The same with another priority.
   *
   * @param other the priority
   * @return the changed options
   */
  public RequestOptions withPriority(Priority other) {
    return new RequestOptions(confirmed, other, paced);
  }

  /**
   * The same, at the pace of the consumer.
   *
   * @return the changed options
   */
  public RequestOptions atConsumersPace() {
    return new RequestOptions(confirmed, priority, true);
  }
}
