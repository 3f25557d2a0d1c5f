package io.dlms4j.cosem.classes;

/** What a method takes or returns that takes or returns nothing: on the wire, integer(0). */
public enum Nothing {
  /** The only value. */
  NOTHING
}
