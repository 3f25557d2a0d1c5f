package io.dlms4j.server.push;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;

/**
 * One value that is pushed: push_object_definition (Blue Book 4.4.8).
 *
 * @param attribute the attribute that it is of
 * @param dataIndex 0 for all of the attribute, else which element of its structure or array, from 1
 *     on; up to 65535
 */
public record PushObjectDefinition(AttributeRef attribute, int dataIndex) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the data index has no wire form
   */
  public PushObjectDefinition {
    if (dataIndex < 0 || dataIndex > 0xFFFF) {
      throw new IllegalArgumentException("data index " + dataIndex + " is not within 0..65535");
    }
  }

  /**
   * All of an attribute.
   *
   * @param classId the object's class
   * @param logicalName the object's name
   * @param attributeIndex which attribute
   * @return the definition
   */
  public static PushObjectDefinition of(int classId, ObisCode logicalName, int attributeIndex) {
    return new PushObjectDefinition(new AttributeRef(classId, logicalName, attributeIndex), 0);
  }
}
