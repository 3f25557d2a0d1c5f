package io.dlms4j.transport;

import org.jspecify.annotations.Nullable;

/** A line that could not be made, or that was given up because its user failed. */
public final class LineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what failed.
   *
   * @param message a sentence with host, port and reason
   * @param cause what it comes from, or null
   */
  public LineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
