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
  /** Services may be used. */
  ASSOCIATED;

  /** What moves an association. */
  enum Signal {
    LINK_UP,
    LINK_DOWN,
    AARQ,
    AARE_ACCEPTED,
    AARE_REJECTED
  }

  /** Whether the table has an entry for the signal in this state. */
  boolean permits(Signal signal) {
    return switch (signal) {
      // A link that comes up anew has lost whatever was on it.
      case LINK_UP, LINK_DOWN -> true;
      // A client that lost its association without the link may ask again; the old one ends.
      case AARQ -> this == IDLE || this == ASSOCIATED;
      case AARE_ACCEPTED, AARE_REJECTED -> this == ASSOCIATION_PENDING;
    };
  }

  /** The state that follows. */
  AssociationState after(Signal signal) {
    if (!permits(signal)) {
      throw new IllegalStateException(signal + " is not permitted in state " + this);
    }
    return switch (signal) {
      case LINK_UP, AARE_REJECTED -> IDLE;
      case LINK_DOWN -> INACTIVE;
      case AARQ -> ASSOCIATION_PENDING;
      case AARE_ACCEPTED -> ASSOCIATED;
    };
  }
}
