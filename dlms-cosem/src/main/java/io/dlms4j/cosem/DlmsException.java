package io.dlms4j.cosem;

/**
 * Something between a client and a server went wrong. The subclasses say what; {@link #origin()}
 * says on whose side, and {@link #scope()} how much of the communication it ended.
 */
public class DlmsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Origin origin;
  private final Scope scope;

  /** Whose error it is. */
  public enum Origin {
    /** Our caller asked for something that cannot be done. */
    LOCAL,
    /** The peer refused, broke the protocol, or is gone. */
    REMOTE
  }

  /** What the error ended. */
  public enum Scope {
    /** One request; the association goes on. */
    REQUEST,
    /** The association, and with it every request that was under way. */
    ASSOCIATION
  }

  /**
   * An error without a cause of its own.
   *
   * @param origin whose error it is
   * @param scope what it ended
   * @param message a sentence for the person who has to act
   */
  public DlmsException(Origin origin, Scope scope, String message) {
    super(message);
    this.origin = origin;
    this.scope = scope;
  }

  /**
   * An error that another one caused.
   *
   * @param origin whose error it is
   * @param scope what it ended
   * @param message a sentence for the person who has to act
   * @param cause what was thrown below
   */
  public DlmsException(Origin origin, Scope scope, String message, Throwable cause) {
    super(message, cause);
    this.origin = origin;
    this.scope = scope;
  }

  /**
   * Whose error it is.
   *
   * @return the side
   */
  public final Origin origin() {
    return origin;
  }

  /**
   * What the error ended.
   *
   * @return the extent
   */
  public final Scope scope() {
    return scope;
  }
}
