package io.dlms4j.cosem;

/** No answer came in time. The association goes on; an answer that still comes is dropped. */
public final class RequestTimeoutException extends DlmsException {
  private static final long serialVersionUID = 1L;

  /**
   * A request without an answer.
   *
   * @param message what was asked for and how long it was waited for
   */
  public RequestTimeoutException(String message) {
    super(Origin.REMOTE, Scope.REQUEST, message);
  }
}
