package io.dlms4j.omnipower.backend;

/** Rows of a selection have been overwritten by newer ones before they were read. */
public final class RowsOverwrittenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which row is gone.
   *
   * @param number the number of the first row that is gone
   */
  public RowsOverwrittenException(long number) {
    super("row " + number + " has been overwritten since it was selected");
  }
}
