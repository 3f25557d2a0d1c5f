package io.dlms4j.server.security;

import io.dlms4j.cosem.ActionResult;

/**
 * A method is not carried out, and nothing has changed. Why, the client is not told beyond the
 * result: one result for all, so that nobody finds out about keys by trying.
 */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ActionResult result;

  private RefusedException(ActionResult result, String message) {
    super(message, null, false, false);
    this.result = result;
  }

  static RefusedException because(String message) {
    return new RefusedException(ActionResult.OTHER_REASON, message);
  }

  ActionResult result() {
    return result;
  }
}
