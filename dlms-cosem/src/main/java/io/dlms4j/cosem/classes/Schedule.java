package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Schedule object (class 10, version 0; Blue Book 4.5.3).
 *
 * @param logicalName its OBIS code
 */
public record Schedule(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: what is executed when. */
  public static final AttributeDescriptor<List<ScheduleTableEntry>> ENTRIES =
      AttributeDescriptor.ofStatic(2, "entries", ValueType.arrayOf(ScheduleTableEntry.TYPE));

  /** Method 1: disables entries and enables others. */
  public static final MethodDescriptor<ScheduleEnabling, Nothing> ENABLE_DISABLE =
      MethodDescriptor.taking(1, "enable/disable", ScheduleEnabling.TYPE);

  /** Method 2: adds an entry, in place of one of the same index. */
  public static final MethodDescriptor<ScheduleTableEntry, Nothing> INSERT =
      MethodDescriptor.taking(2, "insert", ScheduleTableEntry.TYPE);

  /** Method 3: deletes entries. */
  public static final MethodDescriptor<ScheduleRange, Nothing> DELETE =
      MethodDescriptor.taking(3, "delete", ScheduleRange.TYPE);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(10, 0, "Schedule")
          .attributes(ENTRIES)
          .methods(ENABLE_DISABLE, INSERT, DELETE)
          .methodOffset(0x20)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Schedule at(String logicalName) {
    return new Schedule(ObisCode.of(logicalName));
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
  public TypedAttribute<List<ScheduleTableEntry>> entries() {
    return attribute(ENTRIES);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<ScheduleEnabling, Nothing> enableDisable() {
    return method(ENABLE_DISABLE);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<ScheduleTableEntry, Nothing> insert() {
    return method(INSERT);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<ScheduleRange, Nothing> delete() {
    return method(DELETE);
  }
}
