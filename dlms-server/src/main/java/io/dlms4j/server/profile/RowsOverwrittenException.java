package io.dlms4j.server.profile;

/** Rows that were chosen have been overwritten by newer ones before they were read. */
public final class RowsOverwrittenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which row is gone.
   *
   * @param position its position among the rows that were chosen, from 0 on
   */
  public RowsOverwrittenException(long position) {
    super("row " + position + " has been overwritten since it was chosen");
  }
}
