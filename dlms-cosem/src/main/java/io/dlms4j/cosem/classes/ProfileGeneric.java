package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Profile generic object (class 7, versions 0 and 1; Blue Book 4.3.6).
 *
 * @param logicalName its OBIS code
 */
public record ProfileGeneric(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the rows, as they are. */
  public static final AttributeDescriptor<CosemData> BUFFER =
      AttributeDescriptor.ofDynamic(2, "buffer", ValueType.ANY);

  /** Attribute 3: what the columns hold. */
  public static final AttributeDescriptor<List<CaptureObjectDefinition>> CAPTURE_OBJECTS =
      AttributeDescriptor.ofStatic(
          3, "capture_objects", ValueType.arrayOf(CaptureObjectDefinition.TYPE));

  /** Attribute 4: seconds; 0 if rows are captured by something else than time. */
  public static final AttributeDescriptor<Long> CAPTURE_PERIOD =
      AttributeDescriptor.ofStatic(4, "capture_period", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 5: the order of the rows. */
  public static final AttributeDescriptor<SortMethod> SORT_METHOD =
      AttributeDescriptor.ofStatic(
          5, "sort_method", ValueType.enumOf("sort_method", SortMethod.values()));

  /** Attribute 6: the column that the rows are sorted by. */
  public static final AttributeDescriptor<CaptureObjectDefinition> SORT_OBJECT =
      AttributeDescriptor.ofStatic(6, "sort_object", CaptureObjectDefinition.TYPE);

  /** Attribute 7: how many rows there are. */
  public static final AttributeDescriptor<Long> ENTRIES_IN_USE =
      AttributeDescriptor.ofDynamic(7, "entries_in_use", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 8: how many rows are kept. */
  public static final AttributeDescriptor<Long> PROFILE_ENTRIES =
      AttributeDescriptor.ofStatic(8, "profile_entries", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Method 1: clears the buffer. */
  public static final MethodDescriptor<Integer, Nothing> RESET =
      MethodDescriptor.taking(1, "reset", ValueType.INTEGER);

  /** Method 2: captures a row now. */
  public static final MethodDescriptor<Integer, Nothing> CAPTURE =
      MethodDescriptor.taking(2, "capture", ValueType.INTEGER);

  /**
   * Method 3: returns rows, chosen by value; in version 0, where a buffer has no selective access.
   */
  public static final MethodDescriptor<RangeDescriptor, CosemData> GET_BUFFER_BY_RANGE =
      new MethodDescriptor<>(
          3,
          "get_buffer_by_range",
          ValueType.ANY
              .map(RangeDescriptor::decode, RangeDescriptor::encode)
              .named("range_descriptor"),
          ValueType.ANY);

  /** Method 4: returns rows, chosen by number; in version 0. */
  public static final MethodDescriptor<EntryDescriptor, CosemData> GET_BUFFER_BY_INDEX =
      new MethodDescriptor<>(
          4,
          "get_buffer_by_index",
          ValueType.ANY
              .map(EntryDescriptor::decode, EntryDescriptor::encode)
              .named("entry_descriptor"),
          ValueType.ANY);

  /** The class in version 0, which returns rows by methods. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(7, 0, "Profile generic")
          .attributes(
              BUFFER,
              CAPTURE_OBJECTS,
              CAPTURE_PERIOD,
              SORT_METHOD,
              SORT_OBJECT,
              ENTRIES_IN_USE,
              PROFILE_ENTRIES)
          .methods(RESET, CAPTURE, GET_BUFFER_BY_RANGE, GET_BUFFER_BY_INDEX)
          .methodOffset(0x58)
          .build();

  /** The class in version 1. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(7, 1, "Profile generic")
          .attributes(
              BUFFER,
              CAPTURE_OBJECTS,
              CAPTURE_PERIOD,
              SORT_METHOD,
              SORT_OBJECT,
              ENTRIES_IN_USE,
              PROFILE_ENTRIES)
          .methods(RESET, CAPTURE)
          .methodOffset(0x58)
          .build();

  /** sort_method: the order of the rows in the buffer. */
  public enum SortMethod implements Coded {
    /** First in, first out: oldest row first. */
    FIFO(1),
    /** Last in, first out: newest row first. */
    LIFO(2),
    /** Greatest value of the sort object first. */
    LARGEST(3),
    /** Least value of the sort object first. */
    SMALLEST(4),
    /** Value nearest to zero first. */
    NEAREST_TO_ZERO(5),
    /** Value farthest from zero first. */
    FARTHEST_FROM_ZERO(6);

    private final int code;

    SortMethod(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 1..6
     */
    @Override
    public int code() {
      return code;
    }
  }

  /**
   * A profile.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ProfileGeneric at(String logicalName) {
    return new ProfileGeneric(ObisCode.of(logicalName));
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
  public TypedAttribute<CosemData> buffer() {
    return attribute(BUFFER);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<List<CaptureObjectDefinition>> captureObjects() {
    return attribute(CAPTURE_OBJECTS);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> entriesInUse() {
    return attribute(ENTRIES_IN_USE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> capturePeriod() {
    return attribute(CAPTURE_PERIOD);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<SortMethod> sortMethod() {
    return attribute(SORT_METHOD);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<CaptureObjectDefinition> sortObject() {
    return attribute(SORT_OBJECT);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> profileEntries() {
    return attribute(PROFILE_ENTRIES);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> reset() {
    return method(RESET);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> capture() {
    return method(CAPTURE);
  }
}
