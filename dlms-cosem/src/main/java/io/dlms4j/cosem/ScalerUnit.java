package io.dlms4j.cosem;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import java.math.BigDecimal;
import java.util.List;

/**
 * scaler_unit: how the number in a register becomes a quantity (Blue Book 4.3.2).
 *
 * @param scaler the exponent to the base of 10 that the number is multiplied by, -128..127
 * @param unit the unit of the product
 */
public record ScalerUnit(int scaler, Unit unit) {
  /** A plain number. */
  public static final ScalerUnit NONE = new ScalerUnit(0, Unit.NONE);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the scaler does not fit in an integer
   */
  public ScalerUnit {
    if (scaler < Byte.MIN_VALUE || scaler > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("scaler " + scaler + " is not within -128..127");
    }
  }

  /**
   * Reads the attribute's value.
   *
   * @param data a structure of integer and enum
   * @return the scaler and unit, also where the unit is one without a name
   * @throws AxdrException if the value is something else
   */
  public static ScalerUnit decode(CosemData data) {
    List<CosemData> fields = data.structureOf(2);
    long scaler = fields.get(0).integralValue();
    if (scaler < Byte.MIN_VALUE || scaler > Byte.MAX_VALUE) {
      throw malformed("scaler " + scaler + " is no integer");
    }
    long unit = fields.get(1).integralValue();
    if (unit < 0 || unit > 255) {
      throw malformed("unit " + unit + " is no enum");
    }
    return new ScalerUnit((int) scaler, Unit.of((int) unit));
  }

  private static AxdrException malformed(String what) {
    return new AxdrException(
        AxdrException.Kind.MALFORMED, AxdrException.NO_OFFSET, what, "Blue Book 4.3.2");
  }

  /**
   * The attribute's value.
   *
   * @return a structure of integer and enum
   */
  public CosemData encode() {
    return CosemData.structure(CosemData.integer(scaler), CosemData.enumerated(unit.code()));
  }

  /**
   * Scales a number, exactly.
   *
   * @param number the number in the register
   * @return the quantity
   */
  public Quantity quantity(long number) {
    return scaled(BigDecimal.valueOf(number));
  }

  /**
   * Scales the value of a register, exactly.
   *
   * @param value a whole number of any type and size, or a float32 or float64: of a float, the
   *     decimal with the fewest digits that is nearest to no other float of its size, which is what
   *     people write for it
   * @return the quantity
   * @throws AxdrException if the value is no number: a date-time, an enum, NaN, an infinity
   */
  public Quantity quantity(CosemData value) {
    return scaled(Numbers.toDecimal(value));
  }

  private Quantity scaled(BigDecimal number) {
    return new Quantity(number.scaleByPowerOfTen(scaler), unit);
  }
}
