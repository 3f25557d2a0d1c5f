package io.dlms4j.examples.cli.syntax;

/** JSON that is no form of an APDU or a frame; the message says where and why. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param path names and indices that lead to it; empty for the whole
   * @param what what is wrong, in words
   */
  public JsonException(String path, String what) {
    super((path.isEmpty() ? "the document" : path) + ": " + what);
  }
}
