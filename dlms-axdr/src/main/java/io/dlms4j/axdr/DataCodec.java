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
import java.util.Arrays;
import java.util.List;

/** The CHOICE Data (Green Book 9.5): one way to read it, one way to write it. */
final class DataCodec {
  static final String DATA_CLAUSE = "Green Book 9.5, Data";
  static final String TYPES_CLAUSE = "Blue Book 4.1.5";

  private static final int DOUBLE_LONG_UNSIGNED = DataTag.DOUBLE_LONG_UNSIGNED.value();
  private static final int OCTET_STRING = DataTag.OCTET_STRING.value();
  private static final int LONG_UNSIGNED = DataTag.LONG_UNSIGNED.value();

  static final CosemData NULL = new NullData();
  static final CosemData DONT_CARE = new DontCareData();

  /** Where the contents of a type may have any number of octets, or not all octets are good. */
  private static final int VARIES = -1;

  /** How many octets the contents of a type have, by its tag; no tag has none. */
  private static final byte[] FIXED_OCTETS = new byte[256];

  static {
    Arrays.fill(FIXED_OCTETS, (byte) VARIES);
    for (DataTag tag : DataTag.values()) {
      FIXED_OCTETS[tag.value()] = (byte) fixedOctets(tag);
    }
  }

  /** No buffer is made larger than this on a guess, in octets. */
  private static final int LARGEST_GUESS = 1 << 20;

  /** What a walk gives that builds nothing. */
  private static final CosemData NOTHING = NULL;

  private DataCodec() {}

  private static int fixedOctets(DataTag tag) {
    return switch (tag) {
      case NULL_DATA, DONT_CARE -> 0;
      case BOOLEAN, BCD, INTEGER, UNSIGNED, ENUM, DELTA_INTEGER, DELTA_UNSIGNED -> 1;
      case LONG, LONG_UNSIGNED, DELTA_LONG, DELTA_LONG_UNSIGNED -> 2;
      case DOUBLE_LONG, DOUBLE_LONG_UNSIGNED, FLOAT32 -> 4;
      case DELTA_DOUBLE_LONG, DELTA_DOUBLE_LONG_UNSIGNED -> 4;
      case LONG64, LONG64_UNSIGNED, FLOAT64 -> 8;
      case BIT_STRING, OCTET_STRING, VISIBLE_STRING, UTF8_STRING -> VARIES;
      case DATE_TIME, DATE, TIME, ARRAY, STRUCTURE, COMPACT_ARRAY -> VARIES;
    };
  }

  static CosemData read(AxdrReader reader) {
    // Most registers: this needs no walk, which could not be compiled into the caller.
    if (reader.peekUnsigned8() == DOUBLE_LONG_UNSIGNED) {
      return new DoubleLongUnsignedData(reader.integer32At(reader.tagged(4)) & 0xFFFF_FFFFL);
    }
    reader.allowElements(reader.limits().maxElements());
    return walk(reader, 0, true);
  }

  static void skip(AxdrReader reader) {
    if (!skipFixed(reader)) {
      reader.allowElements(reader.limits().maxElements());
      walk(reader, 0, false);
    }
  }

  /** Moves past a Data whose length its tag tells, if it is one. */
  private static boolean skipFixed(AxdrReader reader) {
    int octets = FIXED_OCTETS[reader.peekUnsigned8()];
    if (octets == VARIES) {
      return false;
    }
    reader.tagged(octets);
    return true;
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
      throw tooMany(reader, count);
    }
    reader.require(count);
    return count;
  }

  private static AxdrException tooMany(AxdrReader reader, int count) {
    return reader.limit(
        count + " elements, where at most " + reader.limits().maxElements() + " are taken");
  }

  static void checkDepth(AxdrReader r, int depth) {
    if (depth >= r.limits().maxDepth()) {
      throw r.limit("more than " + r.limits().maxDepth() + " arrays and structures in one another");
    }
  }

  /**
   * The one walk behind reading and skipping, so that both take and refuse the same.
   *
   * @param depth how many arrays and structures the value stands in
   * @param build whether to make the tree
   */
  private static CosemData walk(AxdrReader r, int depth, boolean build) {
    DataTag tag = peekTag(r);
    if (tag.isComposite()) {
      checkDepth(r, depth);
      r.skip(1);
      return tag == DataTag.COMPACT_ARRAY
          ? CompactArrays.walk(r, depth, build)
          : walkElements(r, tag, depth, build);
    }
    r.skip(1);
    if (build) {
      return readSimple(r, tag);
    }
    skipSimple(r, tag);
    return NOTHING;
  }

  /** What profiles are made of is told by its tag, and only the rest takes another walk. */
  private static CosemData readElement(AxdrReader r, int depth) {
    int tag = r.peekUnsigned8();
    if (tag == DOUBLE_LONG_UNSIGNED) {
      return new DoubleLongUnsignedData(r.integer32At(r.tagged(4)) & 0xFFFF_FFFFL);
    }
    if (tag == LONG_UNSIGNED) {
      return new LongUnsignedData(r.integer16At(r.tagged(2)) & 0xFFFF);
    }
    return tag == OCTET_STRING
        ? new OctetStringData(r.skipTag().readOctetString())
        : walk(r, depth, true);
  }

  private static CosemData walkElements(AxdrReader r, DataTag tag, int depth, boolean build) {
    int count = readCount(r);
    r.countElements(count);
    if (!build) {
      for (int i = 0; i < count; i++) {
        if (!skipFixed(r)) {
          walk(r, depth + 1, false);
        }
      }
      return NOTHING;
    }
    CosemData[] elements = new CosemData[count];
    for (int i = 0; i < count; i++) {
      elements[i] = readElement(r, depth + 1);
    }
    List<CosemData> list = List.of(elements);
    return tag == DataTag.ARRAY ? new ArrayData(list) : new StructureData(list);
  }

  /** Reads the contents, without the tag, of what is neither array nor structure. */
  static CosemData readSimple(AxdrReader r, DataTag tag) {
    return switch (tag) {
      case NULL_DATA -> NULL;
      case BOOLEAN -> new BooleanData(r.readBoolean());
      case BIT_STRING -> readBitString(r);
      case DOUBLE_LONG -> new DoubleLongData(r.readInteger32());
      case DOUBLE_LONG_UNSIGNED -> new DoubleLongUnsignedData(r.readUnsigned32());
      case OCTET_STRING -> new OctetStringData(r.readOctetString());
      case VISIBLE_STRING -> new VisibleStringData(r.readOctetString());
      case UTF8_STRING -> new Utf8StringData(r.readOctetString());
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
      case DATE_TIME -> new DateTimeData(CosemDateTime.read(r));
      case DATE -> new DateData(CosemDate.read(r));
      case TIME -> new TimeData(CosemTime.read(r));
      case DELTA_INTEGER, DELTA_LONG, DELTA_DOUBLE_LONG -> new DeltaData(tag, readDelta(r, tag));
      case DELTA_UNSIGNED, DELTA_LONG_UNSIGNED, DELTA_DOUBLE_LONG_UNSIGNED ->
          new DeltaData(tag, readDelta(r, tag));
      case DONT_CARE -> DONT_CARE;
      case ARRAY, STRUCTURE, COMPACT_ARRAY -> throw notSimple(tag);
    };
  }

  static BitStringData readBitString(AxdrReader r) {
    int bits = r.readLength();
    return new BitStringData(r.readOctets(octetsOf(bits)), bits);
  }

  static long readDelta(AxdrReader r, DataTag tag) {
    return switch (tag) {
      case DELTA_INTEGER -> r.readInteger8();
      case DELTA_LONG -> r.readInteger16();
      case DELTA_DOUBLE_LONG -> r.readInteger32();
      case DELTA_UNSIGNED -> r.readUnsigned8();
      case DELTA_LONG_UNSIGNED -> r.readUnsigned16();
      default -> r.readUnsigned32();
    };
  }

  /** Moves past what {@link #readSimple} reads; takes and refuses the same. */
  static void skipSimple(AxdrReader r, DataTag tag) {
    int fixed = FIXED_OCTETS[tag.value()];
    if (fixed != VARIES) {
      r.skip(fixed);
      return;
    }
    switch (tag) {
      case BIT_STRING -> r.skip(octetsOf(r.readLength()));
      case OCTET_STRING, VISIBLE_STRING, UTF8_STRING -> r.skip(r.readLength());
      case DATE_TIME -> {
        CosemDateTime.check(r);
        r.skip(CosemDateTime.OCTETS);
      }
      case DATE -> {
        CosemDate.check(r, 0);
        r.skip(CosemDate.OCTETS);
      }
      case TIME -> {
        CosemTime.check(r, 0);
        r.skip(CosemTime.OCTETS);
      }
      default -> throw notSimple(tag);
    }
  }

  private static IllegalStateException notSimple(DataTag tag) {
    return new IllegalStateException(tag + " has no simple contents");
  }

  static Octets encode(CosemData data) {
    AxdrWriter w = new AxdrWriter(guess(data));
    write(data, w);
    return w.takeOctets();
  }

  /** About how many octets the value takes, from a look at the first elements of arrays only. */
  static int guess(CosemData data) {
    return Math.min(guess(data, 0), LARGEST_GUESS);
  }

  private static int guess(CosemData data, int depth) {
    if (data instanceof DoubleLongUnsignedData) {
      return 5;
    }
    if (data instanceof StructureData structure && depth < 3) {
      int octets = structure.elements().size() < 0x80 ? 2 : 6;
      for (CosemData element : structure.elements()) {
        octets = Math.min(LARGEST_GUESS, octets + guess(element, depth + 1));
      }
      return octets;
    }
    if (data instanceof ArrayData array && !array.elements().isEmpty() && depth < 3) {
      long each = guess(array.elements().get(0), depth + 1);
      return (int) Math.min(LARGEST_GUESS, 5 + each * array.elements().size());
    }
    if (data instanceof OctetStringData string) {
      int length = string.value().length();
      return (int) Math.min(LARGEST_GUESS, (length < 0x80 ? 2L : 6L) + length);
    }
    int fixed = FIXED_OCTETS[data.tag().value()];
    return fixed == VARIES ? 16 : 1 + fixed;
  }

  static void write(CosemData data, AxdrWriter w) {
    if (!writeCommon(data, w)) {
      writeOther(data, w);
    }
  }

  /**
   * Writes what profiles are made of, if it is that: told by its class, which is faster than to ask
   * it for its tag, and apart from what recurs, so that this is compiled into the loop.
   */
  private static boolean writeCommon(CosemData data, AxdrWriter w) {
    if (data instanceof DoubleLongUnsignedData d) {
      w.putTagged32(DOUBLE_LONG_UNSIGNED, (int) d.value());
    } else if (data instanceof LongUnsignedData d) {
      w.putTagged16(LONG_UNSIGNED, d.value());
    } else if (data instanceof OctetStringData d) {
      w.putTaggedString(OCTET_STRING, d.value());
    } else {
      return false;
    }
    return true;
  }

  private static void writeOther(CosemData data, AxdrWriter w) {
    if (data instanceof StructureData d) {
      writeStructure(d, w);
    } else {
      writeByTag(data, w);
    }
  }

  /**
   * A loop of its own: few structures have others in them, so that most are written without calls.
   */
  private static void writeStructure(StructureData data, AxdrWriter w) {
    List<CosemData> elements = data.elements();
    int size = elements.size();
    w.put8(DataTag.STRUCTURE.value()).writeLength(size);
    for (int i = 0; i < size; i++) {
      CosemData element = elements.get(i);
      if (!writeCommon(element, w)) {
        writeOther(element, w);
      }
    }
  }

  private static void writeByTag(CosemData data, AxdrWriter w) {
    DataTag tag = data.tag();
    w.put8(tag.value());
    switch (tag) {
      case ARRAY -> writeArray(((ArrayData) data).elements(), w);
      case COMPACT_ARRAY -> {
        CompactArrayData d = (CompactArrayData) data;
        CompactArrays.writeType(d.contentsDescription(), w);
        w.writeOctetString(d.arrayContents());
      }
      default -> writeSimple(data, tag, w);
    }
  }

  private static void writeArray(List<CosemData> elements, AxdrWriter w) {
    int size = elements.size();
    w.writeLength(size);
    for (int i = 0; i < size; i++) {
      CosemData element = elements.get(i);
      if (element instanceof StructureData structure) {
        writeStructure(structure, w);
      } else {
        write(element, w);
      }
    }
  }

  /** Writes the contents, without the tag, of what is neither array nor structure. */
  static void writeSimple(CosemData data, DataTag tag, AxdrWriter w) {
    switch (tag) {
      case NULL_DATA, DONT_CARE -> {}
      case BOOLEAN -> w.writeBoolean(((BooleanData) data).value());
      case BIT_STRING -> {
        BitStringData d = (BitStringData) data;
        w.writeLength(d.length()).writeOctets(d.bits());
      }
      case DOUBLE_LONG -> w.put32(((DoubleLongData) data).value());
      case DOUBLE_LONG_UNSIGNED -> w.put32((int) ((DoubleLongUnsignedData) data).value());
      case OCTET_STRING -> w.writeOctetString(((OctetStringData) data).value());
      case VISIBLE_STRING -> w.writeOctetString(((VisibleStringData) data).value());
      case UTF8_STRING -> w.writeOctetString(((Utf8StringData) data).value());
      case BCD -> w.put8(((BcdData) data).value());
      case INTEGER -> w.put8(((IntegerData) data).value());
      case LONG -> w.put16(((LongData) data).value());
      case UNSIGNED -> w.put8(((UnsignedData) data).value());
      case LONG_UNSIGNED -> w.put16(((LongUnsignedData) data).value());
      case LONG64 -> w.writeInteger64(((Long64Data) data).value());
      case LONG64_UNSIGNED -> w.writeInteger64(((Long64UnsignedData) data).bits());
      case ENUM -> w.put8(((EnumData) data).value());
      case FLOAT32 -> w.put32(Float.floatToRawIntBits(((Float32Data) data).value()));
      case FLOAT64 -> w.writeInteger64(Double.doubleToRawLongBits(((Float64Data) data).value()));
      case DATE_TIME -> ((DateTimeData) data).value().write(w);
      case DATE -> ((DateData) data).value().write(w);
      case TIME -> ((TimeData) data).value().write(w);
      case DELTA_INTEGER, DELTA_UNSIGNED -> w.put8((int) ((DeltaData) data).delta());
      case DELTA_LONG, DELTA_LONG_UNSIGNED -> w.put16((int) ((DeltaData) data).delta());
      case DELTA_DOUBLE_LONG, DELTA_DOUBLE_LONG_UNSIGNED ->
          w.put32((int) ((DeltaData) data).delta());
      case ARRAY, STRUCTURE, COMPACT_ARRAY -> throw notSimple(tag);
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
}
