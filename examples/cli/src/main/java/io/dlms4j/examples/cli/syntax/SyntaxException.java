package io.dlms4j.examples.cli.syntax;

/** Octets do not fit the abstract syntax. */
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  SyntaxException(int offset, String what) {
    super(what);
    this.offset = offset;
  }

  /** The octet at fault, from 0 on in all that was given. */
  int offset() {
    return offset;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
