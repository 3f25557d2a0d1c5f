package io.dlms4j.axdr;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the elements of a compact-array are: the CHOICE TypeDescription (Green Book 9.5). A
 * compact-array cannot stand in another, so it is no such type.
 */
public sealed interface TypeDescription {
  /**
   * The type.
   *
   * @return its tag
   */
  DataTag tag();

  /**
   * A type that is neither array nor structure.
   *
   * @param tag its tag
   * @return the description
   * @throws IllegalArgumentException if it is array, structure or compact-array
   */
  static TypeDescription of(DataTag tag) {
    return new Simple(tag);
  }

  /**
   * The type of a value, as which it could stand in a compact-array.
   *
   * @param value the value; all elements of an array in it must be of one type
   * @return its description; that of an empty array is an array of 0 null-data
   * @throws IllegalArgumentException if no description fits
   */
  static TypeDescription of(CosemData value) {
    return CompactArrays.typeOf(value);
  }

  /**
   * An array, which has the same number of elements wherever it stands.
   *
   * @param numberOfElements how many, 0..65535
   * @param type what they are
   * @return the description
   * @throws IllegalArgumentException if the number is out of range
   */
  static TypeDescription array(int numberOfElements, TypeDescription type) {
    return new ArrayType(numberOfElements, type);
  }

  /**
   * A structure.
   *
   * @param types what its elements are
   * @return the description
   */
  static TypeDescription structure(TypeDescription... types) {
    return new StructureType(List.of(types));
  }

  /**
   * A type that is neither array nor structure.
   *
   * @param tag its tag
   */
  record Simple(DataTag tag) implements TypeDescription {
    /**
     * Checks the tag.
     *
     * @throws IllegalArgumentException if it is array, structure or compact-array
     */
    public Simple {
      if (tag.isComposite()) {
        throw new IllegalArgumentException(tag + " is no simple type");
      }
    }

    /** The name of the type. */
    @Override
    public String toString() {
      return tag.toString();
    }
  }

  /**
   * array, of which the number of elements is part of the type.
   *
   * @param numberOfElements how many, 0..65535
   * @param type what they are
   */
  record ArrayType(int numberOfElements, TypeDescription type) implements TypeDescription {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public ArrayType {
      DataCodec.check(numberOfElements, 0, 0xFFFF);
    }

    @Override
    public DataTag tag() {
      return DataTag.ARRAY;
    }

    /** As {@code array [5 of unsigned]}. */
    @Override
    public String toString() {
      return "array [" + numberOfElements + " of " + type + "]";
    }
  }

  /**
   * structure.
   *
   * @param types what its elements are
   */
  record StructureType(List<TypeDescription> types) implements TypeDescription {
    /** Takes the types: copies the list unless it is immutable already. */
    public StructureType {
      types = List.copyOf(types);
    }

    @Override
    public DataTag tag() {
      return DataTag.STRUCTURE;
    }

    /** As {@code structure {unsigned, long-unsigned}}. */
    @Override
    public String toString() {
      return types.stream()
          .map(Object::toString)
          .collect(Collectors.joining(", ", "structure {", "}"));
    }
  }
}
