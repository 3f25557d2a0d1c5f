package io.dlms4j.axdr;

/**
 * Pulls the parts of encoded Data (Green Book 9.5) one by one, for bulk such as a load profile: no
 * tree is built, and nothing is allocated for a number.
 *
 * <p>The caller follows the structure: {@code beginArray()} tells how many elements to read after
 * it. Every method that reads throws {@link AxdrException} if the octets are not the Data it asks
 * for. One that fails because the Data is of another type leaves it unread; after any other failure
 * the cursor may stand anywhere within the Data at fault. For one thread at a time.
 */
public final class DataReader {
  private final AxdrReader reader;

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
    return DataCodec.peekTag(reader);
  }

  /**
   * Enters an array.
   *
   * @return how many elements follow; no more than octets remain, and than the limits allow
   */
  public int beginArray() {
    expect(DataTag.ARRAY);
    return DataCodec.readCount(reader);
  }

  /**
   * Enters a structure.
   *
   * @return how many elements follow; no more than octets remain, and than the limits allow
   */
  public int beginStructure() {
    expect(DataTag.STRUCTURE);
    return DataCodec.readCount(reader);
  }

  /**
   * Reads a whole number: integer, long, double-long, long64, their unsigned kin, or enum.
   *
   * @return the number; a long64-unsigned of 2^63 or more is refused
   */
  public long readIntegral() {
    DataTag tag = peekTag();
    switch (tag) {
      case INTEGER, LONG, DOUBLE_LONG, LONG64 -> {}
      case UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG_UNSIGNED, LONG64_UNSIGNED, ENUM -> {}
      default -> throw unexpected("a whole number", tag);
    }
    reader.skip(1);
    return switch (tag) {
      case INTEGER -> reader.readInteger8();
      case LONG -> reader.readInteger16();
      case DOUBLE_LONG -> reader.readInteger32();
      case UNSIGNED, ENUM -> reader.readUnsigned8();
      case LONG_UNSIGNED -> reader.readUnsigned16();
      case DOUBLE_LONG_UNSIGNED -> reader.readUnsigned32();
      case LONG64 -> reader.readInteger64();
      default -> readUnsigned63();
    };
  }

  /**
   * Reads an octet-string.
   *
   * @return a view of its octets
   */
  public Octets readOctetString() {
    expect(DataTag.OCTET_STRING);
    return reader.readOctetString();
  }

  /**
   * Reads a date-time, written as such or, as most attributes have it, as an octet-string of 12.
   *
   * @return the date-time
   */
  public CosemDateTime readDateTime() {
    DataTag tag = peekTag();
    if (tag == DataTag.DATE_TIME) {
      reader.skip(1);
      return CosemDateTime.read(reader);
    }
    if (tag != DataTag.OCTET_STRING) {
      throw unexpected("date-time or octet-string", tag);
    }
    reader.skip(1);
    int length = reader.readLength();
    if (length != CosemDateTime.OCTETS) {
      throw reader.malformed(
          "an octet-string of " + length + " octets is no date-time", CosemDate.CLAUSE);
    }
    return CosemDateTime.read(reader);
  }

  /**
   * Reads a boolean.
   *
   * @return its value
   */
  public boolean readBoolean() {
    expect(DataTag.BOOLEAN);
    return reader.readBoolean();
  }

  /** Moves past a Data of any type and all that is in it. */
  public void skip() {
    reader.skipData();
  }

  /**
   * The cursor that this reader moves.
   *
   * @return the cursor itself
   */
  public AxdrReader octets() {
    return reader;
  }

  private long readUnsigned63() {
    reader.require(Long.BYTES);
    if (reader.ahead(0) > 0x7F) {
      throw reader.malformed("a long64-unsigned above 2^63-1", DataCodec.TYPES_CLAUSE);
    }
    return reader.readInteger64();
  }

  private void expect(DataTag expected) {
    DataTag tag = peekTag();
    if (tag != expected) {
      throw unexpected(expected.toString(), tag);
    }
    reader.skip(1);
  }

  private AxdrException unexpected(String expected, DataTag found) {
    return reader.malformed("expected " + expected + ", found " + found, DataCodec.TYPES_CLAUSE);
  }
}
