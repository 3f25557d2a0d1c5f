package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.ValueShape;
import io.dlms4j.cosem.classes.ValueType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Values as they are given on the command line, for an attribute or a method of a known type. */
final class TypedValue {
  static final String FORM =
      "as its class declares it: a number, true or false, 2026-11-28T10:00, an OBIS code, the name"
          + " or number of an enum, text, octets in hexadecimal; or, of any type, "
          + DataText.FORM;

  private static final Pattern OFFSET = Pattern.compile(".*T.*([+-]\\d\\d:\\d\\d|Z)");

  private TypedValue() {}

  /**
   * Reads a value.
   *
   * @param what the attribute or method, for a person
   * @throws ParameterException if the type has no such value
   */
  static CosemData read(CommandLine command, String what, ValueType<?> type, String text) {
    if (text.startsWith("{") || text.equals("null")) {
      return DataText.read(command, text);
    }
    try {
      return as(type, parse(type.shape(), text));
    } catch (AxdrException | IllegalArgumentException | DateTimeException e) {
      throw new ParameterException(
          command,
          "'"
              + text
              + "' is no value of "
              + what
              + ", whose type is "
              + type.name()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Data that may be of a wider type, such as all numbers, in the type itself. */
  private static <T> CosemData as(ValueType<T> type, CosemData data) {
    return type.encode(type.decode(data));
  }

  private static CosemData parse(ValueShape shape, String text) {
    if (shape instanceof ValueShape.Simple simple) {
      return simple(simple.tag(), text);
    } else if (shape instanceof ValueShape.OctetStringOf octets) {
      return CosemData.octetString(content(octets.content(), text));
    } else if (shape instanceof ValueShape.Enumeration enumeration) {
      return enumeration.names().entrySet().stream()
          .filter(each -> each.getValue().equals(text))
          .findFirst()
          .map(each -> CosemData.enumerated(each.getKey()))
          .orElseGet(() -> number(enumeration.names(), text));
    } else if (shape instanceof ValueShape.BitString bits) {
      return bits(bits.bits(), text);
    } else if (shape instanceof ValueShape.OrNull orNull) {
      return parse(orNull.type().shape(), text);
    }
    throw new IllegalArgumentException("give it " + DataText.FORM);
  }

  private static CosemData simple(DataTag tag, String text) {
    return switch (tag) {
      case BOOLEAN -> CosemData.bool(bool(text));
      case OCTET_STRING ->
          CosemData.octetString(Octets.ofHex(text.startsWith("0x") ? text.substring(2) : text));
      case VISIBLE_STRING -> CosemData.visibleString(text);
      case INTEGER, LONG, DOUBLE_LONG, UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG_UNSIGNED ->
          new CosemData.Long64Data(number(text));
      default -> throw new IllegalArgumentException("give it " + DataText.FORM);
    };
  }

  private static boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("it is true or false");
    }
    return text.equals("true");
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is a whole number", e);
    }
  }

  private static CosemData number(Map<Integer, String> names, String text) {
    if (names.isEmpty() || text.matches("\\d+")) {
      return new CosemData.Long64Data(number(text));
    }
    throw new IllegalArgumentException("it is one of " + String.join(", ", names.values()));
  }

  private static CosemData bits(int bits, String text) {
    if (!text.matches("[01]+") || (bits != 0 && bits != text.length())) {
      throw new IllegalArgumentException(
          "it is written in " + (bits == 0 ? "" : bits + " ") + "digits 0 and 1");
    }
    byte[] octets = new byte[(text.length() + 7) / 8];
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '1') {
        octets[i / 8] |= (byte) (0x80 >>> i % 8);
      }
    }
    return new CosemData.BitStringData(Octets.copyOf(octets), text.length());
  }

  private static Octets content(ValueShape.Content content, String text) {
    return switch (content) {
      case LOGICAL_NAME -> ObisCode.of(text).toOctets();
      case DATE_TIME -> dateTime(text).encode();
      case DATE -> CosemDate.of(LocalDate.parse(text)).encode();
      case TIME -> CosemTime.of(LocalTime.parse(text)).encode();
    };
  }

  /** With an offset, such as 2026-11-28T10:00+01:00, its deviation is told to the meter as well. */
  private static CosemDateTime dateTime(String text) {
    if (!OFFSET.matcher(text).matches()) {
      return CosemDateTime.of(
          LocalDateTime.parse(text),
          CosemDateTime.NOT_SPECIFIED,
          CosemDateTime.STATUS_NOT_SPECIFIED);
    }
    OffsetDateTime time = OffsetDateTime.parse(text);
    return CosemDateTime.of(
        time.toLocalDateTime(),
        -time.getOffset().getTotalSeconds() / 60,
        CosemDateTime.STATUS_NOT_SPECIFIED);
  }
}
