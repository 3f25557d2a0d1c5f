package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param result how it ended
 * @param failure why it failed; null if it did not
 * @param duration from when it was given to the association to its end
 * @param octetsSent octets of the APDUs that were given to the link meanwhile: those of this
 *     request, and of others if several are outstanding
 * @param octetsReceived octets of the APDUs that came meanwhile, likewise
 */
public record RequestReport(
    Result result,
    @Nullable DlmsException failure,
    Duration duration,
    long octetsSent,
    long octetsReceived) {
  /** How a request ended. */
  public enum Result {
    /** It was answered, or sent where there is no answer. An item of it may well have failed. */
    DONE,
    /** It was refused, not answered, or not made. */
    FAILED,
    /** Who made it gave it up, or its deadline came. */
    GIVEN_UP
  }
}
