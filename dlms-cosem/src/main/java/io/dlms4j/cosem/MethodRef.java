package io.dlms4j.cosem;

/**
 * A reference to one method by logical name: the Cosem-Method-Descriptor (Green Book 9.5).
 *
 * @param classId class_id of the interface class, 0..65535
 * @param logicalName logical name of the object
 * @param methodIndex index of the method, -128..127; the standard's are positive, negative ones are
 *     a manufacturer's own
 */
public record MethodRef(int classId, ObisCode logicalName, int methodIndex) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if class_id or index have no wire form
   */
  public MethodRef {
    if (classId < 0 || classId > 0xFFFF) {
      throw new IllegalArgumentException("class_id " + classId + " is not within 0..65535");
    }
    if (methodIndex < Byte.MIN_VALUE || methodIndex > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "method index " + methodIndex + " is not within -128..127");
    }
  }

  /**
   * A reference from text.
   *
   * @param classId class_id of the interface class
   * @param logicalName the OBIS code, as {@link ObisCode#of(String)} reads it
   * @param methodIndex index of the method
   * @return the reference
   * @throws IllegalArgumentException if a part is not valid
   */
  public static MethodRef of(int classId, String logicalName, int methodIndex) {
    return new MethodRef(classId, ObisCode.of(logicalName), methodIndex);
  }

  /** Class, logical name and index, separated by colons: {@code 70:0.0.96.3.10.255:1}. */
  @Override
  public String toString() {
    return classId + ":" + logicalName + ":" + methodIndex;
  }
}
