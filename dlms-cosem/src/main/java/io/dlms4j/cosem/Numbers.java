package io.dlms4j.cosem;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** Data as decimal numbers. */
final class Numbers {
  private static final String CLAUSE = "Blue Book 4.3.2, value";

  /** Decimal digits that tell any two floats of the size apart (IEEE 754). */
  private static final int FLOAT32_DIGITS = 9;

  private static final int FLOAT64_DIGITS = 17;

  private Numbers() {}

  static BigDecimal toDecimal(CosemData value) {
    return switch (value.tag()) {
      case INTEGER, LONG, DOUBLE_LONG, LONG64, UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG_UNSIGNED ->
          BigDecimal.valueOf(value.integralValue());
      case LONG64_UNSIGNED -> new BigDecimal(((CosemData.Long64UnsignedData) value).value());
      case FLOAT32 -> ofFloat32(((CosemData.Float32Data) value).value());
      case FLOAT64 -> ofFloat64(((CosemData.Float64Data) value).value());
      default -> throw refused(value.tag() + " is no number");
    };
  }

  private static BigDecimal ofFloat32(float value) {
    if (!Float.isFinite(value)) {
      throw refused("float32 " + value + " is no number");
    }
    return shortest(
        new BigDecimal(value), FLOAT32_DIGITS, decimal -> decimal.floatValue() == value);
  }

  private static BigDecimal ofFloat64(double value) {
    if (!Double.isFinite(value)) {
      throw refused("float64 " + value + " is no number");
    }
    return shortest(
        new BigDecimal(value), FLOAT64_DIGITS, decimal -> decimal.doubleValue() == value);
  }

  /** Not the JDK's own text of a float, which differs between its releases. */
  private static BigDecimal shortest(BigDecimal exact, int most, Predicate<BigDecimal> isSame) {
    for (int digits = 1; digits < most; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (isSame.test(rounded)) {
        return whole(rounded);
      }
    }
    return whole(exact.round(new MathContext(most, RoundingMode.HALF_EVEN)));
  }

  /** 100 and not 1E+2, as the same number in a whole type would be. */
  private static BigDecimal whole(BigDecimal decimal) {
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  private static AxdrException refused(String what) {
    return new AxdrException(AxdrException.Kind.MALFORMED, AxdrException.NO_OFFSET, what, CLAUSE);
  }
}
