package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.AttributeRef;

/**
 * An attribute of one object, with its type.
 *
 * @param reference which attribute of which object
 * @param descriptor the attribute as its class declares it
 * @param <T> what its value is in Java
 */
public record TypedAttribute<T>(AttributeRef reference, AttributeDescriptor<T> descriptor) {
  /**
   * The type of its value.
   *
   * @return the type
   */
  public ValueType<T> type() {
    return descriptor.type();
  }

  /** Its reference and name: {@code 8:0.0.1.0.0.255:2 time}. */
  @Override
  public String toString() {
    return reference + " " + descriptor.name();
  }
}
