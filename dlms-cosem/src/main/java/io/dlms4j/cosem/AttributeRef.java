package io.dlms4j.cosem;

/**
 * A reference to one attribute by logical name: the Cosem-Attribute-Descriptor (Green Book 9.5).
 *
 * @param classId class_id of the interface class, 0..65535
 * @param logicalName logical name of the object
 * @param attributeIndex index of the attribute, -128..127; the standard's are positive, negative
 *     ones are a manufacturer's own
 */
public record AttributeRef(int classId, ObisCode logicalName, int attributeIndex) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if class_id or index have no wire form
   */
  public AttributeRef {
    if (classId < 0 || classId > 0xFFFF) {
      throw new IllegalArgumentException("class_id " + classId + " is not within 0..65535");
    }
    if (attributeIndex < Byte.MIN_VALUE || attributeIndex > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "attribute index " + attributeIndex + " is not within -128..127");
    }
  }

  /**
   * A reference from text.
   *
   * @param classId class_id of the interface class
   * @param logicalName the OBIS code, as {@link ObisCode#of(String)} reads it
   * @param attributeIndex index of the attribute
   * @return the reference
   * @throws IllegalArgumentException if a part is not valid
   */
  public static AttributeRef of(int classId, String logicalName, int attributeIndex) {
    return new AttributeRef(classId, ObisCode.of(logicalName), attributeIndex);
  }

  /** Class, logical name and index, separated by colons: {@code 3:1.1.1.8.0.255:2}. */
  @Override
  public String toString() {
    return classId + ":" + logicalName + ":" + attributeIndex;
  }
}
