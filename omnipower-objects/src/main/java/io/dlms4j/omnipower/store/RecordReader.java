package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link RecordWriter} has written, and never more than there is. */
final class RecordReader {
  private final byte[] octets;
  private final int end;
  private int position;

  RecordReader(byte[] octets, int from, int length) {
    this.octets = octets;
    this.position = from;
    this.end = from + length;
  }

  boolean hasMore() {
    return position < end;
  }

  MalformedRecordException malformed(String how) {
    return new MalformedRecordException(how + ", at octet " + position);
  }

  private void require(int more) throws MalformedRecordException {
    if (end - position < more) {
      throw malformed("a record ends too early");
    }
  }

  int octet() throws MalformedRecordException {
    require(1);
    return octets[position++] & 0xFF;
  }

  int word() throws MalformedRecordException {
    require(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (octets[position++] & 0xFF);
    }
    return value;
  }

  private long any() throws MalformedRecordException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw malformed("a number is too long");
  }

  /** A number from 0 to such a one. */
  long number(long most) throws MalformedRecordException {
    long value = any();
    if (value < 0 || value > most) {
      throw malformed("a number is greater than " + most);
    }
    return value;
  }

  /** A number from 1 to such a one. */
  long positive(long most) throws MalformedRecordException {
    long value = number(most);
    if (value == 0) {
      throw malformed("a number is 0");
    }
    return value;
  }

  long signed() throws MalformedRecordException {
    long value = any();
    return (value >>> 1) ^ -(value & 1);
  }

  Octets octets(int length) throws MalformedRecordException {
    require(length);
    Octets value = Octets.copyOf(octets, position, length);
    position += length;
    return value;
  }

  String text(int longest) throws MalformedRecordException {
    int length = (int) number(longest);
    require(length);
    String value = new String(octets, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }
}
