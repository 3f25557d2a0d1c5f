package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.ArrayData;
import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.TypeDescription.ArrayType;
import io.dlms4j.axdr.TypeDescription.StructureType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values in the terms that JSON has: maps, lists, texts, numbers, truth values and null; any JSON
 * library prints and reads these. No type and no octet is lost on the way and back.
 *
 * <p>A value is a map of one entry, whose key is the name of the type in the standard:
 *
 * <table>
 * <caption>The forms</caption>
 * <tr><th>type</th><th>form</th></tr>
 * <tr><td>null-data, dont-care</td><td>{@code null}, {@code {"dont-care": null}}</td></tr>
 * <tr><td>array, structure</td><td>{@code {"structure": [{"unsigned": 1}, null]}}</td></tr>
 * <tr><td>whole numbers, enum, deltas</td><td>{@code {"long-unsigned": 5}}</td></tr>
 * <tr><td>long64, long64-unsigned</td><td>{@code {"long64": "-5"}}: a text, because many readers of
 *     JSON keep 53 bits only</td></tr>
 * <tr><td>float32, float64</td><td>{@code {"float32": 1.5}}; {@code "-0.0"}, {@code "Infinity"},
 *     {@code "-Infinity"}, {@code "NaN"} and, with other bits than usual, {@code "NaN(7FC00001)"}
 *     are texts</td></tr>
 * <tr><td>boolean</td><td>{@code {"boolean": true}}</td></tr>
 * <tr><td>octet-string</td><td>{@code {"octet-string": "0A0B"}}; where the octets are a date-time
 *     or readable text, {@code "reads-as"} beside it says so</td></tr>
 * <tr><td>bcd</td><td>{@code {"bcd": "42"}}, in hexadecimal</td></tr>
 * <tr><td>visible-string</td><td>{@code {"visible-string": "KAM"}}, every octet as the character of
 *     its number (ISO 8859-1)</td></tr>
 * <tr><td>utf8-string</td><td>{@code {"utf8-string": "é"}}, or {@code {"utf8-string": {"octets":
 *     "FF"}}} for what is no UTF-8</td></tr>
 * <tr><td>bit-string</td><td>{@code {"bit-string": "101"}}, or {@code {"bit-string": {"bits":
 *     "101", "unused": "00001"}}} if a bit after the last is set</td></tr>
 * <tr><td>date-time, date, time</td><td>as they print: {@code {"date-time": "2013-10-25 Fri
 *     00:15:00+02:00 status 80"}}</td></tr>
 * <tr><td>compact-array</td><td>{@code {"compact-array": {"type": {"structure": ["unsigned",
 *     {"array": {"number-of-elements": 2, "type": "integer"}}]}, "elements": [..]}}}, or {@code
 *     "contents": "0102"} for elements that are too many, or written in an unusual way</td></tr>
 * </table>
 *
 * <p>{@link #toData} ignores {@code "reads-as"}. It takes any kind of number that a reader of JSON
 * may deliver, if it is exact, and a number as text wherever it takes a number.
 */
public final class PlainData {
  /** The key of what a string says to a person. */
  static final String READS_AS = "reads-as";

  private PlainData() {}

  /**
   * A value in the terms of JSON.
   *
   * @param data the value
   * @return a map, or null for null-data; unmodifiable
   */
  public static @Nullable Object of(CosemData data) {
    if (data instanceof CosemData.NullData) {
      return null;
    }
    if (data instanceof OctetStringData string) {
      return octetString(string);
    }
    return Collections.singletonMap(data.tag().toString(), content(data));
  }

  /**
   * The value that has a form.
   *
   * @param plain what {@link #of} gave, or a reader of JSON
   * @return the value
   * @throws PlainDataException if it is no such form, or a value is out of its range; it says where
   */
  public static CosemData toData(@Nullable Object plain) {
    return PlainReader.read(plain);
  }

  private static @Nullable Object content(CosemData data) {
    return switch (data.tag()) {
      case NULL_DATA, DONT_CARE -> null;
      case ARRAY -> list(((ArrayData) data).elements());
      case STRUCTURE -> list(((StructureData) data).elements());
      case COMPACT_ARRAY -> compactArray((CompactArrayData) data);
      case BOOLEAN -> data.booleanValue();
      case BIT_STRING -> bitString((BitStringData) data);
      case INTEGER, LONG, DOUBLE_LONG -> data.integralValue();
      case UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG_UNSIGNED, ENUM -> data.integralValue();
      case LONG64 -> Long.toString(((Long64Data) data).value());
      case LONG64_UNSIGNED -> Long.toUnsignedString(((Long64UnsignedData) data).bits());
      case DELTA_INTEGER, DELTA_LONG, DELTA_DOUBLE_LONG -> ((DeltaData) data).delta();
      case DELTA_UNSIGNED, DELTA_LONG_UNSIGNED, DELTA_DOUBLE_LONG_UNSIGNED ->
          ((DeltaData) data).delta();
      case FLOAT32 -> float32(((Float32Data) data).value());
      case FLOAT64 -> float64(((Float64Data) data).value());
      case BCD -> Octets.of(((BcdData) data).value()).toHex();
      case OCTET_STRING -> data.octetStringValue().toHex();
      case VISIBLE_STRING -> data.text();
      case UTF8_STRING -> utf8String((Utf8StringData) data);
      case DATE_TIME -> data.dateTimeValue().toString();
      case DATE -> ((DateData) data).value().toString();
      case TIME -> ((TimeData) data).value().toString();
    };
  }

  private static List<@Nullable Object> list(List<CosemData> elements) {
    List<@Nullable Object> list = new ArrayList<>(elements.size());
    for (CosemData element : elements) {
      list.add(of(element));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, Object> octetString(OctetStringData data) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(data.tag().toString(), data.value().toHex());
    readsAs(data).ifPresent(text -> map.put(READS_AS, text));
    return Collections.unmodifiableMap(map);
  }

  private static Optional<String> readsAs(OctetStringData data) {
    Octets octets = data.value();
    if (octets.length() == CosemDateTime.OCTETS) {
      try {
        return Optional.of(data.dateTimeValue().toString());
      } catch (AxdrException noDateTime) {
        // Then it may be text.
      }
    }
    String text = data.text();
    boolean readable = !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    return readable ? Optional.of(text) : Optional.empty();
  }

  private static Object utf8String(Utf8StringData data) {
    String text = data.text();
    Octets again = Octets.view(text.getBytes(StandardCharsets.UTF_8));
    return again.equals(data.value()) ? text : Map.of("octets", data.value().toHex());
  }

  private static Object bitString(BitStringData data) {
    int all = 8 * data.bits().length();
    StringBuilder bits = new StringBuilder(all);
    for (int i = 0; i < all; i++) {
      bits.append((data.bits().at(i / 8) & (0x80 >> (i % 8))) == 0 ? '0' : '1');
    }
    String unused = bits.substring(data.length());
    String used = bits.substring(0, data.length());
    return unused.indexOf('1') < 0 ? used : map("bits", used, "unused", unused);
  }

  private static Object float32(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value) && bits != Float.floatToIntBits(Float.NaN)) {
      return "NaN(" + DataText.hex(bits & 0xFFFF_FFFFL, 8) + ")";
    }
    if (!isNumber(value)) {
      return Float.toString(value);
    }
    // The shortest decimals, unless a reader of doubles would make another float of them.
    double shortest = Double.parseDouble(Float.toString(value));
    return (float) shortest == value ? shortest : (double) value;
  }

  private static Object float64(double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (Double.isNaN(value) && bits != Double.doubleToLongBits(Double.NaN)) {
      return "NaN(" + DataText.hex(bits, 16) + ")";
    }
    return isNumber(value) ? (Object) value : Double.toString(value);
  }

  /** Whether it can be written as a number: JSON has no infinities, and many readers no -0. */
  private static boolean isNumber(double value) {
    return !Double.isNaN(value)
        && !Double.isInfinite(value)
        && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0);
  }

  private static Object compactArray(CompactArrayData data) {
    Object type = type(data.contentsDescription());
    try {
      List<CosemData> elements = data.elements();
      if (CompactArrayData.of(data.contentsDescription(), elements).equals(data)) {
        return map("type", type, "elements", list(elements));
      }
    } catch (AxdrException tooMany) {
      // The contents then say the same in less space.
    }
    return map("type", type, "contents", data.arrayContents().toHex());
  }

  private static Object type(TypeDescription type) {
    if (type instanceof ArrayType array) {
      return Map.of(
          type.tag().toString(),
          map("number-of-elements", array.numberOfElements(), "type", type(array.type())));
    }
    if (type instanceof StructureType structure) {
      return Map.of(
          type.tag().toString(), structure.types().stream().map(PlainData::type).toList());
    }
    return type.tag().toString();
  }

  /** Two entries that stay in their order. */
  private static Map<String, Object> map(String key, Object value, String other, Object next) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(other, next);
    return Collections.unmodifiableMap(map);
  }
}
