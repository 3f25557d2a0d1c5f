package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.ArrayData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.TypeDescription.ArrayType;
import io.dlms4j.axdr.TypeDescription.StructureType;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact-array (Green Book 9.5): its description, and values without tags. One element of a
 * few octets may expand to as many values as the description likes, so every value counts against
 * the limit of elements before it is looked at.
 */
final class CompactArrays {
  private static final int ANY = Integer.MAX_VALUE;

  private CompactArrays() {}

  /**
   * Reads what follows the tag.
   *
   * @param depth how many arrays and structures the compact-array stands in
   * @param build whether to make the value
   */
  static CosemData walk(AxdrReader r, int depth, boolean build) {
    TypeDescription type = readType(r, depth + 1);
    int length = r.readLength();
    r.require(length);
    Octets contents = build ? r.rest().slice(0, length) : Octets.EMPTY;
    count(type, r, length);
    return build ? new CompactArrayData(type, contents) : DataCodec.NULL;
  }

  static TypeDescription readType(AxdrReader r, int depth) {
    DataTag tag = DataCodec.peekTag(r);
    if (tag == DataTag.COMPACT_ARRAY) {
      throw r.malformed("no compact-array stands in another", "Green Book 9.5, TypeDescription");
    }
    if (!tag.isComposite()) {
      r.skip(1);
      return new TypeDescription.Simple(tag);
    }
    DataCodec.checkDepth(r, depth);
    r.skip(1);
    if (tag == DataTag.ARRAY) {
      int number = r.readUnsigned16();
      r.countElements(1);
      return new ArrayType(number, readType(r, depth + 1));
    }
    int size = DataCodec.readCount(r);
    r.countElements(size);
    TypeDescription[] types = new TypeDescription[size];
    for (int i = 0; i < size; i++) {
      types[i] = readType(r, depth + 1);
    }
    return new StructureType(List.of(types));
  }

  /** Checks contents of that many octets, moves past them and tells how many elements they are. */
  static int count(TypeDescription type, AxdrReader r, int length) {
    int outer = r.narrow(length);
    try {
      int number = 0;
      while (r.hasRemaining()) {
        int before = r.position();
        r.countElements(1);
        skip(type, r);
        if (r.position() == before) {
          throw r.malformed("elements of " + type.tag() + " take no octets", DataCodec.DATA_CLAUSE);
        }
        number++;
      }
      return number;
    } finally {
      r.widen(outer);
    }
  }

  static int count(TypeDescription type, Octets contents) {
    return count(type, reader(contents, ANY), contents.length());
  }

  static List<CosemData> expand(TypeDescription type, Octets contents, int maxElements) {
    AxdrReader r = reader(contents, maxElements);
    List<CosemData> elements = new ArrayList<>();
    while (r.hasRemaining()) {
      r.countElements(1);
      elements.add(read(type, r));
    }
    return List.copyOf(elements);
  }

  private static AxdrReader reader(Octets contents, int maxElements) {
    DecodeLimits limits =
        new DecodeLimits(Math.max(1, contents.length()), DecodeLimits.MAX_DEPTH, maxElements);
    AxdrReader r = AxdrReader.of(contents, limits);
    r.allowElements(maxElements);
    return r;
  }

  /** Reads a value without its tag. */
  static CosemData read(TypeDescription type, AxdrReader r) {
    if (type instanceof ArrayType array) {
      CosemData[] elements = allocate(array.numberOfElements(), r);
      for (int i = 0; i < elements.length; i++) {
        elements[i] = read(array.type(), r);
      }
      return new ArrayData(List.of(elements));
    }
    if (type instanceof StructureType structure) {
      CosemData[] elements = allocate(structure.types().size(), r);
      for (int i = 0; i < elements.length; i++) {
        elements[i] = read(structure.types().get(i), r);
      }
      return new StructureData(List.of(elements));
    }
    return DataCodec.readSimple(r, type.tag());
  }

  private static CosemData[] allocate(int size, AxdrReader r) {
    r.countElements(size);
    return new CosemData[size];
  }

  /** Moves past a value without its tag; takes and refuses the same as {@link #read}. */
  static void skip(TypeDescription type, AxdrReader r) {
    if (type instanceof ArrayType array) {
      r.countElements(array.numberOfElements());
      skipElements(array, r);
    } else if (type instanceof StructureType structure) {
      r.countElements(structure.types().size());
      for (int i = 0; i < structure.types().size(); i++) {
        skip(structure.types().get(i), r);
      }
    } else {
      DataCodec.skipSimple(r, type.tag());
    }
  }

  /** Elements that take no octets are counted without a look at each: they may be very many. */
  private static void skipElements(ArrayType array, AxdrReader r) {
    for (int i = 0; i < array.numberOfElements(); i++) {
      int position = r.position();
      int left = r.elementsLeft();
      skip(array.type(), r);
      if (r.position() == position) {
        r.countElements((array.numberOfElements() - 1L) * (left - r.elementsLeft()));
        return;
      }
    }
  }

  static void writeType(TypeDescription type, AxdrWriter w) {
    w.put8(type.tag().value());
    if (type instanceof ArrayType array) {
      w.put16(array.numberOfElements());
      writeType(array.type(), w);
    } else if (type instanceof StructureType structure) {
      w.writeLength(structure.types().size());
      for (TypeDescription each : structure.types()) {
        writeType(each, w);
      }
    }
  }

  /** Writes a value without its tag. */
  static void writeContents(TypeDescription type, CosemData value, AxdrWriter w) {
    if (type instanceof ArrayType array
        && value instanceof ArrayData data
        && data.elements().size() == array.numberOfElements()) {
      for (CosemData element : data.elements()) {
        writeContents(array.type(), element, w);
      }
    } else if (type instanceof StructureType structure
        && value instanceof StructureData data
        && data.elements().size() == structure.types().size()) {
      for (int i = 0; i < data.elements().size(); i++) {
        writeContents(structure.types().get(i), data.elements().get(i), w);
      }
    } else if (type instanceof TypeDescription.Simple && type.tag() == value.tag()) {
      DataCodec.writeSimple(value, type.tag(), w);
    } else {
      throw new IllegalArgumentException(DataText.describe(value) + " is no " + type);
    }
  }

  static TypeDescription typeOf(CosemData value) {
    if (value instanceof StructureData structure) {
      return new StructureType(structure.elements().stream().map(CompactArrays::typeOf).toList());
    }
    if (value instanceof ArrayData array) {
      List<CosemData> elements = array.elements();
      TypeDescription type =
          elements.isEmpty() ? TypeDescription.of(DataTag.NULL_DATA) : typeOf(elements.get(0));
      for (int i = 1; i < elements.size(); i++) {
        TypeDescription other = typeOf(elements.get(i));
        if (!other.equals(type)) {
          throw new IllegalArgumentException("an array of " + type + " and " + other);
        }
      }
      return new ArrayType(elements.size(), type);
    }
    return new TypeDescription.Simple(value.tag());
  }
}
