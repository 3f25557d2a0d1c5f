package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.BooleanData;
import io.dlms4j.axdr.CosemData.DateTimeData;
import io.dlms4j.axdr.CosemData.DoubleLongData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.CosemData.EnumData;
import io.dlms4j.axdr.CosemData.IntegerData;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.LongData;
import io.dlms4j.axdr.CosemData.LongUnsignedData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.CosemData.UnsignedData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@link CosemData} can be taken for; a value of another type is refused. */
final class Narrowing {
  private Narrowing() {}

  static long integral(CosemData data) {
    return switch (data.tag()) {
      case INTEGER -> ((IntegerData) data).value();
      case LONG -> ((LongData) data).value();
      case DOUBLE_LONG -> ((DoubleLongData) data).value();
      case LONG64 -> ((Long64Data) data).value();
      case UNSIGNED -> ((UnsignedData) data).value();
      case LONG_UNSIGNED -> ((LongUnsignedData) data).value();
      case DOUBLE_LONG_UNSIGNED -> ((DoubleLongUnsignedData) data).value();
      case LONG64_UNSIGNED -> unsigned63((Long64UnsignedData) data);
      case ENUM -> ((EnumData) data).value();
      default -> throw DataText.unexpected("a whole number", data);
    };
  }

  private static long unsigned63(Long64UnsignedData data) {
    if (data.bits() < 0) {
      throw DataText.unexpected("a whole number below 2^63", data);
    }
    return data.bits();
  }

  static Octets octetString(CosemData data) {
    if (data instanceof OctetStringData string) {
      return string.value();
    }
    throw DataText.unexpected("octet-string", data);
  }

  static List<CosemData> structureOf(int n, CosemData data) {
    if (data instanceof StructureData structure && structure.elements().size() == n) {
      return structure.elements();
    }
    throw DataText.unexpected("structure of " + n + " elements", data);
  }

  static boolean bool(CosemData data) {
    if (data instanceof BooleanData bool) {
      return bool.value();
    }
    throw DataText.unexpected("boolean", data);
  }

  static CosemDateTime dateTime(CosemData data) {
    if (data instanceof DateTimeData dateTime) {
      return dateTime.value();
    }
    if (data instanceof OctetStringData string && string.value().length() == CosemDateTime.OCTETS) {
      return CosemDateTime.decode(string.value());
    }
    throw DataText.unexpected("date-time", data);
  }

  static String text(CosemData data) {
    return switch (data.tag()) {
      case OCTET_STRING -> text(((OctetStringData) data).value(), StandardCharsets.ISO_8859_1);
      case VISIBLE_STRING -> text(((VisibleStringData) data).value(), StandardCharsets.ISO_8859_1);
      case UTF8_STRING -> text(((Utf8StringData) data).value(), StandardCharsets.UTF_8);
      default -> throw DataText.unexpected("visible-string, utf8-string or octet-string", data);
    };
  }

  static String text(Octets octets, Charset charset) {
    return new String(octets.array(), octets.offset(), octets.length(), charset);
  }
}
