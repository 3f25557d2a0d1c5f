package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.link.LinkEvent;

/**
 * The line or the link to the server could not be made, or is gone, and with it every request that
 * was under way.
 */
public final class LinkException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private LinkException(String message) {
    super(Origin.REMOTE, Scope.ASSOCIATION, message);
  }

  /** A line that could not be made, or that failed. */
  LinkException(String message, Throwable cause) {
    super(Origin.REMOTE, Scope.ASSOCIATION, message, cause);
  }

  /** A client that was closed before it had a line. */
  static LinkException closedBefore() {
    return new LinkException("the client was closed before the connection was made");
  }

  /** A server that did not answer what was to keep the connection alive. */
  static LinkException silent(DlmsException timeout) {
    return new LinkException(
        "the meter is gone: it did not answer the keep-alive request in time", timeout);
  }

  /** A client that was closed. */
  static LinkException closed() {
    return of(LinkEvent.DownReason.CLOSED);
  }

  /** A link that went down. */
  static LinkException of(LinkEvent.DownReason reason) {
    return new LinkException(
        switch (reason) {
          case CLOSED -> "the connection has been closed";
          case CLOSED_BY_PEER -> "the meter disconnected";
          case REFUSED -> "the meter refused the HDLC connection: is there such a logical device?";
          case NO_ANSWER ->
              "the meter did not answer in time: is the address right, and is it an HDLC port?";
          case INACTIVE -> "the connection was inactive for too long";
          case PROTOCOL_ERROR -> "the meter broke the protocol of the HDLC link";
          case LINE_LOST -> "the line was cut";
        });
  }
}
