package io.dlms4j.iec21;

import io.dlms4j.iec21.DataSet.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data sets of a data block one by one (IEC 62056-21, 6.3.2, data block, data line, data
 * set).
 *
 * <p>Lines may be ended by CR LF or not at all, and empty ones do not count. An exclamation mark
 * where an address could begin ends the block; only a check sum of the device's own may stand
 * behind it, which is not looked at. A value has any characters but brackets, and ends at the first
 * asterisk, behind which its unit is.
 */
public final class DataSetReader {
  private static final String CLAUSE = "IEC 62056-21 6.3.2, data set";

  private final String text;
  private final DataLimits limits;
  private int at;

  /**
   * A reader within {@link DataLimits#DEFAULT}.
   *
   * @param text a data block, or the text of any {@link DataMessage} that is no error message
   */
  public DataSetReader(String text) {
    this(text, DataLimits.DEFAULT);
  }

  /**
   * A reader.
   *
   * @param text a data block, or the text of any {@link DataMessage} that is no error message
   * @param limits how long the parts of a data set may be
   */
  public DataSetReader(String text, DataLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  /**
   * The next data set.
   *
   * @return it, or null at the end of the block
   * @throws Iec21Exception if there is something that is no data set, or is longer than the limits
   *     allow; the offset counts characters of the text. The same again if called again.
   */
  public @Nullable DataSet next() {
    while (at < text.length() && isLineEnd(text.charAt(at))) {
      at++;
    }
    if (at == text.length() || text.charAt(at) == '!') {
      return null;
    }
    int addressEnd = addressEnd();
    String address = text.substring(at, addressEnd);
    List<Value> values = new ArrayList<>();
    int next = addressEnd;
    while (next < text.length() && text.charAt(next) == '(') {
      if (values.size() == limits.maxValues()) {
        throw new Iec21Exception("the data set has too many values", next, CLAUSE);
      }
      int end = valueEnd(next + 1);
      values.add(value(next + 1, end));
      next = end + 1;
    }
    at = next;
    return new DataSet(address, values);
  }

  private static boolean isLineEnd(char character) {
    return character == '\r' || character == '\n';
  }

  private int addressEnd() {
    int end = at;
    while (end < text.length() && text.charAt(end) != '(') {
      char each = text.charAt(end);
      if (each == ')' || each == '/' || each == '!' || !Ascii.isPrintable(each)) {
        throw new Iec21Exception("no address has " + Ascii.show(each), end, CLAUSE);
      }
      end++;
      if (end - at > limits.maxAddressLength()) {
        throw new Iec21Exception("the address is too long", end - 1, CLAUSE);
      }
    }
    if (end == text.length()) {
      throw new Iec21Exception("the bracket before the value is missing", end, CLAUSE);
    }
    return end;
  }

  private int valueEnd(int from) {
    int longest = limits.maxValueLength() + 1 + limits.maxUnitLength();
    int end = from;
    while (end < text.length() && text.charAt(end) != ')') {
      char each = text.charAt(end);
      if (each == '(' || !Ascii.isPrintable(each)) {
        throw new Iec21Exception("no value has " + Ascii.show(each), end, CLAUSE);
      }
      end++;
      if (end - from > longest) {
        throw new Iec21Exception("the value is too long", end - 1, CLAUSE);
      }
    }
    if (end == text.length()) {
      throw new Iec21Exception("the bracket behind the value is missing", end, CLAUSE);
    }
    return end;
  }

  private Value value(int from, int end) {
    int asterisk = from;
    while (asterisk < end && text.charAt(asterisk) != '*') {
      asterisk++;
    }
    if (asterisk - from > limits.maxValueLength()) {
      throw new Iec21Exception("the value is too long", from + limits.maxValueLength(), CLAUSE);
    }
    if (asterisk == end) {
      return new Value(text.substring(from, end), "");
    }
    if (end - asterisk - 1 > limits.maxUnitLength()) {
      throw new Iec21Exception(
          "the unit is too long", asterisk + 1 + limits.maxUnitLength(), CLAUSE);
    }
    return new Value(text.substring(from, asterisk), text.substring(asterisk + 1, end));
  }
}
