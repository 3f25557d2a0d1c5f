package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what a record says into one array, which grows, and is used again for the next record. */
final class RecordWriter {
  private byte[] buffer;
  private int length = MemoryFormat.RECORD_HEADER;

  RecordWriter(int initial) {
    this.buffer = new byte[initial];
  }

  /** Begins a record, after room for its header. */
  void begin() {
    length = MemoryFormat.RECORD_HEADER;
  }

  /** How many octets the record says, without header and checksum. */
  int payload() {
    return length - MemoryFormat.RECORD_HEADER;
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  private void makeRoom(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  void octet(int value) {
    makeRoom(1);
    buffer[length++] = (byte) value;
  }

  /** A word of 32 bits. */
  void word(int value) {
    makeRoom(4);
    buffer[length++] = (byte) (value >> 24);
    buffer[length++] = (byte) (value >> 16);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  /** A number that is mostly small: seven bits an octet, the lowest first. */
  void number(long value) {
    makeRoom(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      buffer[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    buffer[length++] = (byte) left;
  }

  /** A number of either sign that is mostly small. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void octets(Octets octets) {
    makeRoom(octets.length());
    octets.copyTo(buffer, length);
    length += octets.length();
  }

  void text(String text) {
    Octets octets = Octets.view(text.getBytes(StandardCharsets.UTF_8));
    number(octets.length());
    octets(octets);
  }
}
