package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import java.util.Collections;

/** How numbers and bits are read and written. */
final class SimpleTypes {
  private static final int MOST_ASCII = 0x7F;

  private SimpleTypes() {}

  static CosemData.BitStringData bits(CosemData data) {
    if (data instanceof CosemData.BitStringData string) {
      return string;
    }
    throw Fields.malformed(data.tag() + " where bit-string is asked for", ValueType.CLAUSE);
  }

  static ValueType<Long> number(DataTag tag, long least, long most) {
    return new ValueType<>(
        tag.toString(),
        tag == DataTag.ENUM
            ? new ValueShape.Enumeration(Collections.emptySortedMap())
            : new ValueShape.Simple(tag),
        (data, exactly) -> {
          long value = tagged(tag, data, exactly).integralValue();
          if (value < least || value > most) {
            throw Fields.malformed(value + " is no " + tag, ValueType.CLAUSE);
          }
          return value;
        },
        value -> encoded(tag, value));
  }

  private static CosemData encoded(DataTag tag, long value) {
    return switch (tag) {
      case INTEGER -> CosemData.integer(Math.toIntExact(value));
      case LONG -> CosemData.longInteger(Math.toIntExact(value));
      case DOUBLE_LONG -> CosemData.doubleLong(Math.toIntExact(value));
      case UNSIGNED -> CosemData.unsigned(Math.toIntExact(value));
      case LONG_UNSIGNED -> CosemData.longUnsigned(Math.toIntExact(value));
      case DOUBLE_LONG_UNSIGNED -> CosemData.doubleLongUnsigned(value);
      case ENUM -> CosemData.enumerated(Math.toIntExact(value));
      default -> throw new IllegalArgumentException(tag + " is no whole number");
    };
  }

  static CosemData tagged(DataTag tag, CosemData data, boolean exactly) {
    if (exactly && data.tag() != tag) {
      throw Fields.malformed(data.tag() + " where " + tag + " is asked for", ValueType.CLAUSE);
    }
    return data;
  }

  static String visibleString(CosemData data, boolean exactly) {
    String text = tagged(DataTag.VISIBLE_STRING, data, exactly).text();
    if (exactly && text.chars().anyMatch(character -> character > MOST_ASCII)) {
      throw Fields.malformed("a visible-string that is not ASCII", ValueType.CLAUSE);
    }
    return text;
  }

  /** The first bit of the string is bit 0 of the number. */
  static ValueType<Integer> bitString(int bits) {
    return new ValueType<>(
        "bit-string[" + bits + "]",
        new ValueShape.BitString(bits),
        (data, exactly) -> {
          CosemData.BitStringData string = bits(data);
          if (string.length() != bits) {
            throw Fields.malformed(
                "a bit-string of " + string.length() + " bits where " + bits + " are asked for",
                ValueType.CLAUSE);
          }
          int number = 0;
          for (int i = 0; i < bits; i++) {
            number |= (string.bits().at(i / 8) >>> (7 - i % 8) & 1) << i;
          }
          return number;
        },
        number -> {
          byte[] octets = new byte[(bits + 7) / 8];
          for (int i = 0; i < bits; i++) {
            octets[i / 8] |= (byte) ((number >>> i & 1) << (7 - i % 8));
          }
          return new CosemData.BitStringData(Octets.copyOf(octets), bits);
        });
  }
}
