package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.DataTag;
import java.util.List;
import java.util.SortedMap;

/**
 * What the values of a type look like as Data, for whoever prints one with its names, reads one
 * from text, or makes one up. Every type has one: {@link ValueType#shape()}.
 */
public sealed interface ValueShape {
  /** Any Data. */
  record Any() implements ValueShape {}

  /**
   * A boolean, a number, an octet-string or a text.
   *
   * @param tag its type
   */
  record Simple(DataTag tag) implements ValueShape {}

  /**
   * An octet-string of known contents.
   *
   * @param content what is in it
   */
  record OctetStringOf(Content content) implements ValueShape {}

  /** What is in an octet-string. */
  enum Content {
    /** Six octets of an OBIS code. */
    LOGICAL_NAME,
    /** Twelve octets of date and time. */
    DATE_TIME,
    /** Five octets of a date. */
    DATE,
    /** Four octets of a time of day. */
    TIME
  }

  /**
   * A bit-string.
   *
   * @param bits how many bits; 0 for any number
   */
  record BitString(int bits) implements ValueShape {}

  /**
   * An enum.
   *
   * @param names the name of each of its numbers, in the Blue Book's small letters; empty if they
   *     have none, and any number will do
   */
  record Enumeration(SortedMap<Integer, String> names) implements ValueShape {}

  /**
   * An array.
   *
   * @param element the type of its elements
   */
  record ArrayOf(ValueType<?> element) implements ValueShape {}

  /**
   * A structure.
   *
   * @param fields all of them, in order
   */
  record Structure(List<Field> fields) implements ValueShape {
    /** Keeps a copy of the list. */
    public Structure {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of a structure.
   *
   * @param name its name in the Blue Book
   * @param type its type
   */
  record Field(String name, ValueType<?> type) {}

  /**
   * Another type, or null-data.
   *
   * @param type the other type
   */
  record OrNull(ValueType<?> type) implements ValueShape {}
}
