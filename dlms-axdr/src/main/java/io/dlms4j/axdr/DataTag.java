package io.dlms4j.axdr;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tags of the CHOICE Data (Green Book 9.5, Blue Book 4.1.5), which a TypeDescription has too,
 * but for the compact-array.
 */
public enum DataTag {
  /** Nothing: no value, or the same as before. */
  NULL_DATA(0),
  /** Elements of one type. */
  ARRAY(1),
  /** Elements of any types. */
  STRUCTURE(2),
  /** True or false. */
  BOOLEAN(3),
  /** Any number of bits. */
  BIT_STRING(4),
  /** 32 bits, signed. */
  DOUBLE_LONG(5),
  /** 32 bits, unsigned. */
  DOUBLE_LONG_UNSIGNED(6),
  /** Any number of octets. */
  OCTET_STRING(9),
  /** ASCII text. */
  VISIBLE_STRING(10),
  /** UTF-8 text. */
  UTF8_STRING(12),
  /** An octet of binary coded decimal. */
  BCD(13),
  /** 8 bits, signed. */
  INTEGER(15),
  /** 16 bits, signed. */
  LONG(16),
  /** 8 bits, unsigned. */
  UNSIGNED(17),
  /** 16 bits, unsigned. */
  LONG_UNSIGNED(18),
  /** Elements of one type, which is written once. */
  COMPACT_ARRAY(19),
  /** 64 bits, signed. */
  LONG64(20),
  /** 64 bits, unsigned. */
  LONG64_UNSIGNED(21),
  /** 8 bits that name one of several things. */
  ENUM(22),
  /** IEEE 754 number of 32 bits. */
  FLOAT32(23),
  /** IEEE 754 number of 64 bits. */
  FLOAT64(24),
  /** 12 octets of date and time. */
  DATE_TIME(25),
  /** 5 octets of date. */
  DATE(26),
  /** 4 octets of time. */
  TIME(27),
  /** What is to be added to the value before: 8 bits, signed. */
  DELTA_INTEGER(28),
  /** What is to be added to the value before: 16 bits, signed. */
  DELTA_LONG(29),
  /** What is to be added to the value before: 32 bits, signed. */
  DELTA_DOUBLE_LONG(30),
  /** What is to be added to the value before: 8 bits, unsigned. */
  DELTA_UNSIGNED(31),
  /** What is to be added to the value before: 16 bits, unsigned. */
  DELTA_LONG_UNSIGNED(32),
  /** What is to be added to the value before: 32 bits, unsigned. */
  DELTA_DOUBLE_LONG_UNSIGNED(33),
  /** Any value will do. */
  DONT_CARE(255);

  private static final @Nullable DataTag[] BY_VALUE = new @Nullable DataTag[256];

  static {
    for (DataTag tag : values()) {
      BY_VALUE[tag.value] = tag;
    }
  }

  private static final Map<String, DataTag> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(DataTag::toString, Function.identity()));

  private final int value;
  private final String standardName;
  private final boolean composite;

  DataTag(int value) {
    this.value = value;
    this.standardName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.composite = value == 1 || value == 2 || value == 19;
  }

  /**
   * The number on the wire.
   *
   * @return the octet, 0..255
   */
  public int value() {
    return value;
  }

  /**
   * The tag of a number.
   *
   * @param value an octet, 0..255
   * @return its tag, or null if the number is no tag of this enumeration
   */
  public static @Nullable DataTag of(int value) {
    return value < 0 || value > 0xFF ? null : BY_VALUE[value];
  }

  /**
   * The tag of a name.
   *
   * @param standardName as {@link #toString()} gives it
   * @return its tag, or null if the name is no tag of this enumeration
   */
  public static @Nullable DataTag ofName(String standardName) {
    return BY_NAME.get(standardName);
  }

  /** Whether it is an array, a structure or a compact-array: a level of depth. */
  boolean isComposite() {
    return composite;
  }

  /** The name as the standard writes it: {@code double-long-unsigned}. */
  @Override
  public String toString() {
    return standardName;
  }
}
