package io.dlms4j.cosem;

/**
 * The server could not process a request at all: it answered with an exception-response or a
 * ConfirmedServiceError (Green Book 9.4.6.1).
 */
public final class ServiceException extends DlmsException {
  private static final long serialVersionUID = 1L;

  /**
   * The server's answer.
   *
   * @param answer the answer in words
   */
  public ServiceException(String answer) {
    super(Origin.REMOTE, Scope.REQUEST, "the server could not process the request: " + answer);
  }
}
