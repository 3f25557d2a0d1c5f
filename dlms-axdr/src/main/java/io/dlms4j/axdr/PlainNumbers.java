package io.dlms4j.axdr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of any kind that a reader of JSON may deliver. What is no such number, or not exactly
 * one, is an IllegalArgumentException.
 */
final class PlainNumbers {
  /** No number of more digits fits any type. */
  private static final int MOST_DIGITS = 40;

  /** Up to here, neighbouring whole numbers are different doubles. */
  private static final double EXACT = 1L << 53;

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");
  private static final Pattern NAN = Pattern.compile("NaN\\(([0-9A-Fa-f]{1,16})\\)");

  private PlainNumbers() {}

  static long whole(Object plain, long min, long max) {
    BigInteger number = whole(plain, BigInteger.valueOf(min), BigInteger.valueOf(max));
    return number.longValueExact();
  }

  static BigInteger whole(Object plain, BigInteger min, BigInteger max) {
    BigInteger number = whole(plain);
    if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      throw new IllegalArgumentException(number + " is not within " + min + ".." + max);
    }
    return number;
  }

  private static BigInteger whole(Object plain) {
    if (plain instanceof Integer || plain instanceof Long) {
      return BigInteger.valueOf(((Number) plain).longValue());
    }
    if (plain instanceof BigInteger number) {
      return checkedSize(number);
    }
    if (plain instanceof Double || plain instanceof Float) {
      double number = ((Number) plain).doubleValue();
      if (Math.rint(number) != number) {
        throw new IllegalArgumentException(number + " is no whole number");
      }
      if (Math.abs(number) > EXACT) {
        throw new IllegalArgumentException(
            number + " may have been rounded: write it as text, in quotes");
      }
      return BigInteger.valueOf((long) number);
    }
    if (plain instanceof String text) {
      if (!WHOLE.matcher(text).matches()) {
        throw new IllegalArgumentException(DataText.quote(cut(text)) + " is no whole number");
      }
      return new BigInteger(text);
    }
    if (plain instanceof Number number) {
      return whole(decimal(number));
    }
    throw notA("whole number", plain);
  }

  private static BigInteger checkedSize(BigInteger number) {
    if (number.bitLength() > 128) {
      throw new IllegalArgumentException("a number of " + number.bitLength() + " bits");
    }
    return number;
  }

  private static BigInteger whole(BigDecimal number) {
    // Never written out before its exponent is known to be small.
    if (number.signum() != 0
        && (Math.abs((long) number.scale()) > 1000
            || (long) number.precision() - number.scale() > MOST_DIGITS)) {
      throw new IllegalArgumentException(cut(number.toString()) + " is out of range");
    }
    try {
      return number.signum() == 0 ? BigInteger.ZERO : number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(cut(number.toString()) + " is no whole number", e);
    }
  }

  private static BigDecimal decimal(Number number) {
    try {
      return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(cut(number.toString()) + " is no number", e);
    }
  }

  static float float32(Object plain) {
    if (plain instanceof String text) {
      Matcher nan = NAN.matcher(text);
      if (nan.matches()) {
        long bits = HexFormat.fromHexDigitsToLong(nan.group(1));
        float value = Float.intBitsToFloat((int) bits);
        return checked(Float.isNaN(value) && bits >>> 32 == 0, value, text);
      }
    }
    float value = (float) real(plain);
    return checked(!Float.isInfinite(value) || isInfinity(plain), value, plain);
  }

  static double float64(Object plain) {
    if (plain instanceof String text) {
      Matcher nan = NAN.matcher(text);
      if (nan.matches()) {
        double value = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(nan.group(1)));
        return checked(Double.isNaN(value), value, text);
      }
    }
    double value = real(plain);
    return checked(!Double.isInfinite(value) || isInfinity(plain), value, plain);
  }

  private static <T> T checked(boolean good, T value, Object plain) {
    if (!good) {
      throw new IllegalArgumentException(cut(plain.toString()) + " is out of range");
    }
    return value;
  }

  /** Whether it says infinity, and is not only too large. */
  private static boolean isInfinity(Object plain) {
    return plain.toString().endsWith("Infinity");
  }

  private static double real(Object plain) {
    if (plain instanceof Number number) {
      return number.doubleValue();
    }
    if (plain instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(DataText.quote(cut(text)) + " is no number", e);
      }
    }
    throw notA("number", plain);
  }

  static IllegalArgumentException notA(String what, Object plain) {
    return new IllegalArgumentException(
        "expected a " + what + ", found " + plain.getClass().getSimpleName());
  }

  static String cut(String text) {
    return text.length() <= MOST_DIGITS ? text : text.substring(0, MOST_DIGITS) + "...";
  }
}
