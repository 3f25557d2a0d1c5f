package io.dlms4j.cosem;

/** The peer sent something that the protocol does not allow at that point. */
public final class ProtocolException extends DlmsException {
  private static final long serialVersionUID = 1L;

  /**
   * A breach of the protocol.
   *
   * @param scope what it ended
   * @param message what the peer did, and what was due
   */
  public ProtocolException(Scope scope, String message) {
    super(Origin.REMOTE, scope, message);
  }

  /**
   * A breach of the protocol that a decoder found.
   *
   * @param scope what it ended
   * @param message what the peer did
   * @param cause what the decoder said
   */
  public ProtocolException(Scope scope, String message, Throwable cause) {
    super(Origin.REMOTE, scope, message, cause);
  }
}
