package io.dlms4j.cosem;

import java.math.BigDecimal;

/**
 * A number with its unit, exact as the meter gave it.
 *
 * @param value the number in that unit, scaler applied
 * @param unit the unit
 */
public record Quantity(BigDecimal value, Unit unit) {
  /** Number and unit, as people write them: {@code 189197 Wh}. */
  @Override
  public String toString() {
    return unit == Unit.NONE ? value.toPlainString() : value.toPlainString() + " " + unit.symbol();
  }
}
