package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import java.util.function.Function;

/**
 * A field of a structure as its type declares it.
 *
 * @param name its name in the Blue Book
 * @param type its type
 * @param value takes it out of the structure
 * @param <T> what the structure is in Java
 * @param <F> what the field is in Java
 */
public record StructureField<T, F>(String name, ValueType<F> type, Function<T, F> value) {
  /**
   * A field.
   *
   * @param name its name in the Blue Book
   * @param type its type
   * @param value takes it out of the structure
   * @param <T> what the structure is in Java
   * @param <F> what the field is in Java
   * @return the field
   */
  public static <T, F> StructureField<T, F> field(
      String name, ValueType<F> type, Function<T, F> value) {
    return new StructureField<>(name, type, value);
  }

  CosemData encode(T structure) {
    return type.encode(value.apply(structure));
  }

  ValueShape.Field shape() {
    return new ValueShape.Field(name, type);
  }
}
