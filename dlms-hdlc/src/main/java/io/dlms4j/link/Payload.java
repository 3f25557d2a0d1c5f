package io.dlms4j.link;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A view of octets that one layer hands to the next without copying them.
 *
 * <p>A payload is read-only by agreement: whoever makes one stops writing to the array, whoever
 * receives one never does. It stays valid for as long as it is held. Two payloads are equal when
 * their octets are.
 */
public final class Payload {
  /** A payload without octets. */
  public static final Payload EMPTY = new Payload(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Payload(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Views a whole array.
   *
   * @param array the octets, given away
   * @return the view
   */
  public static Payload of(byte[] array) {
    return new Payload(array, 0, array.length);
  }

  /**
   * Views a part of an array.
   *
   * @param array the octets, given away
   * @param offset where the part begins
   * @param length how many octets it has
   * @return the view
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static Payload of(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Payload(array, offset, length);
  }

  /**
   * The array that holds the octets; only the part from {@link #offset()} on, {@link #length()}
   * octets, is this payload's.
   *
   * @return the array itself, not a copy
   */
  public byte[] array() {
    return array;
  }

  /**
   * Where the octets begin in {@link #array()}.
   *
   * @return the index of the first octet
   */
  public int offset() {
    return offset;
  }

  /**
   * How many octets there are.
   *
   * @return the number of octets
   */
  public int length() {
    return length;
  }

  /**
   * One octet.
   *
   * @param index from 0 on
   * @return the octet, 0..255
   * @throws IndexOutOfBoundsException if there is no such octet
   */
  public int at(int index) {
    Objects.checkIndex(index, length);
    return array[offset + index] & 0xFF;
  }

  /**
   * A part of this payload, viewing the same array.
   *
   * @param from index of the first octet
   * @param count number of octets
   * @return the part
   * @throws IndexOutOfBoundsException if there is no such part
   */
  public Payload slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new Payload(array, offset + from, count);
  }

  /**
   * The octets in an array of their own.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The octets in hexadecimal, separated by blanks. */
  @Override
  public String toString() {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(array, offset, offset + length);
  }
}
