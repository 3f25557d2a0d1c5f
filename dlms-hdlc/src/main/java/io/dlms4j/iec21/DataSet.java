package io.dlms4j.iec21;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One data set of a data block, {@code address(value*unit)}, or with several values {@code
 * address(value*unit)(value*unit)} (IEC 62056-21, 6.3.2, data set).
 *
 * @param address the identification code as it stands there; empty where a line of values goes on
 *     without one
 * @param values one at least
 */
public record DataSet(String address, List<Value> values) {
  /** Keeps a copy of the values. */
  public DataSet {
    values = List.copyOf(values);
  }

  /**
   * The address as a code of OBIS, if it is one.
   *
   * @return A-B:C.D.E*F or a part of it, or null for any other address, such as {@code F.F}
   */
  public @Nullable ReducedObis obis() {
    return ReducedObis.parse(address);
  }

  /**
   * A value of a data set.
   *
   * @param text what stands before the asterisk
   * @param unit what stands behind it, or empty if there is no unit
   */
  public record Value(String text, String unit) {
    /**
     * The value as a number.
     *
     * @return the number with all of its decimals, or null if it is not just digits, perhaps with a
     *     sign and a decimal point
     */
    public @Nullable BigDecimal decimal() {
      int digits = 0;
      int points = 0;
      for (int i = 0; i < text.length(); i++) {
        char each = text.charAt(i);
        if (Ascii.isDigit(each)) {
          digits++;
        } else if (each == '.') {
          points++;
        } else if (i > 0 || (each != '-' && each != '+')) {
          return null;
        }
      }
      return digits > 0 && points <= 1 ? new BigDecimal(text) : null;
    }
  }
}
