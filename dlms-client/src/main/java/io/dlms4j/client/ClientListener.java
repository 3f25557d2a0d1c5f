package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import java.time.Duration;

/**
 * Hears what a client does: for metrics, traces and logs. Values never come here, only names, so
 * that nothing secret can.
 *
 * <p>Its methods are called on the line's thread, or where a connection is made, and never under a
 * lock; they must not block. What one throws is logged and costs nothing else. A listener may be
 * given to any number of clients.
 */
public interface ClientListener {
  /**
   * An association was opened.
   *
   * @param context what was agreed on
   */
  default void onAssociated(NegotiatedContext context) {}

  /**
   * An association is over, or its opening failed.
   *
   * @param cause why; "the connection has been closed" if the client was
   */
  default void onConnectionEnded(DlmsException cause) {}

  /**
   * The client is going to connect again.
   *
   * @param attempt which attempt, from 1 on, counted anew from each association on
   * @param delay how long it waits before
   * @param cause why the connection before was lost, or could not be made
   */
  default void onReconnecting(int attempt, Duration delay, DlmsException cause) {}

  /**
   * A request is given to the association, where it may wait for its turn. Each attempt at a
   * request is one, and so is each part of a list that travels in several.
   *
   * @param request what is asked for
   */
  default void onRequestStarted(RequestInfo request) {}

  /**
   * A request is over. There is one such call for each {@link #onRequestStarted}.
   *
   * @param request what was asked for: the same object
   * @param report what became of it
   */
  default void onRequestFinished(RequestInfo request, RequestReport report) {}

  /**
   * A request is going to be made again.
   *
   * @param request what was asked for
   * @param attempts how many attempts have failed
   * @param delay how long it waits before the next
   * @param cause why the last one failed
   */
  default void onRequestRetried(
      RequestInfo request, int attempts, Duration delay, DlmsException cause) {}
}
