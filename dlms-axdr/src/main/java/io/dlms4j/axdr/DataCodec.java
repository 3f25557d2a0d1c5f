package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.ArrayData;
import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.BooleanData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.DateTimeData;
import io.dlms4j.axdr.CosemData.DontCareData;
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
import io.dlms4j.axdr.CosemData.NullData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.UnsignedData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.util.List;
import java.util.regex.Pattern;

/** The CHOICE Data (Green Book 9.5): one way to read it, one way to write it. */
final class DataCodec {
  static final String DATA_CLAUSE = "Green Book 9.5, Data";
  static final String TYPES_CLAUSE = "Blue Book 4.1.5";

  static final CosemData NULL = new NullData();
  static final CosemData DONT_CARE = new DontCareData();

  /** Strings of more octets are not shown in an exception. */
  private static final int LONGEST_SHOWN = 16;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  /** What a walk gives that builds nothing. */
  private static final CosemData NOTHING = NULL;

  private DataCodec() {}

  static CosemData read(AxdrReader reader) {
    reader.allowElements(reader.limits().maxElements());
    return walk(reader, 0, true);
  }

  static void skip(AxdrReader reader) {
    reader.allowElements(reader.limits().maxElements());
    walk(reader, 0, false);
  }

  /** Reads the tag of a Data and leaves the cursor before it if there is no such tag. */
  static DataTag peekTag(AxdrReader reader) {
    int octet = reader.peekUnsigned8();
    DataTag tag = DataTag.of(octet);
    if (tag == null) {
      throw reader.malformed("tag %d is no known type of data".formatted(octet), DATA_CLAUSE);
    }
    return tag;
  }

  /**
   * Reads how many elements an array or a structure has. Every element takes an octet at least, so
   * a number that is larger than what remains is refused before anything is made of it.
   */
  static int readCount(AxdrReader reader) {
    int count = reader.readLength();
    if (count > reader.limits().maxElements()) {
      throw reader.limit(
          count + " elements, where at most " + reader.limits().maxElements() + " are taken");
    }
    reader.require(count);
    return count;
  }

  /**
   * The one walk behind reading and skipping, so that both take and refuse the same.
   *
   * @param depth how many arrays and structures the value stands in
   * @param build whether to make the tree; nothing is allocated otherwise
   */
  private static CosemData walk(AxdrReader r, int depth, boolean build) {
    DataTag tag = peekTag(r);
    if ((tag == DataTag.ARRAY || tag == DataTag.STRUCTURE) && depth >= r.limits().maxDepth()) {
      throw r.limit("more than " + r.limits().maxDepth() + " arrays and structures in one another");
    }
    r.skip(1);
    return switch (tag) {
      case NULL_DATA -> NULL;
      case DONT_CARE -> DONT_CARE;
      case ARRAY, STRUCTURE -> walkElements(r, tag, depth, build);
      case BIT_STRING -> walkBitString(r, build);
      case OCTET_STRING, VISIBLE_STRING, UTF8_STRING -> walkString(r, tag, build);
      case DATE_TIME, DATE, TIME -> walkDateTime(r, tag, build);
      default -> build ? readNumber(r, tag) : skipNumber(r, tag);
    };
  }

  private static CosemData walkElements(AxdrReader r, DataTag tag, int depth, boolean build) {
    int count = readCount(r);
    r.countElements(count);
    if (!build) {
      for (int i = 0; i < count; i++) {
        walk(r, depth + 1, false);
      }
      return NOTHING;
    }
    CosemData[] elements = new CosemData[count];
    for (int i = 0; i < count; i++) {
      elements[i] = walk(r, depth + 1, true);
    }
    List<CosemData> list = List.of(elements);
    return tag == DataTag.ARRAY ? new ArrayData(list) : new StructureData(list);
  }

  private static CosemData walkBitString(AxdrReader r, boolean build) {
    int bits = r.readLength();
    int octets = octetsOf(bits);
    if (!build) {
      r.skip(octets);
      return NOTHING;
    }
    return new BitStringData(r.readOctets(octets), bits);
  }

  private static CosemData walkString(AxdrReader r, DataTag tag, boolean build) {
    int length = r.readLength();
    if (!build) {
      r.skip(length);
      return NOTHING;
    }
    Octets value = r.readOctets(length);
    return switch (tag) {
      case OCTET_STRING -> new OctetStringData(value);
      case VISIBLE_STRING -> new VisibleStringData(value);
      default -> new Utf8StringData(value);
    };
  }

  private static CosemData walkDateTime(AxdrReader r, DataTag tag, boolean build) {
    if (build) {
      return switch (tag) {
        case DATE_TIME -> new DateTimeData(CosemDateTime.read(r));
        case DATE -> new DateData(CosemDate.read(r));
        default -> new TimeData(CosemTime.read(r));
      };
    }
    switch (tag) {
      case DATE_TIME -> {
        CosemDateTime.check(r);
        r.skip(CosemDateTime.OCTETS);
      }
      case DATE -> {
        CosemDate.check(r, 0);
        r.skip(CosemDate.OCTETS);
      }
      default -> {
        CosemTime.check(r, 0);
        r.skip(CosemTime.OCTETS);
      }
    }
    return NOTHING;
  }

  /** Values of a fixed size, of which all octets are good. */
  private static CosemData readNumber(AxdrReader r, DataTag tag) {
    return switch (tag) {
      case BOOLEAN -> new BooleanData(r.readBoolean());
      case DOUBLE_LONG -> new DoubleLongData(r.readInteger32());
      case DOUBLE_LONG_UNSIGNED -> new DoubleLongUnsignedData(r.readUnsigned32());
      case BCD -> new BcdData(r.readUnsigned8());
      case INTEGER -> new IntegerData(r.readInteger8());
      case LONG -> new LongData(r.readInteger16());
      case UNSIGNED -> new UnsignedData(r.readUnsigned8());
      case LONG_UNSIGNED -> new LongUnsignedData(r.readUnsigned16());
      case LONG64 -> new Long64Data(r.readInteger64());
      case LONG64_UNSIGNED -> new Long64UnsignedData(r.readUnsigned64());
      case ENUM -> new EnumData(r.readUnsigned8());
      case FLOAT32 -> new Float32Data(Float.intBitsToFloat(r.readInteger32()));
      case FLOAT64 -> new Float64Data(Double.longBitsToDouble(r.readInteger64()));
      default -> throw new IllegalStateException(tag + " is no number");
    };
  }

  private static CosemData skipNumber(AxdrReader r, DataTag tag) {
    r.skip(
        switch (tag) {
          case BOOLEAN, BCD, INTEGER, UNSIGNED, ENUM -> 1;
          case LONG, LONG_UNSIGNED -> 2;
          case DOUBLE_LONG, DOUBLE_LONG_UNSIGNED, FLOAT32 -> 4;
          case LONG64, LONG64_UNSIGNED, FLOAT64 -> 8;
          default -> throw new IllegalStateException(tag + " is no number");
        });
    return NOTHING;
  }

  static void write(CosemData data, AxdrWriter w) {
    w.writeUnsigned8(data.tag().value());
    if (data instanceof ArrayData d) {
      writeElements(d.elements(), w);
    } else if (data instanceof StructureData d) {
      writeElements(d.elements(), w);
    } else if (data instanceof BooleanData d) {
      w.writeBoolean(d.value());
    } else if (data instanceof BitStringData d) {
      w.writeLength(d.length()).writeOctets(d.bits());
    } else if (data instanceof DoubleLongData d) {
      w.writeInteger32(d.value());
    } else if (data instanceof DoubleLongUnsignedData d) {
      w.writeUnsigned32(d.value());
    } else if (data instanceof OctetStringData d) {
      w.writeOctetString(d.value());
    } else if (data instanceof VisibleStringData d) {
      w.writeOctetString(d.value());
    } else if (data instanceof Utf8StringData d) {
      w.writeOctetString(d.value());
    } else if (data instanceof BcdData d) {
      w.writeUnsigned8(d.value());
    } else if (data instanceof IntegerData d) {
      w.writeInteger8(d.value());
    } else if (data instanceof LongData d) {
      w.writeInteger16(d.value());
    } else if (data instanceof UnsignedData d) {
      w.writeUnsigned8(d.value());
    } else if (data instanceof LongUnsignedData d) {
      w.writeUnsigned16(d.value());
    } else if (data instanceof Long64Data d) {
      w.writeInteger64(d.value());
    } else if (data instanceof Long64UnsignedData d) {
      w.writeInteger64(d.bits());
    } else if (data instanceof EnumData d) {
      w.writeUnsigned8(d.value());
    } else if (data instanceof Float32Data d) {
      w.writeInteger32(Float.floatToRawIntBits(d.value()));
    } else if (data instanceof Float64Data d) {
      w.writeInteger64(Double.doubleToRawLongBits(d.value()));
    } else if (data instanceof DateTimeData d) {
      d.value().write(w);
    } else if (data instanceof DateData d) {
      d.value().write(w);
    } else if (data instanceof TimeData d) {
      d.value().write(w);
    }
    // What is left, null-data and dont-care, has no content.
  }

  private static void writeElements(List<CosemData> elements, AxdrWriter w) {
    w.writeLength(elements.size());
    for (CosemData element : elements) {
      write(element, w);
    }
  }

  /** How many octets hold that many bits. */
  static int octetsOf(int bits) {
    return bits / 8 + (bits % 8 == 0 ? 0 : 1);
  }

  /** Refuses a value that our own code made and its type cannot hold. */
  static long check(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(value + " is not within " + min + ".." + max);
    }
    return value;
  }

  /** Text for a person's eyes: what a peer sent must not break the lines of a log. */
  static String quote(String text) {
    return '"' + CONTROL.matcher(text).replaceAll("\uFFFD") + '"';
  }

  /** An exception for a tree that is not of the expected type. */
  static AxdrException unexpected(String expected, CosemData found) {
    return new AxdrException(
        AxdrException.Kind.MALFORMED,
        AxdrException.NO_OFFSET,
        "expected " + expected + ", found " + describe(found),
        TYPES_CLAUSE);
  }

  /** The value in words, and short however long it is: a peer chose it. */
  private static String describe(CosemData data) {
    if (data instanceof ArrayData d) {
      return "array of " + d.elements().size() + " elements";
    }
    if (data instanceof StructureData d) {
      return "structure of " + d.elements().size() + " elements";
    }
    int length = stringLength(data);
    return length > LONGEST_SHOWN ? data.tag() + " of " + length + " octets" : data.toString();
  }

  private static int stringLength(CosemData data) {
    if (data instanceof OctetStringData d) {
      return d.value().length();
    }
    if (data instanceof VisibleStringData d) {
      return d.value().length();
    }
    if (data instanceof Utf8StringData d) {
      return d.value().length();
    }
    return data instanceof BitStringData d ? d.bits().length() : 0;
  }
}
