package io.dlms4j.axdr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable string of octets: the owner of its array, or a view of a part of somebody's.
 *
 * <p>Octets are equal when their contents are, and are ordered like unsigned numbers, octet by
 * octet. A view is immutable by agreement: whoever makes one gives the array away and stops writing
 * to it. A view keeps its whole array alive; {@link #copy()} lets go of it.
 */
public final class Octets implements Comparable<Octets> {
  /** No octets. */
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  private static final HexFormat PLAIN = HexFormat.of().withUpperCase();
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

  private final byte[] array;
  private final int offset;
  private final int length;

  private Octets(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Octets written out as numbers.
   *
   * @param octets each within 0..255
   * @return the octets
   * @throws IllegalArgumentException if a number is no octet
   */
  public static Octets of(int... octets) {
    byte[] array = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] < 0 || octets[i] > 0xFF) {
        throw new IllegalArgumentException(octets[i] + " is not within 0..255");
      }
      array[i] = (byte) octets[i];
    }
    return view(array);
  }

  /**
   * A copy of a whole array.
   *
   * @param a the array, which stays the caller's
   * @return the octets
   */
  public static Octets copyOf(byte[] a) {
    return view(a.clone());
  }

  /**
   * A copy of a part of an array.
   *
   * @param a the array, which stays the caller's
   * @param offset where the part begins
   * @param length how many octets it has
   * @return the octets
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static Octets copyOf(byte[] a, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, a.length);
    return view(Arrays.copyOfRange(a, offset, offset + length));
  }

  /**
   * A view of a whole array.
   *
   * @param a the array, given away
   * @return the octets
   */
  public static Octets view(byte[] a) {
    return a.length == 0 ? EMPTY : new Octets(a, 0, a.length);
  }

  /**
   * A view of a part of an array.
   *
   * @param a the array, given away
   * @param offset where the part begins
   * @param length how many octets it has
   * @return the octets
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static Octets view(byte[] a, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, a.length);
    return length == 0 ? EMPTY : new Octets(a, offset, length);
  }

  /** A view of a part that is known to be there, and not to be empty. */
  static Octets viewChecked(byte[] a, int offset, int length) {
    return new Octets(a, offset, length);
  }

  /**
   * Octets written in hexadecimal, for source code and configuration; not for what a peer sent.
   *
   * @param hex pairs of digits in either case; white space may stand anywhere and means nothing
   * @return the octets
   * @throws IllegalArgumentException if there is anything else, or half an octet
   */
  public static Octets ofHex(String hex) {
    StringBuilder digits = new StringBuilder(hex.length());
    for (int i = 0; i < hex.length(); i++) {
      if (!Character.isWhitespace(hex.charAt(i))) {
        digits.append(hex.charAt(i));
      }
    }
    return view(PLAIN.parseHex(digits));
  }

  /**
   * Octets written as text.
   *
   * @param text ASCII characters
   * @return one octet a character
   * @throws IllegalArgumentException if a character is not ASCII
   */
  public static Octets ofAscii(String text) {
    byte[] array = new byte[text.length()];
    for (int i = 0; i < array.length; i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        throw new IllegalArgumentException("character " + i + " of \"" + text + "\" is not ASCII");
      }
      array[i] = (byte) c;
    }
    return view(array);
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
   * Whether there are no octets.
   *
   * @return true if the length is 0
   */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * One octet.
   *
   * @param index which, from 0 on
   * @return its value, 0..255
   * @throws IndexOutOfBoundsException if there is no such octet
   */
  public int at(int index) {
    return array[offset + Objects.checkIndex(index, length)] & 0xFF;
  }

  /**
   * A view of a part.
   *
   * @param from index of its first octet
   * @param length how many octets it has
   * @return the part, which shares the array
   * @throws IndexOutOfBoundsException if there is no such part
   */
  public Octets slice(int from, int length) {
    Objects.checkFromIndexSize(from, length, this.length);
    return view(array, offset + from, length);
  }

  /**
   * The same octets in an array of their own, to be kept for long without keeping a whole APDU.
   *
   * @return these octets if the array has no others, else a copy
   */
  public Octets copy() {
    return length == array.length ? this : copyOf(array, offset, length);
  }

  /**
   * The octets as an array.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /**
   * Writes the octets into an array.
   *
   * @param target the array
   * @param position index of the first octet written
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void copyTo(byte[] target, int position) {
    System.arraycopy(array, offset, target, position, length);
  }

  /**
   * The octets in hexadecimal.
   *
   * @return upper case digits without blanks
   */
  public String toHex() {
    return PLAIN.formatHex(array, offset, offset + length);
  }

  /**
   * The octets as ASCII text.
   *
   * @return one character an octet; U+FFFD for an octet above 7F
   */
  public String toAscii() {
    return new String(array, offset, length, StandardCharsets.US_ASCII);
  }

  /**
   * The array that holds the octets, for codecs that must not copy. Read-only by agreement; only
   * {@link #length()} octets from {@link #offset()} on are this value's.
   *
   * @return the array itself
   */
  public byte[] array() {
    return array;
  }

  /**
   * Where the octets begin in {@link #array()}.
   *
   * @return index of the first octet
   */
  public int offset() {
    return offset;
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that
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

  /** The octets in hexadecimal with blanks between them: {@code 07 DD 0A}. */
  @Override
  public String toString() {
    return SPACED.formatHex(array, offset, offset + length);
  }
}
