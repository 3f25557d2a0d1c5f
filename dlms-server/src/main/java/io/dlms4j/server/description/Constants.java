package io.dlms4j.server.description;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.function.Function;

/** Reads values that are written out: a map of one entry, whose name is the type. */
final class Constants {
  private static final int SECONDS_A_MINUTE = 60;

  private Constants() {}

  static CosemData read(Json json) {
    Map<String, Json> map = json.map();
    if (map.size() != 1) {
      throw json.fault("a value has one key, which is its type, not " + map.size());
    }
    Map.Entry<String, Json> only = map.entrySet().iterator().next();
    DataTag type = DataTag.ofName(only.getKey());
    if (type == null) {
      throw only.getValue().fault("there is no such type");
    }
    return read(type, only.getValue());
  }

  private static CosemData read(DataTag type, Json json) {
    if (WholeNumbers.isWhole(type)) {
      return WholeNumbers.data(
          type, json.number(WholeNumbers.least(type), WholeNumbers.most(type)));
    }
    return switch (type) {
      case NULL_DATA -> {
        json.nothing();
        yield CosemData.nullData();
      }
      case ARRAY -> CosemData.array(json.list().stream().map(Constants::read).toList());
      case STRUCTURE -> CosemData.structure(json.list().stream().map(Constants::read).toList());
      case BOOLEAN -> CosemData.bool(json.truth());
      case BIT_STRING -> bits(json);
      case OCTET_STRING -> CosemData.octetString(octets(json));
      case VISIBLE_STRING -> new CosemData.VisibleStringData(ascii(json));
      case UTF8_STRING ->
          new CosemData.Utf8StringData(Octets.copyOf(json.text().getBytes(StandardCharsets.UTF_8)));
      case FLOAT32 -> float32(json);
      case FLOAT64 -> float64(json);
      case DATE_TIME -> CosemData.dateTime(dateTime(json));
      case DATE ->
          new CosemData.DateData(
              parsed(json, "date such as 2026-01-31", text -> CosemDate.of(LocalDate.parse(text))));
      case TIME ->
          new CosemData.TimeData(
              parsed(json, "time such as 12:30:00", text -> CosemTime.of(LocalTime.parse(text))));
      default -> throw json.fault(type + " cannot be described");
    };
  }

  private static CosemData float32(Json json) {
    float number = json.decimal().floatValue();
    if (Float.isInfinite(number)) {
      throw json.fault("the number is out of the range of float32");
    }
    return new CosemData.Float32Data(number);
  }

  private static CosemData float64(Json json) {
    double number = json.decimal().doubleValue();
    if (Double.isInfinite(number)) {
      throw json.fault("the number is out of the range of float64");
    }
    return new CosemData.Float64Data(number);
  }

  private static CosemData bits(Json json) {
    String text = json.text();
    byte[] octets = new byte[(text.length() + 7) / 8];
    for (int i = 0; i < text.length(); i++) {
      char bit = text.charAt(i);
      if (bit != '0' && bit != '1') {
        throw json.fault("a bit-string has the characters 0 and 1 only");
      }
      octets[i / 8] |= (byte) ((bit - '0') << (7 - i % 8));
    }
    return new CosemData.BitStringData(Octets.copyOf(octets), text.length());
  }

  /** Hexadecimal, or something that is to be written into the octets. */
  private static Octets octets(Json json) {
    if (json.isText()) {
      try {
        return Octets.ofHex(json.text());
      } catch (IllegalArgumentException e) {
        throw json.fault("these are no octets in hexadecimal");
      }
    }
    Map<String, Json> map = json.map();
    if (map.size() != 1) {
      throw json.fault("what octets hold has one key, not " + map.size());
    }
    Map.Entry<String, Json> only = map.entrySet().iterator().next();
    Json value = only.getValue();
    return switch (only.getKey()) {
      case "text" -> ascii(value);
      case "obis" -> value.obis().toOctets();
      case "date-time" -> dateTime(value).encode();
      default -> throw value.fault("octets hold text, obis or date-time");
    };
  }

  static Octets ascii(Json json) {
    String text = json.text();
    if (text.chars().anyMatch(each -> each > 0x7F)) {
      throw json.fault("a character is not ASCII");
    }
    return Octets.ofAscii(text);
  }

  private static CosemDateTime dateTime(Json json) {
    return parsed(
        json,
        "date and time such as 2026-01-31T12:30:00+01:00",
        text -> {
          TemporalAccessor time =
              DateTimeFormatter.ISO_DATE_TIME.parseBest(
                  text, OffsetDateTime::from, LocalDateTime::from);
          return time instanceof OffsetDateTime known
              ? CosemDateTime.of(
                  known.toLocalDateTime(),
                  -known.getOffset().getTotalSeconds() / SECONDS_A_MINUTE,
                  0)
              : CosemDateTime.of(
                  LocalDateTime.from(time),
                  CosemDateTime.NOT_SPECIFIED,
                  CosemDateTime.STATUS_NOT_SPECIFIED);
        });
  }

  private static <T> T parsed(Json json, String what, Function<String, T> parser) {
    String text = json.text();
    try {
      return parser.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw json.fault(Json.quoted(text) + " is no " + what);
    }
  }
}
