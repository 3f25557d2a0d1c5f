package io.dlms4j.axdr;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A value of the CHOICE Data (Green Book 9.5, Blue Book 4.1.5) as an immutable tree, one record for
 * every type, and one for the six delta types.
 *
 * <p>The constructors and factories refuse what their type cannot hold with {@link
 * IllegalArgumentException}: that is our own error. The methods that narrow, {@link
 * #integralValue()} to {@link #text()}, are for values that a peer sent: they throw {@link
 * AxdrException} with a sentence if the value is of another type, without an offset, for a tree has
 * none. For bulk, {@link DataReader} builds no tree.
 */
public sealed interface CosemData
    permits CompactArrayData,
        CosemData.ArrayData,
        CosemData.BcdData,
        CosemData.BitStringData,
        CosemData.BooleanData,
        CosemData.DateData,
        CosemData.DateTimeData,
        CosemData.DontCareData,
        CosemData.DoubleLongData,
        CosemData.DoubleLongUnsignedData,
        CosemData.EnumData,
        CosemData.Float32Data,
        CosemData.Float64Data,
        CosemData.IntegerData,
        CosemData.Long64Data,
        CosemData.Long64UnsignedData,
        CosemData.LongData,
        CosemData.LongUnsignedData,
        CosemData.NullData,
        CosemData.OctetStringData,
        CosemData.StructureData,
        CosemData.TimeData,
        CosemData.UnsignedData,
        CosemData.Utf8StringData,
        CosemData.VisibleStringData,
        DeltaData {
  /**
   * The type of this value.
   *
   * @return its tag
   */
  DataTag tag();

  /**
   * Decodes one value with {@link DecodeLimits#DEFAULT}.
   *
   * @param o the octets of the value and nothing else
   * @return the value, whose strings are views of the octets
   * @throws AxdrException if the octets are no Data, or more than one
   */
  static CosemData decode(Octets o) {
    AxdrReader reader = AxdrReader.of(o);
    CosemData data = reader.readData();
    reader.expectEnd("the data");
    return data;
  }

  /**
   * Encodes this value, lengths in their shortest form.
   *
   * @return its octets
   */
  default Octets encode() {
    return DataCodec.encode(this);
  }

  /**
   * The value of any whole number: integer, long, double-long, long64, their unsigned kin, or enum.
   *
   * @return the number
   * @throws AxdrException if this is another type, or a long64-unsigned of 2^63 or more
   */
  default long integralValue() {
    return Narrowing.integral(this);
  }

  /**
   * The octets of an octet-string.
   *
   * @return the octets
   * @throws AxdrException if this is another type
   */
  default Octets octetStringValue() {
    return Narrowing.octetString(this);
  }

  /**
   * The elements of an array, a structure or a compact-array.
   *
   * @return the elements, unmodifiable
   * @throws AxdrException if this is another type, or a compact-array that expands to more than
   *     {@link DecodeLimits#DEFAULT} allow
   */
  default List<CosemData> elements() {
    throw DataText.unexpected("array or structure", this);
  }

  /**
   * The elements of a structure of known size.
   *
   * @param n how many elements it must have
   * @return the elements, unmodifiable
   * @throws AxdrException if this is another type, or has another number of elements
   */
  default List<CosemData> structureOf(int n) {
    return Narrowing.structureOf(n, this);
  }

  /**
   * The value of a boolean.
   *
   * @return the truth value
   * @throws AxdrException if this is another type
   */
  default boolean booleanValue() {
    return Narrowing.bool(this);
  }

  /**
   * The value of a date-time, or of an octet-string of 12 that holds one.
   *
   * @return the date-time
   * @throws AxdrException if this is neither, or the octet-string holds no date-time
   */
  default CosemDateTime dateTimeValue() {
    return Narrowing.dateTime(this);
  }

  /**
   * The text of a visible-string, a utf8-string or an octet-string. The first and the last are read
   * as ISO 8859-1, of which ASCII is a part, because meters write more than ASCII into them.
   *
   * @return the text; U+FFFD stands for octets that are no UTF-8
   * @throws AxdrException if this is another type
   */
  default String text() {
    return Narrowing.text(this);
  }

  /**
   * No value.
   *
   * @return the value
   */
  static CosemData nullData() {
    return DataCodec.NULL;
  }

  /**
   * An array.
   *
   * @param elements its elements, which should be of one type
   * @return the value
   */
  static CosemData array(CosemData... elements) {
    return new ArrayData(List.of(elements));
  }

  /**
   * An array.
   *
   * @param elements its elements, which should be of one type
   * @return the value
   */
  static CosemData array(List<CosemData> elements) {
    return new ArrayData(elements);
  }

  /**
   * A structure.
   *
   * @param elements its elements
   * @return the value
   */
  static CosemData structure(CosemData... elements) {
    return new StructureData(List.of(elements));
  }

  /**
   * A structure.
   *
   * @param elements its elements
   * @return the value
   */
  static CosemData structure(List<CosemData> elements) {
    return new StructureData(elements);
  }

  /**
   * A boolean.
   *
   * @param value its value
   * @return the value
   */
  static CosemData bool(boolean value) {
    return new BooleanData(value);
  }

  /**
   * A double-long.
   *
   * @param value its value
   * @return the value
   */
  static CosemData doubleLong(int value) {
    return new DoubleLongData(value);
  }

  /**
   * A double-long-unsigned.
   *
   * @param value its value, 0..2^32-1
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData doubleLongUnsigned(long value) {
    return new DoubleLongUnsignedData(value);
  }

  /**
   * An octet-string.
   *
   * @param value its octets
   * @return the value
   */
  static CosemData octetString(Octets value) {
    return new OctetStringData(value);
  }

  /**
   * A visible-string.
   *
   * @param text its text, in ASCII
   * @return the value
   * @throws IllegalArgumentException if a character is not ASCII
   */
  static CosemData visibleString(String text) {
    return new VisibleStringData(Octets.ofAscii(text));
  }

  /**
   * An integer.
   *
   * @param value its value, -128..127
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData integer(int value) {
    return new IntegerData((byte) DataCodec.check(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
  }

  /**
   * A long.
   *
   * @param value its value, -32768..32767
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData longInteger(int value) {
    return new LongData((short) DataCodec.check(value, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  /**
   * An unsigned.
   *
   * @param value its value, 0..255
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData unsigned(int value) {
    return new UnsignedData(value);
  }

  /**
   * A long-unsigned.
   *
   * @param value its value, 0..65535
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData longUnsigned(int value) {
    return new LongUnsignedData(value);
  }

  /**
   * An enum.
   *
   * @param value its value, 0..255
   * @return the value
   * @throws IllegalArgumentException if it is out of range
   */
  static CosemData enumerated(int value) {
    return new EnumData(value);
  }

  /**
   * A date-time as a type of its own; most attributes have it in an octet-string instead.
   *
   * @param value its value
   * @return the value
   */
  static CosemData dateTime(CosemDateTime value) {
    return new DateTimeData(value);
  }

  /**
   * A compact-array, which is shorter than an array of the same elements.
   *
   * @param elements one at least, all of one type, arrays in them of one size
   * @return the value; {@link CompactArrayData#of(TypeDescription, List)} makes an empty one
   * @throws IllegalArgumentException if the types differ, take no octets, or are a compact-array
   */
  static CosemData compactArray(List<? extends CosemData> elements) {
    return CompactArrayData.of(elements);
  }

  /** null-data: no value. */
  record NullData() implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.NULL_DATA;
    }

    @Override
    public String toString() {
      return tag().toString();
    }
  }

  /**
   * array.
   *
   * @param elements its elements, which the standard wants to be of one type; that is not checked
   */
  record ArrayData(List<CosemData> elements) implements CosemData {
    /** Takes the elements: copies the list unless it is immutable already. */
    public ArrayData {
      elements = List.copyOf(elements);
    }

    @Override
    public DataTag tag() {
      return DataTag.ARRAY;
    }

    @Override
    public String toString() {
      return elements.stream()
          .map(Object::toString)
          .collect(Collectors.joining(", ", "array [", "]"));
    }
  }

  /**
   * structure.
   *
   * @param elements its elements
   */
  record StructureData(List<CosemData> elements) implements CosemData {
    /** Takes the elements: copies the list unless it is immutable already. */
    public StructureData {
      elements = List.copyOf(elements);
    }

    @Override
    public DataTag tag() {
      return DataTag.STRUCTURE;
    }

    @Override
    public String toString() {
      return elements.stream()
          .map(Object::toString)
          .collect(Collectors.joining(", ", "structure {", "}"));
    }
  }

  /**
   * boolean.
   *
   * @param value its value
   */
  record BooleanData(boolean value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.BOOLEAN;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * bit-string.
   *
   * @param bits the bits, the first one in the highest place of the first octet; what the last
   *     octet has after them means nothing and stays as it is
   * @param length how many bits there are
   */
  record BitStringData(Octets bits, int length) implements CosemData {
    /**
     * Checks that the octets hold the bits.
     *
     * @throws IllegalArgumentException if there are too few octets, or too many
     */
    public BitStringData {
      if (length < 0 || bits.length() != DataCodec.octetsOf(length)) {
        throw new IllegalArgumentException(length + " bits in " + bits.length() + " octets");
      }
    }

    @Override
    public DataTag tag() {
      return DataTag.BIT_STRING;
    }

    /**
     * One bit.
     *
     * @param index which, from 0 on
     * @return whether it is set
     * @throws IndexOutOfBoundsException if there is no such bit
     */
    public boolean bit(int index) {
      return (bits.at(Objects.checkIndex(index, length) / 8) & (0x80 >> (index % 8))) != 0;
    }

    @Override
    public String toString() {
      return IntStream.range(0, length)
          .mapToObj(i -> bit(i) ? "1" : "0")
          .collect(Collectors.joining("", tag() + " ", ""));
    }
  }

  /**
   * double-long: 32 bits, signed.
   *
   * @param value its value
   */
  record DoubleLongData(int value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.DOUBLE_LONG;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * double-long-unsigned: 32 bits.
   *
   * @param value its value, 0..2^32-1
   */
  record DoubleLongUnsignedData(long value) implements CosemData {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not within 0..2^32-1
     */
    public DoubleLongUnsignedData {
      DataCodec.check(value, 0, 0xFFFF_FFFFL);
    }

    @Override
    public DataTag tag() {
      return DataTag.DOUBLE_LONG_UNSIGNED;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * octet-string.
   *
   * @param value its octets
   */
  record OctetStringData(Octets value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.OCTET_STRING;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * visible-string.
   *
   * @param value its octets, ASCII by the standard; that is not checked
   */
  record VisibleStringData(Octets value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.VISIBLE_STRING;
    }

    @Override
    public String toString() {
      return tag() + " " + DataText.quote(text());
    }
  }

  /**
   * utf8-string.
   *
   * @param value its octets, UTF-8 by the standard; that is not checked
   */
  record Utf8StringData(Octets value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.UTF8_STRING;
    }

    @Override
    public String toString() {
      return tag() + " " + DataText.quote(text());
    }
  }

  /**
   * bcd: an octet of binary coded decimal.
   *
   * @param value the octet, 0..255: its digits are not checked
   */
  record BcdData(int value) implements CosemData {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not within 0..255
     */
    public BcdData {
      DataCodec.check(value, 0, 0xFF);
    }

    @Override
    public DataTag tag() {
      return DataTag.BCD;
    }

    @Override
    public String toString() {
      return tag() + " %02X".formatted(value);
    }
  }

  /**
   * integer: 8 bits, signed.
   *
   * @param value its value
   */
  record IntegerData(byte value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.INTEGER;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * long: 16 bits, signed.
   *
   * @param value its value
   */
  record LongData(short value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.LONG;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * unsigned: 8 bits.
   *
   * @param value its value, 0..255
   */
  record UnsignedData(int value) implements CosemData {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not within 0..255
     */
    public UnsignedData {
      DataCodec.check(value, 0, 0xFF);
    }

    @Override
    public DataTag tag() {
      return DataTag.UNSIGNED;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * long-unsigned: 16 bits.
   *
   * @param value its value, 0..65535
   */
  record LongUnsignedData(int value) implements CosemData {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not within 0..65535
     */
    public LongUnsignedData {
      DataCodec.check(value, 0, 0xFFFF);
    }

    @Override
    public DataTag tag() {
      return DataTag.LONG_UNSIGNED;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * long64: 64 bits, signed.
   *
   * @param value its value
   */
  record Long64Data(long value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.LONG64;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * long64-unsigned: 64 bits.
   *
   * @param bits its 64 bits: negative from 2^63 on
   */
  record Long64UnsignedData(long bits) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.LONG64_UNSIGNED;
    }

    /**
     * The number itself.
     *
     * @return 0..2^64-1
     */
    public BigInteger value() {
      return new BigInteger(Long.toUnsignedString(bits));
    }

    @Override
    public String toString() {
      return tag() + " " + Long.toUnsignedString(bits);
    }
  }

  /**
   * enum: one of several things, by number.
   *
   * @param value its value, 0..255
   */
  record EnumData(int value) implements CosemData {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not within 0..255
     */
    public EnumData {
      DataCodec.check(value, 0, 0xFF);
    }

    @Override
    public DataTag tag() {
      return DataTag.ENUM;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * float32: IEEE 754 number of 32 bits.
   *
   * @param value its value
   */
  record Float32Data(float value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.FLOAT32;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * float64: IEEE 754 number of 64 bits.
   *
   * @param value its value
   */
  record Float64Data(double value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.FLOAT64;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * date-time as a type of its own.
   *
   * @param value its value
   */
  record DateTimeData(CosemDateTime value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.DATE_TIME;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * date as a type of its own.
   *
   * @param value its value
   */
  record DateData(CosemDate value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.DATE;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /**
   * time as a type of its own.
   *
   * @param value its value
   */
  record TimeData(CosemTime value) implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.TIME;
    }

    @Override
    public String toString() {
      return tag() + " " + value;
    }
  }

  /** dont-care: in a pattern, any value will do. */
  record DontCareData() implements CosemData {
    @Override
    public DataTag tag() {
      return DataTag.DONT_CARE;
    }

    @Override
    public String toString() {
      return tag().toString();
    }
  }
}
