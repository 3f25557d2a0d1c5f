package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;

/** An object of an interface class, by its logical name: what a client asks for by type. */
public interface InterfaceObject {
  /**
   * Its class.
   *
   * @return the class, in one of its versions
   */
  InterfaceClass interfaceClass();

  /**
   * Its name.
   *
   * @return the OBIS code
   */
  ObisCode logicalName();

  /**
   * One of its attributes.
   *
   * @param descriptor as the class declares it
   * @param <T> what its value is in Java
   * @return the attribute
   */
  default <T> TypedAttribute<T> attribute(AttributeDescriptor<T> descriptor) {
    return new TypedAttribute<>(
        new AttributeRef(interfaceClass().classId(), logicalName(), descriptor.index()),
        descriptor);
  }

  /**
   * One of its methods.
   *
   * @param descriptor as the class declares it
   * @param <P> what its parameter is in Java
   * @param <R> what its return value is in Java
   * @return the method
   */
  default <P, R> TypedMethod<P, R> method(MethodDescriptor<P, R> descriptor) {
    return new TypedMethod<>(
        new MethodRef(interfaceClass().classId(), logicalName(), descriptor.index()), descriptor);
  }
}
