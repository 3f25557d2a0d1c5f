package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Special days table object (class 11, version 0; Blue Book 4.5.4).
 *
 * @param logicalName its OBIS code
 */
public record SpecialDaysTable(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the days. */
  public static final AttributeDescriptor<List<SpecialDayEntry>> ENTRIES =
      AttributeDescriptor.ofStatic(2, "entries", ValueType.arrayOf(SpecialDayEntry.TYPE));

  /** Method 1: adds an entry, in place of one of the same index. */
  public static final MethodDescriptor<SpecialDayEntry, Nothing> INSERT =
      MethodDescriptor.taking(1, "insert", SpecialDayEntry.TYPE);

  /** Method 2: deletes the entry of that index. */
  public static final MethodDescriptor<Integer, Nothing> DELETE =
      MethodDescriptor.taking(2, "delete", ValueType.LONG_UNSIGNED);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(11, 0, "Special days table")
          .attributes(ENTRIES)
          .methods(INSERT, DELETE)
          .methodOffset(0x10)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static SpecialDaysTable at(String logicalName) {
    return new SpecialDaysTable(ObisCode.of(logicalName));
  }

  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<List<SpecialDayEntry>> entries() {
    return attribute(ENTRIES);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<SpecialDayEntry, Nothing> insert() {
    return method(INSERT);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> delete() {
    return method(DELETE);
  }
}
