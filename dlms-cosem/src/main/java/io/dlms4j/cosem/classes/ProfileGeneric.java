package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;

/**
 * A Profile generic object, by its logical name (Blue Book 4.3.6).
 *
 * @param logicalName its OBIS code
 */
public record ProfileGeneric(ObisCode logicalName) {
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

  /**
   * Attribute 2.
   *
   * @return a reference to it
   */
  public AttributeRef buffer() {
    return attribute(2);
  }

  /**
   * Attribute 3.
   *
   * @return a reference to it
   */
  public AttributeRef captureObjects() {
    return attribute(3);
  }

  private AttributeRef attribute(int index) {
    return new AttributeRef(InterfaceClass.PROFILE_GENERIC.classId(), logicalName, index);
  }
}
