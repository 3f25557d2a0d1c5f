package io.dlms4j.omnipower.replay;

import io.dlms4j.cosem.DlmsException;

/** A file holds no recording. Says in which line the fault is and what it is. */
public final class RecordingException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String reason;

  RecordingException(String file, int line, String reason) {
    super(Origin.LOCAL, Scope.REQUEST, file + ", line " + line + ": " + reason);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }

  /**
   * Which file it is.
   *
   * @return its name
   */
  public String file() {
    return file;
  }

  /**
   * Where the fault is.
   *
   * @return the number of the line, from 1 on
   */
  public int line() {
    return line;
  }

  /**
   * What the fault is.
   *
   * @return a sentence for the person who wrote the file
   */
  public String reason() {
    return reason;
  }
}
