package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.MethodRef;

/**
 * A method of one object, with its types.
 *
 * @param reference which method of which object
 * @param descriptor the method as its class declares it
 * @param <P> what its parameter is in Java
 * @param <R> what its return value is in Java
 */
public record TypedMethod<P, R>(MethodRef reference, MethodDescriptor<P, R> descriptor) {
  /** Its reference and name: {@code 3:1.0.1.8.0.255:1 reset}. */
  @Override
  public String toString() {
    return reference + " " + descriptor.name();
  }
}
