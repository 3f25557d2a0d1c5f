package io.dlms4j.cosem.classes;

/**
 * A method as its interface class declares it.
 *
 * @param index its index, from 1 on
 * @param name its name in the Blue Book
 * @param parameter the type of what it takes
 * @param returned the type of what it returns
 * @param <P> what its parameter is in Java
 * @param <R> what its return value is in Java
 */
public record MethodDescriptor<P, R>(
    int index, String name, ValueType<P> parameter, ValueType<R> returned) {
  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if it is not within 1..127
   */
  public MethodDescriptor {
    if (index < 1 || index > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("method index " + index + " is not within 1..127");
    }
  }

  /**
   * A method that takes something and returns nothing.
   *
   * @param index its index
   * @param name its name
   * @param parameter the type of what it takes
   * @param <P> what its parameter is in Java
   * @return the descriptor
   */
  public static <P> MethodDescriptor<P, Nothing> taking(
      int index, String name, ValueType<P> parameter) {
    return new MethodDescriptor<>(index, name, parameter, ValueType.NOTHING);
  }

  /**
   * A method that takes and returns nothing: its parameter is integer(0).
   *
   * @param index its index
   * @param name its name
   * @return the descriptor
   */
  public static MethodDescriptor<Nothing, Nothing> of(int index, String name) {
    return new MethodDescriptor<>(index, name, ValueType.NOTHING, ValueType.NOTHING);
  }
}
