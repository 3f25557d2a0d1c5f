package io.dlms4j.client.push;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.security.SystemTitle;
import org.jspecify.annotations.Nullable;

/**
 * Something that has come and was not delivered, or not taken by the handler. The meter is not told
 * why; what it sent with confirmation it may send again.
 *
 * @param source where it has come from
 * @param claimed whom it says to be from, of which nothing is proved; null if it does not say
 * @param reason what kind of refusal
 * @param cause what the operator must know; it holds no secret
 */
public record PushRefusal(
    PushSource source, @Nullable SystemTitle claimed, Reason reason, Throwable cause) {
  /** Kinds of refusals. */
  public enum Reason {
    /** It is no notification, or cannot be read. */
    MALFORMED,
    /**
     * It is not protected well enough, or its protection does not hold: a {@link
     * io.dlms4j.cosem.security.ProtectionException} says why, as for a replay or a wrong key.
     */
    PROTECTION,
    /** Its blocks did not all come, or there was no room for them. */
    INCOMPLETE,
    /** As many notifications as there may be are with the handler already. */
    BUSY,
    /** The handler has failed. */
    HANDLER_FAILED
  }

  static DlmsException busy(int most) {
    return new DlmsException(
        DlmsException.Origin.LOCAL,
        DlmsException.Scope.REQUEST,
        "the handler has " + most + " notifications that it has not done with");
  }
}
