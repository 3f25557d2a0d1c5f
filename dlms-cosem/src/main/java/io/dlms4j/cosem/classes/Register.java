package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;

/**
 * A Register object, by its logical name (Blue Book 4.3.2).
 *
 * @param logicalName its OBIS code
 */
public record Register(ObisCode logicalName) {
  /**
   * A register.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Register at(String logicalName) {
    return new Register(ObisCode.of(logicalName));
  }

  /**
   * Attribute 2.
   *
   * @return a reference to it
   */
  public AttributeRef value() {
    return new AttributeRef(InterfaceClass.REGISTER.classId(), logicalName, 2);
  }

  /**
   * Attribute 3.
   *
   * @return a reference to it
   */
  public AttributeRef scalerUnit() {
    return new AttributeRef(InterfaceClass.REGISTER.classId(), logicalName, 3);
  }
}
