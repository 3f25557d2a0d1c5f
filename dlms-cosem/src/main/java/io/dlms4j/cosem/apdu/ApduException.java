package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.cosem.DlmsException;

/**
 * Octets from the peer are no APDU that this library knows; the message says what is wrong, where,
 * and by which clause.
 */
public final class ApduException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What kind of fault it is. */
  public enum Reason {
    /** The first octet is the tag of no service. */
    UNKNOWN_SERVICE,
    /** The service is known, this form of it is not. */
    UNKNOWN_CHOICE,
    /** The service and form are known, and the octets do not fit them. */
    MALFORMED
  }

  /**
   * A fault that a codec found itself.
   *
   * @param reason what kind of fault
   * @param message what, where and by which clause
   */
  public ApduException(Reason reason, String message) {
    super(Origin.REMOTE, Scope.REQUEST, message);
    this.reason = reason;
  }

  /**
   * A fault that the decoder below found.
   *
   * @param cause what the decoder said: what, where and by which clause
   */
  public ApduException(AxdrException cause) {
    super(Origin.REMOTE, Scope.REQUEST, String.valueOf(cause.getMessage()), cause);
    this.reason = Reason.MALFORMED;
  }

  /**
   * What kind of fault it is.
   *
   * @return the kind
   */
  public Reason reason() {
    return reason;
  }
}
