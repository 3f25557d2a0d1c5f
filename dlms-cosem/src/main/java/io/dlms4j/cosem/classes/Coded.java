package io.dlms4j.cosem.classes;

/** A value of an enum of the Blue Book: what {@link ValueType#enumOf(String, Coded[])} takes. */
public interface Coded {
  /**
   * The number on the wire.
   *
   * @return 0..255
   */
  int code();
}
