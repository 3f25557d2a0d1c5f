package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.ArrayData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Values in words, for exceptions and logs. */
final class DataText {
  /** Strings of more octets are not shown in an exception. */
  private static final int LONGEST_SHOWN = 16;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private DataText() {}

  /** A number with zeros before it, the same in every locale. */
  static String digits(int value, int width) {
    String digits = Integer.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** The low digits of a number in hexadecimal. */
  static String hex(long value, int width) {
    return HexFormat.of().withUpperCase().toHexDigits(value, width);
  }

  /** Text for a person's eyes: what a peer sent must not break the lines of a log. */
  static String quote(String text) {
    return '"' + CONTROL.matcher(text).replaceAll("\uFFFD") + '"';
  }

  /** An exception for a tree that is not of the expected type. */
  static AxdrException unexpected(String expected, CosemData found) {
    return new AxdrException(
        AxdrException.Kind.MALFORMED,
        AxdrException.NO_OFFSET,
        "expected " + expected + ", found " + describe(found),
        DataCodec.TYPES_CLAUSE);
  }

  /** The value in words, and short however long it is: a peer chose it. */
  static String describe(CosemData data) {
    if (data instanceof ArrayData d) {
      return "array of " + d.elements().size() + " elements";
    }
    if (data instanceof StructureData d) {
      return "structure of " + d.elements().size() + " elements";
    }
    if (data instanceof CompactArrayData d) {
      return "compact-array in " + d.arrayContents().length() + " octets";
    }
    int length = stringLength(data);
    return length > LONGEST_SHOWN ? data.tag() + " of " + length + " octets" : data.toString();
  }

  private static int stringLength(CosemData data) {
    if (data instanceof OctetStringData d) {
      return d.value().length();
    }
    if (data instanceof VisibleStringData d) {
      return d.value().length();
    }
    if (data instanceof Utf8StringData d) {
      return d.value().length();
    }
    return data instanceof BitStringData d ? d.bits().length() : 0;
  }
}
