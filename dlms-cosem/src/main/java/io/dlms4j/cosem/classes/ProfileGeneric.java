package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Profile generic object (class 7, version 1; Blue Book 4.3.6).
 *
 * @param logicalName its OBIS code
 */
public record ProfileGeneric(ObisCode logicalName) implements InterfaceObject {
  private static final ValueType<CaptureObjectDefinition> CAPTURE_OBJECT =
      ValueType.ANY
          .map(CaptureObjectDefinition::decode, CaptureObjectDefinition::encode)
          .named("capture_object_definition");

  /** Attribute 2: the rows, as they are. */
  public static final AttributeDescriptor<CosemData> BUFFER =
      AttributeDescriptor.ofDynamic(2, "buffer", ValueType.ANY);

  /** Attribute 3: what the columns hold. */
  public static final AttributeDescriptor<List<CaptureObjectDefinition>> CAPTURE_OBJECTS =
      AttributeDescriptor.ofStatic(3, "capture_objects", ValueType.arrayOf(CAPTURE_OBJECT));

  /** Attribute 4: seconds; 0 if rows are captured by something else than time. */
  public static final AttributeDescriptor<Long> CAPTURE_PERIOD =
      AttributeDescriptor.ofStatic(4, "capture_period", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 5: the order of the rows. */
  public static final AttributeDescriptor<SortMethod> SORT_METHOD =
      AttributeDescriptor.ofStatic(
          5,
          "sort_method",
          ValueType.enumOf("sort_method", List.of(SortMethod.values()), SortMethod::code));

  /** Attribute 6: the column that the rows are sorted by. */
  public static final AttributeDescriptor<CaptureObjectDefinition> SORT_OBJECT =
      AttributeDescriptor.ofStatic(6, "sort_object", CAPTURE_OBJECT);

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

  /** The class. */
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
  public enum SortMethod {
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
}
