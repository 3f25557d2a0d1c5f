package io.dlms4j.ber;

import io.dlms4j.axdr.Octets;
import java.util.Objects;

/**
 * A cursor that reads BER (ITU-T X.690) from a range of an array, element by element.
 *
 * <p>A tag is written as it stands on the wire: {@code 0x60}, or {@code 0x5F1F} for one of two
 * octets. Lengths are definite; forms longer than needed are taken (X.690 8.1.3.5). Every method
 * that reads throws {@link BerException} if the octets are not what it asks for, and then has not
 * moved. Nothing here recurses or grows: an element never reaches beyond the one it stands in, and
 * how deep to go is the caller's choice. The octets must not change while the reader or a view
 * taken from it is in use. For one thread at a time.
 */
public final class BerReader {
  private static final String TAG_CLAUSE = "X.690 8.1.2";
  private static final String LENGTH_CLAUSE = "X.690 8.1.3";

  private final byte[] array;

  /** Where the outermost reader began, for offsets. */
  private final int origin;

  private final int end;
  private int next;

  /** Where the content of the element that {@link #open} looked at begins. */
  private int content;

  private BerReader(byte[] array, int origin, int next, int end) {
    this.array = array;
    this.origin = origin;
    this.next = next;
    this.end = end;
  }

  /**
   * A reader at the start of a range.
   *
   * @param a holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @throws IndexOutOfBoundsException if the array has no such range
   */
  public BerReader(byte[] a, int offset, int length) {
    this(a, offset, offset, Objects.checkFromIndexSize(offset, length, a.length) + length);
  }

  /**
   * A reader at the start of some octets.
   *
   * @param o the octets
   * @return the reader
   */
  public static BerReader of(Octets o) {
    return new BerReader(o.array(), o.offset(), o.length());
  }

  /**
   * How far the cursor is.
   *
   * @return number of octets between the start of the outermost range and the cursor
   */
  public int position() {
    return next - origin;
  }

  /**
   * Whether anything is left.
   *
   * @return true if there are octets after the cursor in this range
   */
  public boolean hasRemaining() {
    return next < end;
  }

  /**
   * Looks at the tag of the next element without moving.
   *
   * @return the tag: 0..0xFF, or two octets as 0x5F1F
   */
  public int peekTag() {
    if (next >= end) {
      throw malformed("an element is missing", TAG_CLAUSE);
    }
    int first = octet(next);
    if (!BerTag.hasSecondOctet(first)) {
      return first;
    }
    if (end - next < 2) {
      throw malformed("the tag %02X lacks its second octet".formatted(first), TAG_CLAUSE);
    }
    int second = octet(next + 1);
    if (!BerTag.isSecondOctet(second)) {
      throw malformed("no tag begins with %02X %02X".formatted(first, second), "X.690 8.1.2.4");
    }
    return (first << 8) | second;
  }

  /**
   * Enters a constructed element, and moves past it.
   *
   * @param tag the tag it must have
   * @return a reader of what is in it, whose offsets count from the same octet as this one's
   * @throws IllegalArgumentException if the tag is not one of a constructed element
   */
  public BerReader readConstructed(int tag) {
    BerTag.check(tag, true);
    int after = open(tag);
    BerReader inner = new BerReader(array, origin, content, after);
    next = after;
    return inner;
  }

  /**
   * Reads a primitive element.
   *
   * @param tag the tag it must have
   * @return a view of its content
   * @throws IllegalArgumentException if the tag is not one of a primitive element
   */
  public Octets readPrimitive(int tag) {
    BerTag.check(tag, false);
    int after = open(tag);
    next = after;
    return Octets.view(array, content, after - content);
  }

  /**
   * Reads an INTEGER (X.690 8.3) of eight octets at most.
   *
   * @param tag the tag it must have, as a primitive element: 02 unless tagged otherwise
   * @return its value
   */
  public long readInteger(int tag) {
    BerTag.check(tag, false);
    int after = open(tag);
    int length = after - content;
    if (length < 1 || length > Long.BYTES) {
      throw malformedAt(content, "an integer of " + length + " octets", "X.690 8.3.1");
    }
    if (length > 1 && array[content] == (octet(content + 1) > 0x7F ? -1 : 0)) {
      throw malformedAt(content, "an integer with an octet too many", "X.690 8.3.2");
    }
    long value = array[content];
    for (int i = content + 1; i < after; i++) {
      value = (value << 8) | octet(i);
    }
    next = after;
    return value;
  }

  /**
   * Reads an OBJECT IDENTIFIER (X.690 8.19).
   *
   * @param tag the tag it must have, as a primitive element: 06 unless tagged otherwise
   * @return a view of its content: the arcs in their encoded form, each of them whole
   */
  public Octets readObjectIdentifier(int tag) {
    BerTag.check(tag, false);
    int after = open(tag);
    if (content == after || octet(after - 1) > 0x7F) {
      throw malformedAt(content, "an object identifier without an end", "X.690 8.19.2");
    }
    for (int i = content; i < after; i++) {
      boolean first = i == content || octet(i - 1) <= 0x7F;
      if (first && octet(i) == 0x80) {
        throw malformedAt(i, "an arc with an octet too many", "X.690 8.19.2");
      }
    }
    next = after;
    return Octets.view(array, content, after - content);
  }

  /**
   * Reads a BIT STRING in its primitive form (X.690 8.6).
   *
   * @param tag the tag it must have: 03 unless tagged otherwise
   * @return a view of its content: one octet, 0..7, that tells how many bits at the end are unused,
   *     and the bits
   */
  public Octets readBitString(int tag) {
    BerTag.check(tag, false);
    int after = open(tag);
    if (content == after || octet(content) > 7) {
      throw malformedAt(
          content, "a bit string that does not say how many bits are unused", "X.690 8.6.2.2");
    }
    if (after - content == 1 && octet(content) != 0) {
      throw malformedAt(content, "unused bits in an empty bit string", "X.690 8.6.2.3");
    }
    next = after;
    return Octets.view(array, content, after - content);
  }

  /** Moves past an element, whatever it is and whatever is in it. */
  public void skip() {
    next = open(peekTag());
  }

  /**
   * Reads an element, whatever it is and whatever is in it.
   *
   * @return a view of all of it: tag, length and content
   */
  public Octets readElement() {
    int begin = next;
    skip();
    return Octets.view(array, begin, next - begin);
  }

  /**
   * Reads whatever elements are left in this range, and moves to its end.
   *
   * @return a view of all of them
   */
  public Octets readElements() {
    int begin = next;
    try {
      while (hasRemaining()) {
        skip();
      }
    } catch (BerException e) {
      next = begin;
      throw e;
    }
    return Octets.view(array, begin, next - begin);
  }

  /**
   * An exception for the octet at the cursor; to be thrown by the caller.
   *
   * @param what what is wrong, in words
   * @param clause where a standard asks for it
   * @return the exception
   */
  public BerException malformed(String what, String clause) {
    return malformedAt(next, what, clause);
  }

  /**
   * Makes sure that nothing is left in this range.
   *
   * @param what whose end this should be, for the exception's sentence
   */
  public void expectEnd(String what) {
    if (hasRemaining()) {
      throw malformed((end - next) + " octets too many after " + what, "X.690 8.1.1");
    }
  }

  /**
   * Looks at the head of the next element without moving: sets {@link #content}.
   *
   * @return where the element ends
   */
  private int open(int tag) {
    int found = peekTag();
    if (found != tag) {
      throw malformed("expected tag %02X, found %02X".formatted(tag, found), TAG_CLAUSE);
    }
    int at = next + (tag > 0xFF ? 2 : 1);
    if (at >= end) {
      throw malformedAt(at, "a length is missing", LENGTH_CLAUSE);
    }
    int first = octet(at);
    long length = first;
    int begin = at + 1;
    if (first > 0x7F) {
      int octets = first & 0x7F;
      if (octets < 1 || octets > 4) {
        throw malformedAt(
            at, "no length of definite form here begins with %02X".formatted(first), LENGTH_CLAUSE);
      }
      if (octets > end - begin) {
        throw malformedAt(at, "a length lacks its last octets", LENGTH_CLAUSE);
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = (length << 8) | octet(begin + i);
      }
      begin += octets;
    }
    if (length > end - begin) {
      throw malformedAt(
          at, length + " octets announced, " + (end - begin) + " left", LENGTH_CLAUSE);
    }
    content = begin;
    return begin + (int) length;
  }

  private int octet(int index) {
    return array[index] & 0xFF;
  }

  private BerException malformedAt(int index, String what, String clause) {
    return new BerException(index - origin, what, clause);
  }
}
