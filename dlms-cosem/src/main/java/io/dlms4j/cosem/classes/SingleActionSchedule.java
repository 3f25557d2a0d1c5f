package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Single action schedule object (class 22, version 0; Blue Book 4.5.7).
 *
 * @param logicalName its OBIS code
 */
public record SingleActionSchedule(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the script. */
  public static final AttributeDescriptor<ActionItem> EXECUTED_SCRIPT =
      AttributeDescriptor.ofStatic(2, "executed_script", ActionItem.TYPE);

  /** Attribute 3: how many execution times there may be, and whether they may have wildcards. */
  public static final AttributeDescriptor<Type> TYPE =
      AttributeDescriptor.ofStatic(3, "type", ValueType.enumOf("type", Type.values()));

  /** Attribute 4: when the script is executed. */
  public static final AttributeDescriptor<List<ExecutionTime>> EXECUTION_TIME =
      AttributeDescriptor.ofStatic(4, "execution_time", ValueType.arrayOf(ExecutionTime.TYPE));

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(22, 0, "Single action schedule")
          .attributes(EXECUTED_SCRIPT, TYPE, EXECUTION_TIME)
          .build();

  /** type: what the execution times may be. */
  public enum Type implements Coded {
    /** One time, whose date may have wildcards. */
    ONE_TIME_WILDCARD_DATE(1),
    /** Several, all of one time of day, without wildcards in the date. */
    SAME_TIMES(2),
    /** Several, all of one time of day, whose dates may have wildcards. */
    SAME_TIMES_WILDCARD_DATES(3),
    /** Several, of different times of day, without wildcards in the date. */
    DIFFERENT_TIMES(4),
    /** Several, of different times of day, whose dates may have wildcards. */
    DIFFERENT_TIMES_WILDCARD_DATES(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 1..5
     */
    @Override
    public int code() {
      return code;
    }
  }

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static SingleActionSchedule at(String logicalName) {
    return new SingleActionSchedule(ObisCode.of(logicalName));
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
  public TypedAttribute<ActionItem> executedScript() {
    return attribute(EXECUTED_SCRIPT);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Type> type() {
    return attribute(TYPE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<List<ExecutionTime>> executionTime() {
    return attribute(EXECUTION_TIME);
  }
}
