package io.dlms4j.omnipower.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How the files of a memory begin, and how records stand in them.
 *
 * <p>A record is its length, a checksum over that, what it says, and a checksum over all of it.
 * Both checksums take in the generation of the file and the number of the commit, so that no record
 * counts in a place that is not its own. A length with a checksum of its own tells a record that
 * was not written to its end from one that was changed.
 */
final class MemoryFormat {
  /** Length and checksum, before what a record says. */
  static final int RECORD_HEADER = 8;

  static final int CHECKSUM = 4;
  static final int FILE_HEADER = 32;

  /** Longer files are none of ours. */
  static final long LONGEST_FILE = 64L << 20;

  private static final byte[] MAGIC = "dlms4jmm".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  /** The generation, the number of the commit, and the length. */
  private static final int PLACE = 20;

  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(PLACE);

  MemoryFormat() {}

  /**
   * What a file begins with.
   *
   * @param kind of the file
   * @param anew of a snapshot: there is nothing before it that belongs to it
   * @param generation which snapshot it is, or which one the journal follows
   * @param commit the number of the commit after which it begins
   */
  record FileHeader(Kind kind, boolean anew, long generation, long commit) {
    byte[] toOctets() {
      ByteBuffer octets = ByteBuffer.allocate(FILE_HEADER);
      octets.put(MAGIC).put((byte) VERSION).put(kind.code);
      octets.putShort((short) (anew ? 1 : 0)).putLong(generation).putLong(commit);
      CRC32C checksum = new CRC32C();
      checksum.update(octets.array(), 0, octets.position());
      return octets.putInt((int) checksum.getValue()).array();
    }

    /** Whether a file begins with this, if something else of its header may be different. */
    static boolean isWhole(byte[] file) {
      if (file.length < FILE_HEADER) {
        return false;
      }
      CRC32C checksum = new CRC32C();
      checksum.update(file, 0, FILE_HEADER - CHECKSUM);
      return ByteBuffer.wrap(file).getInt(FILE_HEADER - CHECKSUM) == (int) checksum.getValue();
    }

    /** Of a file whose header {@linkplain #isWhole is whole}. */
    static FileHeader of(byte[] file) throws MalformedRecordException {
      ByteBuffer octets = ByteBuffer.wrap(file);
      byte[] magic = new byte[MAGIC.length];
      octets.get(magic);
      int version = octets.get();
      int kind = octets.get();
      int flags = octets.getShort();
      if (!Arrays.equals(magic, MAGIC) || version != VERSION) {
        throw new MalformedRecordException("it was not written by this version of the library");
      }
      if ((kind != Kind.SNAPSHOT.code && kind != Kind.JOURNAL.code) || flags < 0 || flags > 1) {
        throw new MalformedRecordException("there is no such kind of file");
      }
      return new FileHeader(
          kind == Kind.JOURNAL.code ? Kind.JOURNAL : Kind.SNAPSHOT,
          flags == 1,
          octets.getLong(),
          octets.getLong());
    }
  }

  /** What a file is. */
  enum Kind {
    SNAPSHOT('S'),
    JOURNAL('J');

    final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }
  }

  /** Puts header and checksum around what a record says. */
  void seal(RecordWriter record, long generation, long commit) {
    int length = record.payload();
    int check = begin(generation, commit, length);
    record.word(0);
    byte[] octets = record.buffer();
    put(octets, 0, length);
    put(octets, 4, check);
    checksum.update(octets, RECORD_HEADER, length);
    put(octets, RECORD_HEADER + length, (int) checksum.getValue());
  }

  private int begin(long generation, long commit, int length) {
    place.clear().putLong(generation).putLong(commit).putInt(length).flip();
    checksum.reset();
    checksum.update(place.array(), 0, PLACE);
    return (int) checksum.getValue();
  }

  private static void put(byte[] octets, int at, int value) {
    octets[at] = (byte) (value >> 24);
    octets[at + 1] = (byte) (value >> 16);
    octets[at + 2] = (byte) (value >> 8);
    octets[at + 3] = (byte) value;
  }

  /** How a record was found. */
  enum Found {
    /** There is nothing more. */
    NONE,
    /** It was not written to its end, which is the end of the file. */
    TORN,
    /** It is not what was written. */
    DAMAGED,
    /** It is as it was written. */
    WHOLE
  }

  /** Looks at the record that begins at some octet. */
  Found find(byte[] file, int from, long generation, long commit) {
    int left = file.length - from;
    if (left == 0) {
      return Found.NONE;
    }
    if (left < RECORD_HEADER) {
      return Found.TORN;
    }
    ByteBuffer octets = ByteBuffer.wrap(file);
    int length = octets.getInt(from);
    if (length < 0 || octets.getInt(from + 4) != begin(generation, commit, length)) {
      return Found.DAMAGED;
    }
    if (left - RECORD_HEADER - CHECKSUM < length) {
      return Found.TORN;
    }
    checksum.update(file, from + RECORD_HEADER, length);
    return octets.getInt(from + RECORD_HEADER + length) == (int) checksum.getValue()
        ? Found.WHOLE
        : Found.DAMAGED;
  }

  /** How long the record is that begins at some octet, without header and checksum. */
  static int length(byte[] file, int from) {
    return ByteBuffer.wrap(file).getInt(from);
  }
}
