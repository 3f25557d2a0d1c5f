package io.dlms4j.cosem.association;

/**
 * The one table of an association's life, for client and server alike (Green Book 9.4.1, state
 * machines of the control function). What is not in the table is a breach of the protocol.
 */
enum AssociationState {
  /** The link below is not there. */
  INACTIVE,
  /** The link is there, the association is not. */
  IDLE,
  /** An AARQ is out, its AARE is not yet. */
  ASSOCIATION_PENDING,
  /**
   * The AARE has accepted, provided that the passes 3 and 4 of high level security succeed; nothing
   * else is done before they have.
   */
  AUTHENTICATION_PENDING,
  /** Services may be used. */
  ASSOCIATED,
  /** An RLRQ is out, its RLRE is not yet. */
  RELEASE_PENDING;

  /** What moves an association. */
  enum Signal {
    /** The link below has come up, or has come up anew. */
    LINK_UP,
    /** The link below is gone: released without an RLRQ, or broken. */
    LINK_DOWN,
    /** An AARQ was sent or received. */
    AARQ,
    /** The AARE accepts, provided that the passes 3 and 4 succeed. */
    CHALLENGED,
    /**
     * The AARE accepts, or the passes 3 and 4 have succeeded; or the AARQ was accepted and asks for
     * no AARE (unconfirmed association).
     */
    ACCEPTED,
    /** The AARE rejects, or there is none; or the passes 3 and 4 have failed. */
    REJECTED,
    /** An RLRQ was sent or received. */
    RLRQ,
    /** An RLRE was sent or received, or there is none. */
    RLRE,
    /** One side ends the association without a word (A-ABORT); the link stays. */
    ABORT
  }

  /** Whether the table has an entry for the signal in this state. */
  boolean permits(Signal signal) {
    return switch (signal) {
      // A link that comes up anew has lost whatever was on it.
      case LINK_UP, LINK_DOWN -> true;
      // A client that lost its association without the link may ask again; the old one ends.
      case AARQ -> this != INACTIVE && this != RELEASE_PENDING;
      case CHALLENGED -> this == ASSOCIATION_PENDING;
      case ACCEPTED, REJECTED -> this == ASSOCIATION_PENDING || this == AUTHENTICATION_PENDING;
      case RLRQ -> this == ASSOCIATED;
      case RLRE -> this == RELEASE_PENDING;
      case ABORT -> this != INACTIVE;
    };
  }

  /** The state that follows. */
  AssociationState after(Signal signal) {
    if (!permits(signal)) {
      throw new IllegalStateException(signal + " is not permitted in state " + this);
    }
    return switch (signal) {
      case LINK_UP, REJECTED, RLRE, ABORT -> IDLE;
      case LINK_DOWN -> INACTIVE;
      case AARQ -> ASSOCIATION_PENDING;
      case CHALLENGED -> AUTHENTICATION_PENDING;
      case ACCEPTED -> ASSOCIATED;
      case RLRQ -> RELEASE_PENDING;
    };
  }
}
