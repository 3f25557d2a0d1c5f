package io.dlms4j.cosem;

import java.util.Optional;

/** A physical unit, as scaler_unit names it (Blue Book 4.3.2, table of units). */
public enum Unit {
  /** Year. */
  YEAR(1, "a"),
  /** Month. */
  MONTH(2, "mo"),
  /** Week. */
  WEEK(3, "wk"),
  /** Day. */
  DAY(4, "d"),
  /** Hour. */
  HOUR(5, "h"),
  /** Minute. */
  MINUTE(6, "min"),
  /** Second. */
  SECOND(7, "s"),
  /** Degree of a phase angle. */
  DEGREE(8, "°"),
  /** Degree Celsius. */
  DEGREE_CELSIUS(9, "°C"),
  /** Local currency. */
  CURRENCY(10, "currency"),
  /** Metre. */
  METRE(11, "m"),
  /** Metre a second. */
  METRE_PER_SECOND(12, "m/s"),
  /** Cubic metre. */
  CUBIC_METRE(13, "m³"),
  /** Corrected cubic metre. */
  CUBIC_METRE_CORRECTED(14, "m³ (corrected)"),
  /** Cubic metre an hour. */
  CUBIC_METRE_PER_HOUR(15, "m³/h"),
  /** Corrected cubic metre an hour. */
  CUBIC_METRE_PER_HOUR_CORRECTED(16, "m³/h (corrected)"),
  /** Cubic metre a day. */
  CUBIC_METRE_PER_DAY(17, "m³/d"),
  /** Corrected cubic metre a day. */
  CUBIC_METRE_PER_DAY_CORRECTED(18, "m³/d (corrected)"),
  /** Litre. */
  LITRE(19, "l"),
  /** Kilogram. */
  KILOGRAM(20, "kg"),
  /** Newton. */
  NEWTON(21, "N"),
  /** Newton metre. */
  NEWTON_METRE(22, "Nm"),
  /** Pascal. */
  PASCAL(23, "Pa"),
  /** Bar. */
  BAR(24, "bar"),
  /** Joule. */
  JOULE(25, "J"),
  /** Joule an hour. */
  JOULE_PER_HOUR(26, "J/h"),
  /** Watt, of active power. */
  WATT(27, "W"),
  /** Volt-ampere, of apparent power. */
  VOLT_AMPERE(28, "VA"),
  /** Var, of reactive power. */
  VAR(29, "var"),
  /** Watt-hour, of active energy. */
  WATT_HOUR(30, "Wh"),
  /** Volt-ampere-hour, of apparent energy. */
  VOLT_AMPERE_HOUR(31, "VAh"),
  /** Var-hour, of reactive energy. */
  VAR_HOUR(32, "varh"),
  /** Ampere. */
  AMPERE(33, "A"),
  /** Coulomb. */
  COULOMB(34, "C"),
  /** Volt. */
  VOLT(35, "V"),
  /** Volt a metre. */
  VOLT_PER_METRE(36, "V/m"),
  /** Farad. */
  FARAD(37, "F"),
  /** Ohm. */
  OHM(38, "Ω"),
  /** Resistivity. */
  OHM_SQUARE_METRE_PER_METRE(39, "Ωm²/m"),
  /** Weber. */
  WEBER(40, "Wb"),
  /** Tesla. */
  TESLA(41, "T"),
  /** Ampere a metre. */
  AMPERE_PER_METRE(42, "A/m"),
  /** Henry. */
  HENRY(43, "H"),
  /** Hertz. */
  HERTZ(44, "Hz"),
  /** Active energy meter constant. */
  PER_WATT_HOUR(45, "1/Wh"),
  /** Reactive energy meter constant. */
  PER_VAR_HOUR(46, "1/varh"),
  /** Apparent energy meter constant. */
  PER_VOLT_AMPERE_HOUR(47, "1/VAh"),
  /** Volt-squared-hour. */
  VOLT_SQUARED_HOUR(48, "V²h"),
  /** Ampere-squared-hour. */
  AMPERE_SQUARED_HOUR(49, "A²h"),
  /** Kilogram a second. */
  KILOGRAM_PER_SECOND(50, "kg/s"),
  /** Siemens. */
  SIEMENS(51, "S"),
  /** Kelvin. */
  KELVIN(52, "K"),
  /** Volt-squared-hour meter constant. */
  PER_VOLT_SQUARED_HOUR(53, "1/V²h"),
  /** Ampere-squared-hour meter constant. */
  PER_AMPERE_SQUARED_HOUR(54, "1/A²h"),
  /** Volume meter constant. */
  PER_CUBIC_METRE(55, "1/m³"),
  /** Per cent. */
  PERCENT(56, "%"),
  /** Ampere-hour. */
  AMPERE_HOUR(57, "Ah"),
  /** Something else. */
  OTHER(254, "other"),
  /** No unit: a number, a count. */
  NONE(255, "");

  private final int code;
  private final String symbol;

  Unit(int code, String symbol) {
    this.code = code;
    this.symbol = symbol;
  }

  /**
   * The enumeration value on the wire.
   *
   * @return 1..255
   */
  public int code() {
    return code;
  }

  /**
   * The unit as people write it.
   *
   * @return the symbol; empty for {@link #NONE}
   */
  public String symbol() {
    return symbol;
  }

  /**
   * Finds a unit by its value on the wire.
   *
   * @param code 0..255
   * @return the unit, or nothing if it is not in the table
   */
  public static Optional<Unit> ofCode(int code) {
    for (Unit unit : values()) {
      if (unit.code == code) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }
}
