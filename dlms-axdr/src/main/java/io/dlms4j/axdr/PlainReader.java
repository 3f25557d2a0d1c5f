package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.BooleanData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.DateTimeData;
import io.dlms4j.axdr.CosemData.DoubleLongData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.CosemData.EnumData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.IntegerData;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.LongData;
import io.dlms4j.axdr.CosemData.LongUnsignedData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.UnsignedData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes values of the forms that {@link PlainData} describes. */
final class PlainReader {
  private static final BigInteger MAX_64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private PlainReader() {}

  /** Where in the form something stands; written out only when it is wrong. */
  private record Path(@Nullable Path parent, String name, int index, int depth) {
    static final Path ROOT = new Path(null, "", -1, 0);

    Path child(String childName) {
      return new Path(this, childName, -1, depth);
    }

    Path deeper(String childName) {
      return new Path(this, childName, -1, depth + 1);
    }

    Path element(int childIndex) {
      return new Path(this, "", childIndex, depth + 1);
    }

    PlainDataException error(String what) {
      return new PlainDataException(toString(), what);
    }

    @Override
    public String toString() {
      if (parent == null) {
        return "";
      }
      String before = parent.toString();
      if (index >= 0) {
        return before + "[" + index + "]";
      }
      return before.isEmpty() ? name : before + "." + name;
    }
  }

  /** What reads the content of a simple type, and throws IllegalArgumentException if it cannot. */
  private interface Reading<T> {
    T read();
  }

  static CosemData read(@Nullable Object plain) {
    return value(plain, Path.ROOT);
  }

  private static CosemData value(@Nullable Object plain, Path at) {
    if (plain == null) {
      return DataCodec.NULL;
    }
    if (at.depth() > DecodeLimits.MAX_DEPTH) {
      throw at.error("more than " + DecodeLimits.MAX_DEPTH + " values in one another");
    }
    Map<?, ?> map = map(plain, at);
    String name = null;
    for (Object key : map.keySet()) {
      if (!PlainData.READS_AS.equals(key)) {
        if (name != null) {
          throw at.error("a value has one type, not " + shown(name) + " and " + shown(key));
        }
        name = String.valueOf(key);
      }
    }
    if (name == null) {
      throw at.error("a value without a type");
    }
    DataTag tag = DataTag.ofName(name);
    if (tag == null) {
      throw at.error(shown(name) + " is no type of data");
    }
    return content(tag, map.get(name), at.child(name));
  }

  private static CosemData content(DataTag tag, @Nullable Object plain, Path at) {
    if (tag == DataTag.NULL_DATA || tag == DataTag.DONT_CARE) {
      if (plain != null) {
        throw at.error("expected null, found " + shown(plain));
      }
      return tag == DataTag.NULL_DATA ? DataCodec.NULL : DataCodec.DONT_CARE;
    }
    if (plain == null) {
      throw at.error("null where a value is needed");
    }
    return switch (tag) {
      case ARRAY -> CosemData.array(elements(plain, at));
      case STRUCTURE -> CosemData.structure(elements(plain, at));
      case COMPACT_ARRAY -> compactArray(plain, at);
      case BIT_STRING -> bitString(plain, at);
      case UTF8_STRING -> new Utf8StringData(utf8(plain, at));
      default -> guarded(at, () -> simple(tag, plain));
    };
  }

  private static CosemData simple(DataTag tag, Object plain) {
    return switch (tag) {
      case BOOLEAN -> new BooleanData(bool(plain));
      case INTEGER -> new IntegerData((byte) PlainNumbers.whole(plain, -0x80, 0x7F));
      case LONG -> new LongData((short) PlainNumbers.whole(plain, -0x8000, 0x7FFF));
      case DOUBLE_LONG ->
          new DoubleLongData((int) PlainNumbers.whole(plain, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG64 -> new Long64Data(PlainNumbers.whole(plain, Long.MIN_VALUE, Long.MAX_VALUE));
      case UNSIGNED -> new UnsignedData((int) PlainNumbers.whole(plain, 0, 0xFF));
      case LONG_UNSIGNED -> new LongUnsignedData((int) PlainNumbers.whole(plain, 0, 0xFFFF));
      case DOUBLE_LONG_UNSIGNED ->
          new DoubleLongUnsignedData(PlainNumbers.whole(plain, 0, 0xFFFF_FFFFL));
      case LONG64_UNSIGNED ->
          new Long64UnsignedData(PlainNumbers.whole(plain, BigInteger.ZERO, MAX_64).longValue());
      case ENUM -> new EnumData((int) PlainNumbers.whole(plain, 0, 0xFF));
      case FLOAT32 -> new Float32Data(PlainNumbers.float32(plain));
      case FLOAT64 -> new Float64Data(PlainNumbers.float64(plain));
      case BCD -> new BcdData(oneOctet(plain));
      case OCTET_STRING -> new OctetStringData(hex(plain));
      case VISIBLE_STRING -> new VisibleStringData(encode(plain, StandardCharsets.ISO_8859_1));
      case DATE_TIME -> new DateTimeData(DateTimeText.dateTime(text(plain)));
      case DATE -> new DateData(DateTimeText.date(text(plain)));
      case TIME -> new TimeData(DateTimeText.time(text(plain)));
      // The range of a delta is that of its type, which the record knows.
      default -> new DeltaData(tag, PlainNumbers.whole(plain, Long.MIN_VALUE, Long.MAX_VALUE));
    };
  }

  private static List<CosemData> elements(@Nullable Object plain, Path at) {
    List<CosemData> elements = new ArrayList<>();
    for (Object element : list(plain, at)) {
      elements.add(value(element, at.element(elements.size())));
    }
    return elements;
  }

  private static CosemData compactArray(Object plain, Path at) {
    Map<?, ?> map = map(plain, at);
    boolean expanded = map.containsKey("elements");
    expectKeys(map, Set.of("type", expanded ? "elements" : "contents"), at);
    TypeDescription type = type(map.get("type"), at.child("type"));
    if (!expanded) {
      Path contentsAt = at.child("contents");
      Octets contents = guarded(contentsAt, () -> hex(map.get("contents")));
      return guarded(contentsAt, () -> new CompactArrayData(type, contents));
    }
    List<CosemData> elements = elements(map.get("elements"), at.child("elements"));
    return guarded(at.child("elements"), () -> CompactArrayData.of(type, elements));
  }

  private static TypeDescription type(@Nullable Object plain, Path at) {
    if (at.depth() > DecodeLimits.MAX_DEPTH) {
      throw at.error("more than " + DecodeLimits.MAX_DEPTH + " types in one another");
    }
    if (plain instanceof String name) {
      DataTag tag = DataTag.ofName(name);
      if (tag == null) {
        throw at.error(shown(name) + " is no type of data");
      }
      return guarded(at, () -> TypeDescription.of(tag));
    }
    Map<?, ?> map = map(plain, at);
    if (map.containsKey("structure")) {
      expectKeys(map, Set.of("structure"), at);
      Path within = at.child("structure");
      List<TypeDescription> types = new ArrayList<>();
      for (Object each : list(map.get("structure"), within)) {
        types.add(type(each, within.element(types.size())));
      }
      return new TypeDescription.StructureType(types);
    }
    expectKeys(map, Set.of("array"), at);
    Path within = at.child("array");
    Map<?, ?> array = map(map.get("array"), within);
    expectKeys(array, Set.of("number-of-elements", "type"), within);
    int number =
        guarded(
            within.child("number-of-elements"),
            () -> (int) PlainNumbers.whole(present(array.get("number-of-elements")), 0, 0xFFFF));
    return TypeDescription.array(number, type(array.get("type"), within.deeper("type")));
  }

  private static CosemData bitString(Object plain, Path at) {
    if (plain instanceof String bits) {
      return guarded(at, () -> bits(bits, ""));
    }
    Map<?, ?> map = map(plain, at);
    expectKeys(map, Set.of("bits", "unused"), at);
    return guarded(at, () -> bits(text(map.get("bits")), text(map.get("unused"))));
  }

  private static BitStringData bits(String used, String unused) {
    String all = used + unused;
    byte[] octets = new byte[DataCodec.octetsOf(all.length())];
    for (int i = 0; i < all.length(); i++) {
      char bit = all.charAt(i);
      if (bit != '0' && bit != '1') {
        throw new IllegalArgumentException("character " + i + " is neither 0 nor 1");
      }
      octets[i / 8] |= (byte) ((bit - '0') << (7 - i % 8));
    }
    return new BitStringData(Octets.view(octets), used.length());
  }

  private static Octets utf8(Object plain, Path at) {
    if (plain instanceof Map<?, ?> map) {
      expectKeys(map, Set.of("octets"), at);
      return guarded(at.child("octets"), () -> hex(map.get("octets")));
    }
    return guarded(at, () -> encode(plain, StandardCharsets.UTF_8));
  }

  private static Octets encode(Object plain, Charset charset) {
    String text = text(plain);
    try {
      ByteBuffer octets = charset.newEncoder().encode(CharBuffer.wrap(text));
      return Octets.copyOf(octets.array(), octets.arrayOffset(), octets.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a character is not within " + charset, e);
    }
  }

  private static Octets hex(@Nullable Object plain) {
    return Octets.view(HexFormat.of().parseHex(text(plain)));
  }

  private static int oneOctet(Object plain) {
    Octets octets = hex(plain);
    if (octets.length() != 1) {
      throw new IllegalArgumentException(octets.length() + " octets where there is one");
    }
    return octets.at(0);
  }

  private static boolean bool(Object plain) {
    if (plain instanceof Boolean value) {
      return value;
    }
    throw PlainNumbers.notA("truth value", plain);
  }

  private static String text(@Nullable Object plain) {
    if (plain instanceof String text) {
      return text;
    }
    throw PlainNumbers.notA("text", present(plain));
  }

  private static Object present(@Nullable Object plain) {
    if (plain == null) {
      throw new IllegalArgumentException("null where a value is needed");
    }
    return plain;
  }

  private static Map<?, ?> map(@Nullable Object plain, Path at) {
    if (plain instanceof Map<?, ?> map) {
      return map;
    }
    throw at.error("expected a map such as {\"unsigned\": 5}, found " + shown(plain));
  }

  private static List<?> list(@Nullable Object plain, Path at) {
    if (plain instanceof List<?> list) {
      return list;
    }
    throw at.error("expected a list, found " + shown(plain));
  }

  private static void expectKeys(Map<?, ?> map, Set<String> keys, Path at) {
    if (!map.keySet().equals(keys)) {
      throw at.error("expected " + keys.stream().sorted().toList() + ", found other keys");
    }
  }

  private static <T> T guarded(Path at, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw at.error(String.valueOf(e.getMessage()));
    }
  }

  /** A form in a few words: whoever made it may have made it long. */
  private static String shown(@Nullable Object plain) {
    if (plain instanceof String text) {
      return DataText.quote(PlainNumbers.cut(text));
    }
    if (plain == null || plain instanceof Boolean) {
      return String.valueOf(plain);
    }
    if (plain instanceof Number number) {
      return PlainNumbers.cut(number.toString());
    }
    return plain.getClass().getSimpleName();
  }
}
