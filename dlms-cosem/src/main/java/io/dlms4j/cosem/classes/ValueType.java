package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The type of an attribute, or of a method's parameter or return value: how a value of Java is
 * written as Data, and read from it (Blue Book 4.1.5).
 *
 * <p>There are two ways to read. A server reads {@linkplain #decodeExactly exactly}: a value of
 * another type is refused with type-unmatched. A client reads what meters send: {@link #decode}
 * takes any type of whole number that the value fits in, and a date, a time or a date-time in its
 * own type as well as in an octet-string. Immutable.
 *
 * @param <T> what it is in Java
 */
public final class ValueType<T> {
  static final String CLAUSE = "Blue Book 4.1.5";

  /** Any Data, as it is: an attribute whose type is a CHOICE, or the instance's own. */
  public static final ValueType<CosemData> ANY =
      new ValueType<>("CHOICE", new ValueShape.Any(), (data, exactly) -> data, Function.identity());

  /** A boolean. */
  public static final ValueType<Boolean> BOOLEAN =
      new ValueType<>(
          "boolean",
          new ValueShape.Simple(DataTag.BOOLEAN),
          (data, exactly) -> data.booleanValue(),
          CosemData::bool);

  /** -128..127. */
  public static final ValueType<Integer> INTEGER =
      SimpleTypes.number(DataTag.INTEGER, Byte.MIN_VALUE, Byte.MAX_VALUE)
          .map(Long::intValue, Long::valueOf);

  /** -32768..32767. */
  public static final ValueType<Integer> LONG =
      SimpleTypes.number(DataTag.LONG, Short.MIN_VALUE, Short.MAX_VALUE)
          .map(Long::intValue, Long::valueOf);

  /** -2^31..2^31-1. */
  public static final ValueType<Integer> DOUBLE_LONG =
      SimpleTypes.number(DataTag.DOUBLE_LONG, Integer.MIN_VALUE, Integer.MAX_VALUE)
          .map(Long::intValue, Long::valueOf);

  /** 0..255. */
  public static final ValueType<Integer> UNSIGNED =
      SimpleTypes.number(DataTag.UNSIGNED, 0, 0xFF).map(Long::intValue, Long::valueOf);

  /** 0..65535. */
  public static final ValueType<Integer> LONG_UNSIGNED =
      SimpleTypes.number(DataTag.LONG_UNSIGNED, 0, 0xFFFF).map(Long::intValue, Long::valueOf);

  /** 0..2^32-1. */
  public static final ValueType<Long> DOUBLE_LONG_UNSIGNED =
      SimpleTypes.number(DataTag.DOUBLE_LONG_UNSIGNED, 0, 0xFFFF_FFFFL);

  /** An enum whose numbers have no names here, 0..255. */
  public static final ValueType<Integer> ENUM =
      SimpleTypes.number(DataTag.ENUM, 0, 0xFF).map(Long::intValue, Long::valueOf);

  /** An octet-string. */
  public static final ValueType<Octets> OCTET_STRING =
      new ValueType<>(
          "octet-string",
          new ValueShape.Simple(DataTag.OCTET_STRING),
          (data, exactly) -> data.octetStringValue(),
          CosemData::octetString);

  /** A visible-string. Meters write more than ASCII into it, which {@link #encode} refuses. */
  public static final ValueType<String> VISIBLE_STRING =
      new ValueType<>(
          "visible-string",
          new ValueShape.Simple(DataTag.VISIBLE_STRING),
          SimpleTypes::visibleString,
          CosemData::visibleString);

  /** An OBIS code in an octet-string of six. */
  public static final ValueType<ObisCode> LOGICAL_NAME =
      new ValueType<>(
          "octet-string[6]",
          new ValueShape.OctetStringOf(ValueShape.Content.LOGICAL_NAME),
          (data, exactly) -> CaptureObjectDefinition.logicalName(data),
          name -> CosemData.octetString(name.toOctets()));

  /** A date and time in an octet-string of twelve. */
  public static final ValueType<CosemDateTime> DATE_TIME =
      new ValueType<>(
          "octet-string[12]",
          new ValueShape.OctetStringOf(ValueShape.Content.DATE_TIME),
          (data, exactly) ->
              SimpleTypes.tagged(DataTag.OCTET_STRING, data, exactly).dateTimeValue(),
          value -> CosemData.octetString(value.encode()));

  /** A date in an octet-string of five. */
  public static final ValueType<CosemDate> DATE =
      new ValueType<>(
          "octet-string[5]",
          new ValueShape.OctetStringOf(ValueShape.Content.DATE),
          (data, exactly) ->
              !exactly && data instanceof CosemData.DateData date
                  ? date.value()
                  : CosemDate.decode(data.octetStringValue()),
          value -> CosemData.octetString(value.encode()));

  /** A time of day in an octet-string of four. */
  public static final ValueType<CosemTime> TIME =
      new ValueType<>(
          "octet-string[4]",
          new ValueShape.OctetStringOf(ValueShape.Content.TIME),
          (data, exactly) ->
              !exactly && data instanceof CosemData.TimeData time
                  ? time.value()
                  : CosemTime.decode(data.octetStringValue()),
          value -> CosemData.octetString(value.encode()));

  /** scaler_unit (Blue Book 4.3.2). */
  public static final ValueType<ScalerUnit> SCALER_UNIT =
      structure(
          "scal_unit_type",
          in -> new ScalerUnit(in.next(INTEGER), Unit.of(in.next(ENUM))),
          StructureField.field("scaler", INTEGER, ScalerUnit::scaler),
          StructureField.field("unit", ENUM, value -> value.unit().code()));

  /** Bits, of any number. */
  public static final ValueType<CosemData.BitStringData> BIT_STRING =
      new ValueType<>(
          "bit-string",
          new ValueShape.BitString(0),
          (data, exactly) -> SimpleTypes.bits(data),
          bits -> bits);

  /**
   * integer(0), the parameter of a method that takes nothing. A server takes null-data as well, and
   * an integer that is not 0; a client, which has nothing to learn from it, whatever is returned.
   */
  public static final ValueType<Nothing> NOTHING =
      new ValueType<>(
          "integer(0)",
          new ValueShape.Simple(DataTag.INTEGER),
          (data, exactly) -> {
            if (!(data instanceof CosemData.NullData)) {
              SimpleTypes.tagged(DataTag.INTEGER, data, exactly);
            }
            return Nothing.NOTHING;
          },
          nothing -> CosemData.integer(0));

  private final String name;
  private final ValueShape shape;
  private final Decoder<T> decoder;
  private final Function<T, CosemData> encoder;

  /** Reads a value. */
  @FunctionalInterface
  interface Decoder<T> {
    /** Throws an AxdrException if the data are of another type, or out of range. */
    T decode(CosemData data, boolean exactly);
  }

  ValueType(String name, ValueShape shape, Decoder<T> decoder, Function<T, CosemData> encoder) {
    this.name = name;
    this.shape = shape;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  /**
   * The name of the type.
   *
   * @return as the Blue Book writes it, such as {@code double-long-unsigned}
   */
  public String name() {
    return name;
  }

  /**
   * What its values look like.
   *
   * @return its shape, with the names of fields and the types of elements
   */
  public ValueShape shape() {
    return shape;
  }

  /**
   * Reads a value that a meter sent.
   *
   * @param data the value
   * @return what it is in Java
   * @throws AxdrException if it is of another type, or out of range
   */
  public T decode(CosemData data) {
    return decoder.decode(data, false);
  }

  /**
   * Reads a value that has to be of this type and no other.
   *
   * @param data the value
   * @return what it is in Java
   * @throws AxdrException if it is of another type, or out of range
   */
  public T decodeExactly(CosemData data) {
    return decoder.decode(data, true);
  }

  T decode(CosemData data, boolean exactly) {
    return decoder.decode(data, exactly);
  }

  /**
   * Writes a value.
   *
   * @param value what it is in Java
   * @return the Data
   * @throws IllegalArgumentException if the type cannot hold it
   */
  public CosemData encode(T value) {
    return encoder.apply(value);
  }

  /**
   * The same type, as something else in Java.
   *
   * @param to from this type's value; may throw an {@link AxdrException} if there is no such value
   * @param from to this type's value
   * @param <U> what it is in Java
   * @return the type
   */
  public <U> ValueType<U> map(Function<T, U> to, Function<U, T> from) {
    return new ValueType<>(
        name,
        shape,
        (data, exactly) -> to.apply(decoder.decode(data, exactly)),
        value -> encode(from.apply(value)));
  }

  /**
   * The same type under another name.
   *
   * @param standardName the Blue Book's name of it
   * @return the type
   */
  public ValueType<T> named(String standardName) {
    return new ValueType<>(standardName, shape, decoder, encoder);
  }

  /**
   * This type, or null-data.
   *
   * @return the type
   */
  public ValueType<Optional<T>> orNull() {
    return new ValueType<>(
        name + " or null-data",
        new ValueShape.OrNull(this),
        (data, exactly) ->
            data instanceof CosemData.NullData
                ? Optional.empty()
                : Optional.of(decoder.decode(data, exactly)),
        value -> value.map(this::encode).orElseGet(CosemData::nullData));
  }

  /**
   * An array.
   *
   * @param element the type of its elements
   * @param <E> what an element is in Java
   * @return the type
   */
  public static <E> ValueType<List<E>> arrayOf(ValueType<E> element) {
    return new ValueType<>(
        "array of " + element.name,
        new ValueShape.ArrayOf(element),
        (data, exactly) -> {
          if (data instanceof CosemData.StructureData) {
            throw Fields.malformed("a structure is no array", CLAUSE);
          }
          List<E> elements = new ArrayList<>();
          for (CosemData each : data.elements()) {
            elements.add(element.decoder.decode(each, exactly));
          }
          return List.copyOf(elements);
        },
        list -> CosemData.array(list.stream().map(element::encode).toList()));
  }

  /**
   * A structure.
   *
   * @param name the Blue Book's name of it
   * @param decoder takes all fields, one after the other, as they are declared
   * @param fields all fields, in order
   * @param <T> what it is in Java
   * @return the type
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // Nothing is put into the array.
  public static <T> ValueType<T> structure(
      String name, Function<StructureFields, T> decoder, StructureField<T, ?>... fields) {
    List<StructureField<T, ?>> declared = List.of(fields);
    return structure(
        name,
        new ValueShape.Structure(declared.stream().map(StructureField::shape).toList()),
        decoder,
        value -> declared.stream().map(field -> field.encode(value)).toList());
  }

  /**
   * A structure whose fields are its own affair, and not told to whoever prints it.
   *
   * @param name the Blue Book's name of it
   * @param decoder takes all fields, one after the other
   * @param encoder gives all fields
   * @param <T> what it is in Java
   * @return the type
   */
  public static <T> ValueType<T> structure(
      String name, Function<StructureFields, T> decoder, Function<T, List<CosemData>> encoder) {
    return structure(name, new ValueShape.Any(), decoder, encoder);
  }

  private static <T> ValueType<T> structure(
      String name,
      ValueShape shape,
      Function<StructureFields, T> decoder,
      Function<T, List<CosemData>> encoder) {
    List<ValueShape.Field> declared =
        shape instanceof ValueShape.Structure structure ? structure.fields() : List.of();
    return new ValueType<>(
        name,
        shape,
        (data, exactly) -> {
          StructureFields fields = new StructureFields(name, declared, data, exactly);
          T value = decoder.apply(fields);
          fields.expectEnd();
          return value;
        },
        value -> CosemData.structure(encoder.apply(value)));
  }

  /**
   * An enum whose numbers have names.
   *
   * @param name the Blue Book's name of the attribute
   * @param values all values
   * @param <E> the values
   * @return the type
   */
  public static <E extends Coded> ValueType<E> enumOf(String name, E[] values) {
    return enumOf(name, List.of(values), Coded::code);
  }

  /**
   * An enum whose numbers have names, for values that have their numbers from elsewhere.
   *
   * @param name the Blue Book's name of the attribute
   * @param values all values
   * @param code the number of each, 0..255
   * @param <E> the values
   * @return the type
   */
  public static <E> ValueType<E> enumOf(String name, List<E> values, ToIntFunction<E> code) {
    SortedMap<Integer, E> byCode = new TreeMap<>();
    SortedMap<Integer, String> names = new TreeMap<>();
    for (E value : values) {
      byCode.put(code.applyAsInt(value), value);
      names.put(code.applyAsInt(value), value.toString().toLowerCase(Locale.ROOT));
    }
    return new ValueType<>(
        "enum",
        new ValueShape.Enumeration(Collections.unmodifiableSortedMap(names)),
        (data, exactly) -> {
          int number = ENUM.decode(data, exactly);
          E value = byCode.get(number);
          if (value == null) {
            throw Fields.malformed(name + " " + number + " is not defined", CLAUSE);
          }
          return value;
        },
        value -> ENUM.encode(code.applyAsInt(value)));
  }

  /**
   * A bit-string of fixed length, the first bit of it being bit 0 of the number.
   *
   * @param bits how many bits, 1..31
   * @return the type
   */
  public static ValueType<Integer> bitString(int bits) {
    return SimpleTypes.bitString(bits);
  }

  /** The type's name. */
  @Override
  public String toString() {
    return name;
  }
}
