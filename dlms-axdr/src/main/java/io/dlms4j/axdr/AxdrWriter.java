package io.dlms4j.axdr;

import java.util.Arrays;
import java.util.Objects;

/**
 * Writes A-XDR (IEC 61334-6) into a buffer that grows.
 *
 * <p>All numbers are big-endian. A value that its type cannot hold is the caller's error, an {@link
 * IllegalArgumentException}, and writes nothing. For one thread at a time.
 */
public final class AxdrWriter {
  private static final int DEFAULT_CAPACITY = 128;
  private static final byte[] NO_OCTETS = new byte[0];

  private byte[] array;
  private int length;

  /** An empty writer. */
  public AxdrWriter() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * An empty writer that will not grow soon.
   *
   * @param initialCapacity how many octets fit at first, not negative
   */
  public AxdrWriter(int initialCapacity) {
    if (initialCapacity < 0) {
      throw new IllegalArgumentException("initialCapacity " + initialCapacity + " is negative");
    }
    array = new byte[initialCapacity];
  }

  /**
   * How much has been written.
   *
   * @return number of octets
   */
  public int length() {
    return length;
  }

  /** Forgets all octets and keeps the buffer. */
  public void reset() {
    length = 0;
  }

  /**
   * Forgets the last octets.
   *
   * @param length how many octets stay, at most {@link #length()}
   * @throws IllegalArgumentException if there are not as many
   */
  public void truncate(int length) {
    if (length < 0 || length > this.length) {
      throw new IllegalArgumentException(length + " is not within 0.." + this.length);
    }
    this.length = length;
  }

  /**
   * Writes an unsigned number of one octet.
   *
   * @param value 0..255
   * @return this writer
   */
  public AxdrWriter writeUnsigned8(int value) {
    DataCodec.check(value, 0, 0xFF);
    return put8(value);
  }

  /**
   * Writes an unsigned number of two octets.
   *
   * @param value 0..65535
   * @return this writer
   */
  public AxdrWriter writeUnsigned16(int value) {
    DataCodec.check(value, 0, 0xFFFF);
    return put16(value);
  }

  /**
   * Writes an unsigned number of four octets.
   *
   * @param value 0..2^32-1
   * @return this writer
   */
  public AxdrWriter writeUnsigned32(long value) {
    DataCodec.check(value, 0, 0xFFFF_FFFFL);
    return put32((int) value);
  }

  /**
   * Writes a signed number of one octet.
   *
   * @param value -128..127
   * @return this writer
   */
  public AxdrWriter writeInteger8(int value) {
    DataCodec.check(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
    return put8(value);
  }

  /**
   * Writes a signed number of two octets.
   *
   * @param value -32768..32767
   * @return this writer
   */
  public AxdrWriter writeInteger16(int value) {
    DataCodec.check(value, Short.MIN_VALUE, Short.MAX_VALUE);
    return put16(value);
  }

  /**
   * Writes a signed number of four octets.
   *
   * @param value the number
   * @return this writer
   */
  public AxdrWriter writeInteger32(int value) {
    return put32(value);
  }

  /**
   * Writes a number of eight octets: a signed one, or the 64 bits of an unsigned one.
   *
   * @param value the number
   * @return this writer
   */
  public AxdrWriter writeInteger64(long value) {
    return put64(value);
  }

  /**
   * Writes a BOOLEAN: 01 or 00.
   *
   * @param value the truth value
   * @return this writer
   */
  public AxdrWriter writeBoolean(boolean value) {
    return put8(value ? 1 : 0);
  }

  /**
   * Writes the usage flag that stands before an OPTIONAL or DEFAULT component: 01 or 00.
   *
   * @param present whether the component follows
   * @return this writer
   */
  public AxdrWriter writePresence(boolean present) {
    return writeBoolean(present);
  }

  /**
   * Writes a length, or a number of elements, in its shortest form.
   *
   * @param value the length, not negative
   * @return this writer
   */
  public AxdrWriter writeLength(int value) {
    DataCodec.check(value, 0, Integer.MAX_VALUE);
    if (value < 0x80) {
      return put8(value);
    }
    int octets = 1;
    while (octets < 4 && value >>> (8 * octets) != 0) {
      octets++;
    }
    put8(0x80 | octets);
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      put8(value >>> shift);
    }
    return this;
  }

  /**
   * Writes a length as 82 and two octets, however short it is: some meters write the raw data of a
   * block so, whose length is patched in when the block is full.
   *
   * @param value the length, 0..65535
   * @return this writer
   */
  public AxdrWriter writeLengthLong(int value) {
    DataCodec.check(value, 0, 0xFFFF);
    return put8(0x82).put16(value);
  }

  /**
   * Writes octets as they are, without a length.
   *
   * @param octets the octets
   * @return this writer
   */
  public AxdrWriter writeOctets(Octets octets) {
    return writeOctets(octets.array(), octets.offset(), octets.length());
  }

  /**
   * Writes octets as they are, without a length.
   *
   * @param octets holds them
   * @param offset where they begin
   * @param number how many there are
   * @return this writer
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public AxdrWriter writeOctets(byte[] octets, int offset, int number) {
    Objects.checkFromIndexSize(offset, number, octets.length);
    grow(number);
    System.arraycopy(octets, offset, array, length, number);
    length += number;
    return this;
  }

  /**
   * Writes a length in its shortest form, and the octets.
   *
   * @param octets the octets
   * @return this writer
   */
  public AxdrWriter writeOctetString(Octets octets) {
    return writeLength(octets.length()).writeOctets(octets);
  }

  /**
   * Writes a Data (Green Book 9.5), tag and all.
   *
   * @param data the value
   * @return this writer
   */
  public AxdrWriter writeData(CosemData data) {
    DataCodec.write(data, this);
    return this;
  }

  /**
   * Writes a Data (Green Book 9.5), tag and all.
   *
   * @param data the value, encoded or still to be
   * @return this writer
   */
  public AxdrWriter writeData(EncodedData data) {
    data.write(this);
    return this;
  }

  /**
   * What has been written.
   *
   * @return a copy
   */
  public Octets toOctets() {
    return Octets.copyOf(array, 0, length);
  }

  /**
   * Gives away what has been written, without a copy if little of the buffer is free. The writer is
   * empty then.
   *
   * @return the octets
   */
  public Octets takeOctets() {
    if (array.length - length > array.length / 4) {
      Octets copy = toOctets();
      length = 0;
      return copy;
    }
    Octets octets = Octets.view(array, 0, length);
    array = NO_OCTETS;
    length = 0;
    return octets;
  }

  /**
   * The buffer, of which {@link #length()} octets have been written. Valid until the next write.
   *
   * @return the array itself
   */
  public byte[] array() {
    return array;
  }

  /**
   * Replaces an octet written before, such as a tag or a length of one octet.
   *
   * @param position how many octets stand before it
   * @param value 0..255
   * @throws IndexOutOfBoundsException if no such octet has been written
   */
  public void setUnsigned8(int position, int value) {
    DataCodec.check(value, 0, 0xFF);
    array[Objects.checkIndex(position, length)] = (byte) value;
  }

  /** Writes the low 8 bits. */
  AxdrWriter put8(int value) {
    grow(1);
    array[length++] = (byte) value;
    return this;
  }

  /** Writes the low 16 bits. */
  AxdrWriter put16(int value) {
    grow(2);
    BigEndian.SHORT.set(array, length, (short) value);
    length += 2;
    return this;
  }

  /** Writes 32 bits. */
  AxdrWriter put32(int value) {
    grow(4);
    BigEndian.INT.set(array, length, value);
    length += 4;
    return this;
  }

  /** Writes a tag and 16 bits in one step. */
  void putTagged16(int tag, int value) {
    grow(3);
    int at = length;
    array[at] = (byte) tag;
    BigEndian.SHORT.set(array, at + 1, (short) value);
    length = at + 3;
  }

  /** Writes a tag and 32 bits in one step. */
  void putTagged32(int tag, int value) {
    grow(5);
    int at = length;
    array[at] = (byte) tag;
    BigEndian.INT.set(array, at + 1, value);
    length = at + 5;
  }

  /** Writes a tag, a length and octets; in one step if they are few. */
  void putTaggedString(int tag, Octets octets) {
    int number = octets.length();
    if (number >= 0x80) {
      put8(tag).writeOctetString(octets);
      return;
    }
    grow(2 + number);
    int at = length;
    array[at] = (byte) tag;
    array[at + 1] = (byte) number;
    BigEndian.copy(octets.array(), octets.offset(), array, at + 2, number);
    length = at + 2 + number;
  }

  private AxdrWriter put64(long value) {
    grow(8);
    BigEndian.LONG.set(array, length, value);
    length += 8;
    return this;
  }

  private void grow(int octets) {
    if (octets > array.length - length) {
      enlarge(octets);
    }
  }

  private void enlarge(int octets) {
    int needed = Math.addExact(length, octets);
    int doubled = (int) Math.min(2L * array.length, Integer.MAX_VALUE - 8);
    array = Arrays.copyOf(array, Math.max(Math.max(needed, doubled), 16));
  }
}
