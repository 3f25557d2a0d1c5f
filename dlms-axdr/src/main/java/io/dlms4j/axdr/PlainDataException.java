package io.dlms4j.axdr;

/** What {@link PlainData#toData} was given is not the form of a value. */
public final class PlainDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * Says what is wrong.
   *
   * @param path where, as {@code structure[3].long-unsigned}; empty for the whole
   * @param what what is wrong, in words
   */
  public PlainDataException(String path, String what) {
    super(path.isEmpty() ? what : path + ": " + what);
    this.path = path;
  }

  /**
   * Where the fault is.
   *
   * @return the names of types, and the indices of elements from 0 on, that lead to it
   */
  public String path() {
    return path;
  }
}
