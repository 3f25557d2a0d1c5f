package io.dlms4j.examples.cli.syntax;

/** How something is read from octets. */
interface Reading {
  /**
   * Reads the contents of the field that the walk stands in.
   *
   * @throws SyntaxException if they are not as they must be; what was read before stays in the tree
   */
  void read(Walk in);
}
