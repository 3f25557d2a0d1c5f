package io.dlms4j.cosem.security;

import io.dlms4j.cosem.DlmsException;
import java.io.IOException;

/**
 * A message was not taken, or could not be protected. What it says is for the operator of this
 * side; it never holds key material. A peer is told no more than deciphering-error or
 * invocation-counter-error (Green Book 9.5, Exception-Response).
 */
public final class ProtectionException extends DlmsException {
  /** The value of {@link #lowestAcceptable()} where it plays no part. */
  public static final long NO_COUNTER = -1;

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final long lowestAcceptable;

  /** Why. */
  public enum Reason {
    /** The header, or a key in it, is not what the standard asks for. */
    MALFORMED,
    /** Another security suite, no protection at all, or compression. */
    NOT_SUPPORTED,
    /** Encrypted without a tag, and this has not been allowed. */
    TOO_WEAK,
    /** The message is from or for another system title. */
    WRONG_SYSTEM_TITLE,
    /** The key that the header names is not there. */
    UNKNOWN_KEY,
    /** The tag, the signature or the wrapping is wrong: one refusal, whatever is the cause. */
    NOT_AUTHENTIC,
    /** The invocation counter has been seen, or is lower than one that has: a replay. */
    INVOCATION_COUNTER,
    /** What is inside does not belong to the service outside. */
    WRONG_SERVICE,
    /** This side's counter has reached the end: the key must be changed. */
    COUNTER_EXHAUSTED,
    /** The store of counters cannot be relied on. */
    COUNTER_STORE
  }

  private ProtectionException(
      Origin origin, Scope scope, Reason reason, String message, long lowestAcceptable) {
    super(origin, scope, message);
    this.reason = reason;
    this.lowestAcceptable = lowestAcceptable;
  }

  /**
   * A failure of this side, such as of a key provider or a counter store.
   *
   * @param reason why
   * @param message what the operator must check, without key material
   * @return the exception
   */
  public static ProtectionException local(Reason reason, String message) {
    return new ProtectionException(Origin.LOCAL, Scope.REQUEST, reason, message, NO_COUNTER);
  }

  /**
   * A refusal of what the peer sent.
   *
   * @param reason why
   * @param message what the operator must check, without key material
   * @return the exception
   */
  public static ProtectionException remote(Reason reason, String message) {
    return new ProtectionException(Origin.REMOTE, Scope.REQUEST, reason, message, NO_COUNTER);
  }

  static ProtectionException malformed(String what) {
    return remote(Reason.MALFORMED, "the peer sent " + what);
  }

  static ProtectionException notAuthentic() {
    return remote(
        Reason.NOT_AUTHENTIC,
        "a message does not prove to come from the peer as it is: check the keys, the system"
            + " titles and the security suite of both sides (Green Book 9.2.7.2)");
  }

  static ProtectionException authenticationFailed() {
    return new ProtectionException(
        Origin.REMOTE,
        Scope.ASSOCIATION,
        Reason.NOT_AUTHENTIC,
        "the peer did not prove to know the secret: check the secret or the keys, the system"
            + " titles and the mechanism of both sides (Green Book 9.2.7.4)",
        NO_COUNTER);
  }

  static ProtectionException counterStore(IOException cause) {
    ProtectionException e =
        local(
            Reason.COUNTER_STORE,
            "the file of invocation counters cannot be written: " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  /**
   * The same refusal, but in a step of an opening or an authentication: nothing can follow it.
   *
   * @return the exception, with scope ASSOCIATION
   */
  public ProtectionException endingAssociation() {
    return new ProtectionException(
        origin(), Scope.ASSOCIATION, reason, String.valueOf(getMessage()), lowestAcceptable);
  }

  static ProtectionException replay(long counter, long lowestAcceptable) {
    return new ProtectionException(
        Origin.REMOTE,
        Scope.REQUEST,
        Reason.INVOCATION_COUNTER,
        "invocation counter "
            + counter
            + " is lower than "
            + lowestAcceptable
            + ", the lowest that is taken (Green Book 9.2.3.3.7)",
        lowestAcceptable);
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The lowest invocation counter that would have been taken, for an invocation-counter-error.
   *
   * @return 0..2^32, or {@link #NO_COUNTER}; 2^32 says that none will be
   */
  public long lowestAcceptable() {
    return lowestAcceptable;
  }
}
