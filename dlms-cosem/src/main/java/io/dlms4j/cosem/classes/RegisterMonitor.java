package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Register monitor object (class 21, version 0; Blue Book 4.5.6).
 *
 * @param logicalName its OBIS code
 */
public record RegisterMonitor(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: each of the type of the monitored value. */
  public static final AttributeDescriptor<List<CosemData>> THRESHOLDS =
      AttributeDescriptor.ofStatic(2, "thresholds", ValueType.arrayOf(ValueType.ANY));

  /** Attribute 3: the attribute that is watched. */
  public static final AttributeDescriptor<AttributeRef> MONITORED_VALUE =
      AttributeDescriptor.ofStatic(3, "monitored_value", ValueDefinition.TYPE);

  /** Attribute 4: what is done, for each threshold. */
  public static final AttributeDescriptor<List<ActionSet>> ACTIONS =
      AttributeDescriptor.ofStatic(4, "actions", ValueType.arrayOf(ActionSet.TYPE));

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(21, 0, "Register monitor")
          .attributes(THRESHOLDS, MONITORED_VALUE, ACTIONS)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static RegisterMonitor at(String logicalName) {
    return new RegisterMonitor(ObisCode.of(logicalName));
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
  public TypedAttribute<List<CosemData>> thresholds() {
    return attribute(THRESHOLDS);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<AttributeRef> monitoredValue() {
    return attribute(MONITORED_VALUE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<List<ActionSet>> actions() {
    return attribute(ACTIONS);
  }
}
