package io.dlms4j.server.description;

import io.dlms4j.cosem.DlmsException;

/**
 * A text describes no device. Says where in the document the fault is and what it is; never holds
 * the text of a password.
 */
public final class DescriptionException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  DescriptionException(String path, String reason) {
    super(Origin.LOCAL, Scope.REQUEST, path + ": " + reason);
    this.path = path;
    this.reason = reason;
  }

  /**
   * Where the fault is.
   *
   * @return such as {@code $.logicalDevices[0].objects[3].obis}; {@code $} is the whole document
   */
  public String path() {
    return path;
  }

  /**
   * What the fault is.
   *
   * @return a sentence for the person who wrote the text
   */
  public String reason() {
    return reason;
  }
}
