package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.TypeDescription.ArrayType;
import io.dlms4j.axdr.TypeDescription.StructureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the parts of encoded Data (Green Book 9.5) one by one, for bulk such as a load profile: no
 * tree is built, and nothing is allocated for a number.
 *
 * <p>The caller follows the structure: {@link #beginArray()} tells how many elements to read after
 * it. A compact-array is pulled as an array is: its elements, and what is in them, come with the
 * types that its description gives them, without a tag on the wire. Every method that reads throws
 * {@link AxdrException} if the octets are not the Data it asks for. One that fails because the Data
 * is of another type leaves it unread; after any other failure the cursor may stand anywhere within
 * the Data at fault. For one thread at a time.
 */
public final class DataReader {
  private static final String STRING = "octet-string, visible-string or utf8-string";

  private final AxdrReader reader;

  /** The compact-array being pulled, kept for the next one. */
  private @Nullable CompactCursor compact;

  /** Whether the next value has no tag, for it stands in a compact-array. */
  private boolean untagged;

  /**
   * A reader of the Data at a cursor, which it moves.
   *
   * @param r the cursor
   */
  public DataReader(AxdrReader r) {
    this.reader = r;
  }

  /**
   * Looks at the type of the next Data without moving.
   *
   * @return its tag
   */
  public DataTag peekTag() {
    return untagged ? cursor().next().tag() : DataCodec.peekTag(reader);
  }

  /**
   * Enters an array or a compact-array.
   *
   * @return how many elements follow; no more than the limits allow, and for an array than octets
   *     remain
   */
  public int beginArray() {
    DataTag tag = peekTag();
    if (untagged && cursor().next() instanceof ArrayType array) {
      cursor().take();
      cursor().enterArray(array.type(), array.numberOfElements());
      untagged = cursor().isActive();
      return array.numberOfElements();
    }
    if (tag == DataTag.COMPACT_ARRAY) {
      return beginCompactArray();
    }
    expect(tag, DataTag.ARRAY);
    return DataCodec.readCount(reader);
  }

  /**
   * Enters a structure.
   *
   * @return how many elements follow; no more than octets remain, and than the limits allow
   */
  public int beginStructure() {
    if (!untagged && reader.peekUnsigned8() == DataTag.STRUCTURE.value()) {
      return DataCodec.readCount(reader.skipTag());
    }
    return beginUntaggedStructure();
  }

  private int beginUntaggedStructure() {
    if (untagged && cursor().next() instanceof StructureType structure) {
      cursor().take();
      cursor().enterStructure(structure);
      untagged = cursor().isActive();
      return structure.types().size();
    }
    throw unexpected(DataTag.STRUCTURE.toString(), peekTag());
  }

  /**
   * Reads a whole number: integer, long, double-long, long64, their unsigned kin, or enum.
   *
   * @return the number; a long64-unsigned of 2^63 or more is refused
   */
  public long readIntegral() {
    if (untagged) {
      return readUntaggedIntegral();
    }
    // The counters and status words of profiles. This and its like are short so that the compiler
    // takes them into the caller's loop; what is rarer is apart.
    AxdrReader r = reader;
    int tag = r.peekUnsigned8();
    if (tag == 6) {
      return r.integer32At(r.tagged(4)) & 0xFFFF_FFFFL;
    }
    return tag == 18 ? r.integer16At(r.tagged(2)) & 0xFFFF : readTaggedIntegral(tag);
  }

  private long readUntaggedIntegral() {
    DataTag tag = peekTag();
    long value =
        switch (tag) {
          case INTEGER -> begin().readInteger8();
          case LONG -> begin().readInteger16();
          case DOUBLE_LONG -> begin().readInteger32();
          case LONG64 -> begin().readInteger64();
          case UNSIGNED, ENUM -> begin().readUnsigned8();
          case LONG_UNSIGNED -> begin().readUnsigned16();
          case DOUBLE_LONG_UNSIGNED -> begin().readUnsigned32();
          case LONG64_UNSIGNED -> readUnsigned63();
          default -> throw unexpected("a whole number", tag);
        };
    end();
    return value;
  }

  private long readTaggedIntegral(int tag) {
    AxdrReader r = reader;
    return switch (tag) {
      case 17, 22 -> r.integer8At(r.tagged(1)) & 0xFF;
      case 5 -> r.integer32At(r.tagged(4));
      case 15 -> r.integer8At(r.tagged(1));
      case 16 -> r.integer16At(r.tagged(2));
      case 20 -> r.integer64At(r.tagged(8));
      case 21 -> readUnsigned63();
      default -> throw unexpected("a whole number", peekTag());
    };
  }

  /**
   * Reads a long64-unsigned of any size.
   *
   * @return its 64 bits: negative from 2^63 on
   */
  public long readUnsigned64() {
    expect(peekTag(), DataTag.LONG64_UNSIGNED);
    long bits = reader.readUnsigned64();
    end();
    return bits;
  }

  /**
   * Reads a delta: what is to be added to the value before.
   *
   * @return the difference, of any of the six types
   */
  public long readDelta() {
    DataTag tag = peekTag();
    if (tag.value() < DataTag.DELTA_INTEGER.value()
        || tag.value() > DataTag.DELTA_DOUBLE_LONG_UNSIGNED.value()) {
      throw unexpected("a delta", tag);
    }
    long delta = DataCodec.readDelta(begin(), tag);
    end();
    return delta;
  }

  /**
   * Reads an octet-string.
   *
   * @return a view of its octets
   */
  public Octets readOctetString() {
    expect(peekTag(), DataTag.OCTET_STRING);
    Octets octets = reader.readOctetString();
    end();
    return octets;
  }

  /**
   * Reads an octet-string, visible-string or utf8-string into an array, and allocates nothing.
   *
   * @param target takes the octets
   * @param position index of the first of them
   * @return how many they are
   * @throws AxdrException also, of kind LIMIT, if they are more than fit: the string is then left
   *     unread
   * @throws IndexOutOfBoundsException if the array has no such position
   */
  public int readOctets(byte[] target, int position) {
    int room = target.length - Objects.checkIndex(position, target.length + 1);
    if (!untagged) {
      int copied = reader.copyShortString(DataTag.OCTET_STRING.value(), target, position);
      if (copied >= 0) {
        return copied;
      }
    }
    return readOctets(target, position, room);
  }

  private int readOctets(byte[] target, int position, int room) {
    if (untagged || reader.peekUnsigned8() != DataTag.OCTET_STRING.value()) {
      DataTag tag = peekTag();
      if (!isString(tag)) {
        throw unexpected(STRING, tag);
      }
    }
    int start = reader.position();
    if (!untagged) {
      reader.skip(1);
    }
    int number = reader.readLength();
    reader.require(number);
    if (number > room) {
      AxdrException tooLong = reader.limit(number + " octets, where there is room for " + room);
      reader.moveTo(start);
      throw tooLong;
    }
    reader.copyTo(target, position, number);
    if (untagged) {
      cursor().take();
    }
    end();
    return number;
  }

  /**
   * Reads the text of an octet-string, a visible-string or a utf8-string, as {@link
   * CosemData#text()} does.
   *
   * @return the text
   */
  public String readText() {
    DataTag tag = peekTag();
    if (!isString(tag)) {
      throw unexpected(STRING, tag);
    }
    return readData().text();
  }

  /**
   * Reads a bit-string.
   *
   * @return its bits, a view
   */
  public BitStringData readBitString() {
    expect(peekTag(), DataTag.BIT_STRING);
    BitStringData bits = DataCodec.readBitString(reader);
    end();
    return bits;
  }

  /**
   * Reads a float32.
   *
   * @return the number
   */
  public float readFloat32() {
    expect(peekTag(), DataTag.FLOAT32);
    float value = Float.intBitsToFloat(reader.readInteger32());
    end();
    return value;
  }

  /**
   * Reads a float64.
   *
   * @return the number
   */
  public double readFloat64() {
    expect(peekTag(), DataTag.FLOAT64);
    double value = Double.longBitsToDouble(reader.readInteger64());
    end();
    return value;
  }

  /**
   * Reads a bcd.
   *
   * @return the octet, 0..255: its digits are not checked
   */
  public int readBcd() {
    expect(peekTag(), DataTag.BCD);
    int octet = reader.readUnsigned8();
    end();
    return octet;
  }

  /**
   * Reads a date-time, written as such or, as most attributes have it, as an octet-string of 12.
   *
   * @return the date-time
   */
  public CosemDateTime readDateTime() {
    DataTag tag = peekTag();
    if (tag == DataTag.DATE_TIME) {
      begin();
    } else if (tag == DataTag.OCTET_STRING) {
      int length = begin().readLength();
      if (length != CosemDateTime.OCTETS) {
        throw reader.malformed(
            "an octet-string of " + length + " octets is no date-time", CosemDate.CLAUSE);
      }
    } else {
      throw unexpected("date-time or octet-string", tag);
    }
    CosemDateTime dateTime = CosemDateTime.read(reader);
    end();
    return dateTime;
  }

  /**
   * Reads a date.
   *
   * @return the date
   */
  public CosemDate readDate() {
    expect(peekTag(), DataTag.DATE);
    CosemDate date = CosemDate.read(reader);
    end();
    return date;
  }

  /**
   * Reads a time.
   *
   * @return the time
   */
  public CosemTime readTime() {
    expect(peekTag(), DataTag.TIME);
    CosemTime time = CosemTime.read(reader);
    end();
    return time;
  }

  /**
   * Reads a boolean.
   *
   * @return its value
   */
  public boolean readBoolean() {
    expect(peekTag(), DataTag.BOOLEAN);
    boolean value = reader.readBoolean();
    end();
    return value;
  }

  /**
   * Reads a Data of any type as a tree.
   *
   * @return the value
   */
  public CosemData readData() {
    if (!untagged) {
      return reader.readData();
    }
    reader.allowElements(reader.limits().maxElements());
    CosemData value = CompactArrays.read(cursor().take(), reader);
    end();
    return value;
  }

  /** Moves past a Data of any type and all that is in it. */
  public void skip() {
    if (!untagged) {
      reader.skipData();
      return;
    }
    reader.allowElements(reader.limits().maxElements());
    CompactArrays.skip(cursor().take(), reader);
    end();
  }

  /**
   * The cursor that this reader moves. It must not be moved while a compact-array is being read.
   *
   * @return the cursor itself
   */
  public AxdrReader octets() {
    return reader;
  }

  private int beginCompactArray() {
    reader.skip(1);
    reader.allowElements(reader.limits().maxElements());
    TypeDescription type = CompactArrays.readType(reader, 1);
    int length = reader.readLength();
    reader.require(length);
    int start = reader.position();
    int size = CompactArrays.count(type, reader, length);
    reader.moveTo(start);
    cursor().enterArray(type, size);
    untagged = cursor().isActive();
    return size;
  }

  private CompactCursor cursor() {
    CompactCursor cursor = compact;
    if (cursor == null) {
      cursor = new CompactCursor();
      compact = cursor;
    }
    return cursor;
  }

  /** Moves past the tag of a simple Data. */
  private AxdrReader begin() {
    if (untagged) {
      cursor().take();
    } else {
      reader.skip(1);
    }
    return reader;
  }

  /** To be called when a simple Data has been read. */
  private void end() {
    if (untagged) {
      cursor().leaveFinished();
      untagged = cursor().isActive();
    }
  }

  private long readUnsigned63() {
    begin().require(Long.BYTES);
    if (reader.ahead(0) > 0x7F) {
      throw reader.malformed("a long64-unsigned above 2^63-1", DataCodec.TYPES_CLAUSE);
    }
    return reader.readInteger64();
  }

  private static boolean isString(DataTag tag) {
    return tag == DataTag.OCTET_STRING
        || tag == DataTag.VISIBLE_STRING
        || tag == DataTag.UTF8_STRING;
  }

  private void expect(DataTag tag, DataTag expected) {
    if (tag != expected) {
      throw unexpected(expected.toString(), tag);
    }
    begin();
  }

  private AxdrException unexpected(String expected, DataTag found) {
    return reader.malformed("expected " + expected + ", found " + found, DataCodec.TYPES_CLAUSE);
  }
}
