package io.dlms4j.cosem.classes;

/**
 * An attribute as its interface class declares it.
 *
 * @param index its index, from 1 on
 * @param name its name in the Blue Book
 * @param isStatic whether only configuration changes it; dynamic attributes change by themselves
 *     (Blue Book 4.1.2)
 * @param type its type
 * @param <T> what its value is in Java
 */
public record AttributeDescriptor<T>(int index, String name, boolean isStatic, ValueType<T> type) {
  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if it is not within 1..127
   */
  public AttributeDescriptor {
    if (index < 1 || index > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("attribute index " + index + " is not within 1..127");
    }
  }

  /**
   * An attribute that only configuration changes.
   *
   * @param index its index
   * @param name its name
   * @param type its type
   * @param <T> what its value is in Java
   * @return the descriptor
   */
  public static <T> AttributeDescriptor<T> ofStatic(int index, String name, ValueType<T> type) {
    return new AttributeDescriptor<>(index, name, true, type);
  }

  /**
   * An attribute that changes by itself.
   *
   * @param index its index
   * @param name its name
   * @param type its type
   * @param <T> what its value is in Java
   * @return the descriptor
   */
  public static <T> AttributeDescriptor<T> ofDynamic(int index, String name, ValueType<T> type) {
    return new AttributeDescriptor<>(index, name, false, type);
  }
}
