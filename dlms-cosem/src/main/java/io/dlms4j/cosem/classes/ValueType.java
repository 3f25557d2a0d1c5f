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
import java.util.List;
import java.util.Optional;
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
  private static final String CLAUSE = "Blue Book 4.1.5";

  /** Any Data, as it is: an attribute whose type is a CHOICE, or the instance's own. */
  public static final ValueType<CosemData> ANY =
      new ValueType<>("CHOICE", (data, exactly) -> data, Function.identity());

  /** A boolean. */
  public static final ValueType<Boolean> BOOLEAN =
      new ValueType<>("boolean", (data, exactly) -> data.booleanValue(), CosemData::bool);

  /** -128..127. */
  public static final ValueType<Integer> INTEGER =
      number(DataTag.INTEGER, Byte.MIN_VALUE, Byte.MAX_VALUE).map(Long::intValue, Long::valueOf);

  /** -32768..32767. */
  public static final ValueType<Integer> LONG =
      number(DataTag.LONG, Short.MIN_VALUE, Short.MAX_VALUE).map(Long::intValue, Long::valueOf);

  /** -2^31..2^31-1. */
  public static final ValueType<Integer> DOUBLE_LONG =
      number(DataTag.DOUBLE_LONG, Integer.MIN_VALUE, Integer.MAX_VALUE)
          .map(Long::intValue, Long::valueOf);

  /** 0..255. */
  public static final ValueType<Integer> UNSIGNED =
      number(DataTag.UNSIGNED, 0, 0xFF).map(Long::intValue, Long::valueOf);

  /** 0..65535. */
  public static final ValueType<Integer> LONG_UNSIGNED =
      number(DataTag.LONG_UNSIGNED, 0, 0xFFFF).map(Long::intValue, Long::valueOf);

  /** 0..2^32-1. */
  public static final ValueType<Long> DOUBLE_LONG_UNSIGNED =
      number(DataTag.DOUBLE_LONG_UNSIGNED, 0, 0xFFFF_FFFFL);

  /** An enum whose numbers have no names here, 0..255. */
  public static final ValueType<Integer> ENUM =
      number(DataTag.ENUM, 0, 0xFF).map(Long::intValue, Long::valueOf);

  /** An octet-string. */
  public static final ValueType<Octets> OCTET_STRING =
      new ValueType<>(
          "octet-string", (data, exactly) -> data.octetStringValue(), CosemData::octetString);

  /** A visible-string. */
  public static final ValueType<String> VISIBLE_STRING =
      new ValueType<>(
          "visible-string",
          (data, exactly) -> tagged(DataTag.VISIBLE_STRING, data, exactly).text(),
          CosemData::visibleString);

  /** An OBIS code in an octet-string of six. */
  public static final ValueType<ObisCode> LOGICAL_NAME =
      new ValueType<>(
          "octet-string[6]",
          (data, exactly) -> CaptureObjectDefinition.logicalName(data),
          name -> CosemData.octetString(name.toOctets()));

  /** A date and time in an octet-string of twelve. */
  public static final ValueType<CosemDateTime> DATE_TIME =
      new ValueType<>(
          "octet-string[12]",
          (data, exactly) -> tagged(DataTag.OCTET_STRING, data, exactly).dateTimeValue(),
          value -> CosemData.octetString(value.encode()));

  /** A date in an octet-string of five. */
  public static final ValueType<CosemDate> DATE =
      new ValueType<>(
          "octet-string[5]",
          (data, exactly) ->
              !exactly && data instanceof CosemData.DateData date
                  ? date.value()
                  : CosemDate.decode(data.octetStringValue()),
          value -> CosemData.octetString(value.encode()));

  /** A time of day in an octet-string of four. */
  public static final ValueType<CosemTime> TIME =
      new ValueType<>(
          "octet-string[4]",
          (data, exactly) ->
              !exactly && data instanceof CosemData.TimeData time
                  ? time.value()
                  : CosemTime.decode(data.octetStringValue()),
          value -> CosemData.octetString(value.encode()));

  /** scaler_unit (Blue Book 4.3.2). */
  public static final ValueType<ScalerUnit> SCALER_UNIT =
      structure(
          "scal_unit_type",
          in -> {
            int scaler = in.next("scaler", INTEGER);
            return new ScalerUnit(scaler, Unit.of(in.next("unit", ENUM)));
          },
          value -> value.encode().elements());

  /** integer(0), the parameter of a method that takes nothing, and null-data for one's return. */
  public static final ValueType<Nothing> NOTHING =
      new ValueType<>(
          "integer(0)", (data, exactly) -> Nothing.NOTHING, nothing -> CosemData.integer(0));

  private final String name;
  private final Decoder<T> decoder;
  private final Function<T, CosemData> encoder;

  /** Reads a value. */
  @FunctionalInterface
  private interface Decoder<T> {
    /** Throws an AxdrException if the data are of another type, or out of range. */
    T decode(CosemData data, boolean exactly);
  }

  private ValueType(String name, Decoder<T> decoder, Function<T, CosemData> encoder) {
    this.name = name;
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
    return new ValueType<>(standardName, decoder, encoder);
  }

  /**
   * This type, or null-data.
   *
   * @return the type
   */
  public ValueType<Optional<T>> orNull() {
    return new ValueType<>(
        name + " or null-data",
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
   * @param decoder takes all fields, one after the other
   * @param encoder gives all fields
   * @param <T> what it is in Java
   * @return the type
   */
  public static <T> ValueType<T> structure(
      String name, Function<StructureFields, T> decoder, Function<T, List<CosemData>> encoder) {
    return new ValueType<>(
        name,
        (data, exactly) -> {
          StructureFields fields = new StructureFields(name, data, exactly);
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
   * @param code the number of each, 0..255
   * @param <E> the values
   * @return the type
   */
  public static <E> ValueType<E> enumOf(String name, List<E> values, ToIntFunction<E> code) {
    return ENUM.map(
            number -> {
              for (E value : values) {
                if (code.applyAsInt(value) == number) {
                  return value;
                }
              }
              throw Fields.malformed(name + " " + number + " is not defined", CLAUSE);
            },
            code::applyAsInt)
        .named("enum");
  }

  /**
   * A bit-string of fixed length, the first bit of it being bit 0 of the number.
   *
   * @param bits how many bits, 1..31
   * @return the type
   */
  public static ValueType<Integer> bitString(int bits) {
    return new ValueType<>(
        "bit-string[" + bits + "]",
        (data, exactly) -> {
          if (!(data instanceof CosemData.BitStringData string) || string.length() != bits) {
            throw Fields.malformed("no bit-string of " + bits + " bits: " + data.tag(), CLAUSE);
          }
          int number = 0;
          for (int i = 0; i < bits; i++) {
            number |= (string.bits().at(i / 8) >>> (7 - i % 8) & 1) << i;
          }
          return number;
        },
        number -> {
          byte[] octets = new byte[(bits + 7) / 8];
          for (int i = 0; i < bits; i++) {
            octets[i / 8] |= (byte) ((number >>> i & 1) << (7 - i % 8));
          }
          return new CosemData.BitStringData(Octets.copyOf(octets), bits);
        });
  }

  private static ValueType<Long> number(DataTag tag, long least, long most) {
    return new ValueType<>(
        tag.toString(),
        (data, exactly) -> {
          long value = tagged(tag, data, exactly).integralValue();
          if (value < least || value > most) {
            throw Fields.malformed(value + " is no " + tag, CLAUSE);
          }
          return value;
        },
        value -> encoded(tag, value));
  }

  private static CosemData encoded(DataTag tag, long value) {
    return switch (tag) {
      case INTEGER -> CosemData.integer(Math.toIntExact(value));
      case LONG -> CosemData.longInteger(Math.toIntExact(value));
      case DOUBLE_LONG -> CosemData.doubleLong(Math.toIntExact(value));
      case UNSIGNED -> CosemData.unsigned(Math.toIntExact(value));
      case LONG_UNSIGNED -> CosemData.longUnsigned(Math.toIntExact(value));
      case DOUBLE_LONG_UNSIGNED -> CosemData.doubleLongUnsigned(value);
      case ENUM -> CosemData.enumerated(Math.toIntExact(value));
      default -> throw new IllegalArgumentException(tag + " is no whole number");
    };
  }

  private static CosemData tagged(DataTag tag, CosemData data, boolean exactly) {
    if (exactly && data.tag() != tag) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          AxdrException.NO_OFFSET,
          data.tag() + " where " + tag + " is asked for",
          CLAUSE);
    }
    return data;
  }

  /** The fields of a structure, taken one after the other. */
  public static final class StructureFields {
    private final String name;
    private final List<CosemData> fields;
    private final boolean exactly;
    private int next;

    private StructureFields(String name, CosemData data, boolean exactly) {
      if (!(data instanceof CosemData.StructureData)) {
        throw Fields.malformed(name + " is no structure but " + data.tag(), CLAUSE);
      }
      this.name = name;
      this.fields = data.elements();
      this.exactly = exactly;
    }

    /**
     * Takes the next field.
     *
     * @param field its name, for whoever reads why it is not right
     * @param type its type
     * @param <F> what it is in Java
     * @return its value
     * @throws AxdrException if there is none, or it is of another type
     */
    public <F> F next(String field, ValueType<F> type) {
      if (next == fields.size()) {
        throw Fields.malformed(name + " ends before " + field, CLAUSE);
      }
      try {
        return type.decoder.decode(fields.get(next++), exactly);
      } catch (AxdrException e) {
        throw Fields.malformed(field + " of " + name + ": " + e.getMessage(), CLAUSE);
      }
    }

    /**
     * Whether there are fields left.
     *
     * @return false at the end
     */
    public boolean hasNext() {
      return next < fields.size();
    }

    private void expectEnd() {
      if (hasNext()) {
        throw Fields.malformed(
            name + " has " + fields.size() + " fields where " + next + " are defined", CLAUSE);
      }
    }
  }

  /** The type's name. */
  @Override
  public String toString() {
    return name;
  }
}
