package io.dlms4j.iec21;

import org.jspecify.annotations.Nullable;

/**
 * An address of a readout that is a reduced identification code of OBIS: {@code A-B:C.D.E*F}, of
 * which only C and D must be there (IEC 62056-61, reduced ID codes).
 *
 * @param a medium, 0..255, or {@link #ABSENT}
 * @param b channel, 0..255, or {@link #ABSENT}
 * @param c physical quantity, 0..255
 * @param d processing, 0..255
 * @param e classification, 0..255, or {@link #ABSENT}
 * @param f historical value, 0..255, or {@link #ABSENT}
 * @param manualReset whether F stands behind {@code &} instead of {@code *}: the value was stored
 *     because of a reset by hand
 */
public record ReducedObis(int a, int b, int c, int d, int e, int f, boolean manualReset) {
  /** The group is not there. */
  public static final int ABSENT = -1;

  private static final int MOST = 255;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a group is not within its range
   */
  public ReducedObis {
    Checks.requireWithin(a, ABSENT, MOST, "a");
    Checks.requireWithin(b, ABSENT, MOST, "b");
    Checks.requireWithin(c, 0, MOST, "c");
    Checks.requireWithin(d, 0, MOST, "d");
    Checks.requireWithin(e, ABSENT, MOST, "e");
    Checks.requireWithin(f, ABSENT, MOST, "f");
    if (manualReset && f == ABSENT) {
      throw new IllegalArgumentException("there is no f for manualReset");
    }
  }

  /**
   * Reads an address.
   *
   * @param address any text
   * @return the code, or null if the address is none
   */
  public static @Nullable ReducedObis parse(String address) {
    Cursor at = new Cursor(address);
    int a = at.groupBefore('-');
    int b = at.groupBefore(':');
    int c = at.group();
    int d = at.groupBehind('.');
    int e = at.groupBehind('.');
    int f = at.groupBehind('*');
    boolean manualReset = f == ABSENT && at.stands('&');
    if (manualReset) {
      f = at.groupBehind('&');
    }
    return at.isAtEnd() && c != ABSENT && d != ABSENT
        ? new ReducedObis(a, b, c, d, e, f, manualReset)
        : null;
  }

  /** The code as it stands in a readout. */
  @Override
  public String toString() {
    return (a == ABSENT ? "" : a + "-")
        + (b == ABSENT ? "" : b + ":")
        + c
        + "."
        + d
        + (e == ABSENT ? "" : "." + e)
        + (f == ABSENT ? "" : (manualReset ? "&" : "*") + f);
  }

  /** Reads groups one after the other; what does not fit stays where it is. */
  private static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
      this.text = text;
    }

    boolean isAtEnd() {
      return at == text.length();
    }

    boolean stands(char separator) {
      return at < text.length() && text.charAt(at) == separator;
    }

    int group() {
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < 3 && Ascii.isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at) - '0';
        at++;
      }
      if (at > start && value <= MOST) {
        return value;
      }
      at = start;
      return ABSENT;
    }

    int groupBefore(char separator) {
      int start = at;
      int value = group();
      if (value != ABSENT && stands(separator)) {
        at++;
        return value;
      }
      at = start;
      return ABSENT;
    }

    int groupBehind(char separator) {
      int start = at;
      if (stands(separator)) {
        at++;
        int value = group();
        if (value != ABSENT) {
          return value;
        }
      }
      at = start;
      return ABSENT;
    }
  }
}
