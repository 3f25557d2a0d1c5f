package io.dlms4j.axdr;

import io.dlms4j.axdr.AxdrException.Kind;
import java.util.Objects;

/**
 * A cursor that reads A-XDR (IEC 61334-6) from a range of an array.
 *
 * <p>All numbers are big-endian. Every method that reads throws {@link AxdrException} if the octets
 * are not what it asks for; the cursor may then stand anywhere within the value at fault. Offsets
 * count from the start of the range. The octets must not change while the reader or a view taken
 * from it is in use. For one thread at a time.
 */
public final class AxdrReader {
  static final String LENGTH_CLAUSE = "IEC 61334-6, length field";

  private static final String VALUE_CLAUSE = "IEC 61334-6";
  private static final String LIMIT_CLAUSE = "limit of this decoder";

  private final byte[] array;
  private final int start;
  private final DecodeLimits limits;
  private int next;
  private int end;

  /** Whether the end is that of a string's contents: no further octets can come after it. */
  private boolean narrowed;

  /** How many elements the Data being read may still have; kept here to allocate nothing. */
  private int elementsLeft;

  /**
   * A reader at the start of a range.
   *
   * @param a holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @param limits what is refused for its size
   * @throws AxdrException of kind LIMIT if there are more octets than allowed
   * @throws IndexOutOfBoundsException if the array has no such range
   */
  public AxdrReader(byte[] a, int offset, int length, DecodeLimits limits) {
    Objects.checkFromIndexSize(offset, length, a.length);
    if (length > limits.maxOctets()) {
      throw new AxdrException(
          Kind.LIMIT,
          0,
          length + " octets, where at most " + limits.maxOctets() + " are taken",
          LIMIT_CLAUSE);
    }
    this.array = a;
    this.start = offset;
    this.end = offset + length;
    this.next = offset;
    this.limits = limits;
  }

  /**
   * A reader at the start of some octets, with {@link DecodeLimits#DEFAULT}.
   *
   * @param o the octets
   * @return the reader
   * @throws AxdrException of kind LIMIT if there are more octets than allowed
   */
  public static AxdrReader of(Octets o) {
    return of(o, DecodeLimits.DEFAULT);
  }

  /**
   * A reader at the start of some octets.
   *
   * @param o the octets
   * @param l what is refused for its size
   * @return the reader
   * @throws AxdrException of kind LIMIT if there are more octets than allowed
   */
  public static AxdrReader of(Octets o, DecodeLimits l) {
    return new AxdrReader(o.array(), o.offset(), o.length(), l);
  }

  /**
   * How far the cursor is.
   *
   * @return number of octets between the start of the range and the cursor
   */
  public int position() {
    return next - start;
  }

  /**
   * How much is left.
   *
   * @return number of octets after the cursor
   */
  public int remaining() {
    return end - next;
  }

  /**
   * Whether anything is left.
   *
   * @return true if there are octets after the cursor
   */
  public boolean hasRemaining() {
    return next < end;
  }

  /**
   * What this reader refuses for its size.
   *
   * @return the limits
   */
  public DecodeLimits limits() {
    return limits;
  }

  /**
   * Looks at the next octet without moving.
   *
   * @return its value, 0..255
   */
  public int peekUnsigned8() {
    require(1);
    return array[next] & 0xFF;
  }

  /**
   * Reads one octet as an unsigned number.
   *
   * @return 0..255
   */
  public int readUnsigned8() {
    require(1);
    return array[next++] & 0xFF;
  }

  /**
   * Reads two octets as an unsigned number.
   *
   * @return 0..65535
   */
  public int readUnsigned16() {
    return readInteger16() & 0xFFFF;
  }

  /**
   * Reads four octets as an unsigned number.
   *
   * @return 0..2^32-1
   */
  public long readUnsigned32() {
    return readInteger32() & 0xFFFF_FFFFL;
  }

  /**
   * Reads eight octets as an unsigned number.
   *
   * @return its 64 bits: negative from 2^63 on
   */
  public long readUnsigned64() {
    return readInteger64();
  }

  /**
   * Reads one octet as a signed number.
   *
   * @return the number
   */
  public byte readInteger8() {
    require(1);
    return array[next++];
  }

  /**
   * Reads two octets as a signed number.
   *
   * @return the number
   */
  public short readInteger16() {
    require(2);
    short value = (short) BigEndian.SHORT.get(array, next);
    next += 2;
    return value;
  }

  /**
   * Reads four octets as a signed number.
   *
   * @return the number
   */
  public int readInteger32() {
    require(4);
    int value = (int) BigEndian.INT.get(array, next);
    next += 4;
    return value;
  }

  /**
   * Reads eight octets as a signed number.
   *
   * @return the number
   */
  public long readInteger64() {
    require(8);
    long value = (long) BigEndian.LONG.get(array, next);
    next += 8;
    return value;
  }

  /**
   * Reads a BOOLEAN. Senders write 01 or FF for true; every octet but 00 is.
   *
   * @return the truth value
   */
  public boolean readBoolean() {
    return readUnsigned8() != 0;
  }

  /**
   * Reads the usage flag that stands before an OPTIONAL or DEFAULT component.
   *
   * @return whether the component follows
   */
  public boolean readPresence() {
    int flag = peekUnsigned8();
    if (flag > 1) {
      throw malformed(
          "usage flag %02X is neither 00 nor 01".formatted(flag),
          "IEC 61334-6, OPTIONAL and DEFAULT components");
    }
    next++;
    return flag == 1;
  }

  /**
   * Reads a length or a number of elements: one octet below 80, or 81 to 84 and that many octets
   * less 80. Longer forms than needed are taken, for there are meters that write them.
   *
   * <p>The length has been compared with nothing yet: it may be larger than what remains.
   *
   * @return the length, 0..2^31-1
   */
  public int readLength() {
    int first = peekUnsigned8();
    if (first < 0x80) {
      next++;
      return first;
    }
    return readLongLength(first);
  }

  private int readLongLength(int first) {
    int octets = first & 0x7F;
    if (octets < 1 || octets > 4) {
      throw malformed("no length begins with %02X".formatted(first), LENGTH_CLAUSE);
    }
    require(1 + octets);
    long length = 0;
    for (int i = 1; i <= octets; i++) {
      length = (length << 8) | (array[next + i] & 0xFF);
    }
    if (length > Integer.MAX_VALUE) {
      throw limit("length " + length + " is more than any decoder here takes");
    }
    next += 1 + octets;
    return (int) length;
  }

  /**
   * Reads octets that have a known number.
   *
   * @param n how many, not negative
   * @return a view of them
   */
  public Octets readOctets(int n) {
    require(n);
    Octets octets = Octets.view(array, next, n);
    next += n;
    return octets;
  }

  /**
   * Reads a length and as many octets.
   *
   * @return a view of the octets
   */
  public Octets readOctetString() {
    return readOctets(readLength());
  }

  /**
   * Moves on without looking.
   *
   * @param n over how many octets, not negative
   */
  public void skip(int n) {
    require(n);
    next += n;
  }

  /**
   * Makes sure that nothing is left.
   *
   * @param what whose end this should be, for the exception's sentence
   */
  public void expectEnd(String what) {
    if (hasRemaining()) {
      throw malformed(remaining() + " octets too many after " + what, VALUE_CLAUSE);
    }
  }

  /**
   * An exception of kind MALFORMED for the octet at the cursor; to be thrown by the caller.
   *
   * @param what what is wrong, in words
   * @param clause where a standard asks for it
   * @return the exception
   */
  public AxdrException malformed(String what, String clause) {
    return malformedAt(0, what, clause);
  }

  /**
   * Reads a Data (Green Book 9.5) as a tree.
   *
   * @return the value, whose strings are views of the octets read
   */
  public CosemData readData() {
    return DataCodec.read(this);
  }

  /**
   * Moves past a Data (Green Book 9.5): takes and refuses the same octets as {@link #readData()},
   * but allocates nothing, save the description of a compact-array.
   */
  public void skipData() {
    DataCodec.skip(this);
  }

  /**
   * Reads what the elements of a compact-array are: what follows its tag (Green Book 9.5). With
   * {@link #readUntagged} the elements can be read one by one, before all have come.
   *
   * @return the description
   */
  public TypeDescription readTypeDescription() {
    allowElements(limits.maxElements());
    return CompactArrays.readType(this, 1);
  }

  /**
   * Reads a value without its tag, as it stands in the contents of a compact-array.
   *
   * @param type what it is
   * @return the value, whose strings are views of the octets read
   */
  public CosemData readUntagged(TypeDescription type) {
    allowElements(limits.maxElements());
    return CompactArrays.read(type, this);
  }

  /** As {@link #malformed}, for an octet that many after the cursor. */
  AxdrException malformedAt(int ahead, String what, String clause) {
    return new AxdrException(Kind.MALFORMED, position() + ahead, what, clause);
  }

  /** Good octets at the cursor, but too many or too deep. */
  AxdrException limit(String what) {
    return new AxdrException(Kind.LIMIT, position(), what, LIMIT_CLAUSE);
  }

  /** An octet that many after the cursor, which {@link #require} has been asked for. */
  int ahead(int index) {
    return array[next + index] & 0xFF;
  }

  /** A view of what the cursor has moved past since it stood at a position; an octet at least. */
  Octets since(int position) {
    int from = start + position;
    return Octets.viewChecked(array, from, next - from);
  }

  /** A view of what is left. */
  Octets rest() {
    return Octets.view(array, next, remaining());
  }

  /**
   * Lets the reader end with the contents of a string, until {@link #widen}. Octets that are
   * missing are then {@link Kind#MALFORMED}, for the length of the string is what it is.
   *
   * @param length of the contents, which {@link #require} has been asked for
   * @return what to give to {@code widen}
   */
  int narrow(int length) {
    int outer = end;
    end = next + length;
    narrowed = true;
    return outer;
  }

  /** Undoes the one {@link #narrow} there can be at a time. */
  void widen(int outer) {
    end = outer;
    narrowed = false;
  }

  /** Goes back to where the cursor has been. */
  void moveTo(int position) {
    next = start + position;
  }

  /** Moves past one octet, which has been peeked at. */
  AxdrReader skipTag() {
    next++;
    return this;
  }

  /**
   * Moves past a tag, which has been peeked at, and that many octets after it, in one step.
   *
   * @return the index of these octets, for the methods below
   */
  int tagged(int octets) {
    int at = next + 1;
    if (octets > end - at) {
      next = at;
      throw missing(octets);
    }
    next = at + octets;
    return at;
  }

  /**
   * Copies a string of less than 128 octets and moves past it and its tag, in one step.
   *
   * @return how many octets it has; -1, and nothing is done, if there is no such string, not all of
   *     it, or no room for it
   */
  int copyShortString(int tag, byte[] target, int position) {
    int at = next;
    if (end - at < 2 || array[at] != tag) {
      return -1;
    }
    int number = array[at + 1];
    if (number < 0 || number > end - at - 2 || number > target.length - position) {
      return -1;
    }
    BigEndian.copy(array, at + 2, target, position, number);
    next = at + 2 + number;
    return number;
  }

  byte integer8At(int index) {
    return array[index];
  }

  short integer16At(int index) {
    return (short) BigEndian.SHORT.get(array, index);
  }

  int integer32At(int index) {
    return (int) BigEndian.INT.get(array, index);
  }

  long integer64At(int index) {
    return (long) BigEndian.LONG.get(array, index);
  }

  /** Reads octets, which {@link #require} has been asked for, into an array. */
  void copyTo(byte[] target, int position, int number) {
    System.arraycopy(array, next, target, position, number);
    next += number;
  }

  /** Sets how many elements may still come. */
  void allowElements(int number) {
    elementsLeft = number;
  }

  /** How many elements may still come. */
  int elementsLeft() {
    return elementsLeft;
  }

  /** Takes elements from those that may still come. */
  void countElements(long number) {
    if (number > elementsLeft) {
      throw limit("more than " + limits.maxElements() + " elements in one Data");
    }
    elementsLeft -= (int) number;
  }

  /**
   * Makes sure that octets are there. Where they are not, more of them would help, unless there
   * would then be more than any reader with these limits is given.
   */
  void require(int n) {
    if (n < 0 || n > end - next) {
      throw missing(n);
    }
  }

  private AxdrException missing(int n) {
    if (n < 0) {
      throw new IllegalArgumentException(n + " octets");
    }
    if (narrowed) {
      return malformed(
          n + " octets needed, " + remaining() + " left of the contents", VALUE_CLAUSE);
    }
    if ((long) position() + n > limits.maxOctets()) {
      return limit(n + " octets reach beyond the " + limits.maxOctets() + " that are taken");
    }
    return new AxdrException(
        Kind.TRUNCATED, position(), n + " octets needed, " + remaining() + " left", VALUE_CLAUSE);
  }
}
