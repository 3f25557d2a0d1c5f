package io.dlms4j.cosem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A physical unit, as scaler_unit names it by a number (Blue Book 4.3.2, table of units).
 *
 * <p>There is one of them for each number, so that they may be compared by {@code ==}. The numbers
 * that have no name here are units nevertheless: what a meter says is kept and can be said again.
 * They are those that the table reserves, and those from 128 on, where later editions of the book
 * have units outside the SI.
 */
public final class Unit {
  private static final int CODES = 256;
  private static final Unit[] BY_CODE = new Unit[CODES];

  /** Year. */
  public static final Unit YEAR = named(1, "a");

  /** Month. */
  public static final Unit MONTH = named(2, "mo");

  /** Week. */
  public static final Unit WEEK = named(3, "wk");

  /** Day. */
  public static final Unit DAY = named(4, "d");

  /** Hour. */
  public static final Unit HOUR = named(5, "h");

  /** Minute. */
  public static final Unit MINUTE = named(6, "min");

  /** Second. */
  public static final Unit SECOND = named(7, "s");

  /** Degree of a phase angle. */
  public static final Unit DEGREE = named(8, "°");

  /** Degree Celsius. */
  public static final Unit DEGREE_CELSIUS = named(9, "°C");

  /** Local currency. */
  public static final Unit CURRENCY = named(10, "currency");

  /** Metre. */
  public static final Unit METRE = named(11, "m");

  /** Metre a second. */
  public static final Unit METRE_PER_SECOND = named(12, "m/s");

  /** Cubic metre. */
  public static final Unit CUBIC_METRE = named(13, "m³");

  /** Corrected cubic metre. */
  public static final Unit CUBIC_METRE_CORRECTED = named(14, "m³ (corrected)");

  /** Cubic metre an hour. */
  public static final Unit CUBIC_METRE_PER_HOUR = named(15, "m³/h");

  /** Corrected cubic metre an hour. */
  public static final Unit CUBIC_METRE_PER_HOUR_CORRECTED = named(16, "m³/h (corrected)");

  /** Cubic metre a day. */
  public static final Unit CUBIC_METRE_PER_DAY = named(17, "m³/d");

  /** Corrected cubic metre a day. */
  public static final Unit CUBIC_METRE_PER_DAY_CORRECTED = named(18, "m³/d (corrected)");

  /** Litre. */
  public static final Unit LITRE = named(19, "l");

  /** Kilogram. */
  public static final Unit KILOGRAM = named(20, "kg");

  /** Newton. */
  public static final Unit NEWTON = named(21, "N");

  /** Newton metre. */
  public static final Unit NEWTON_METRE = named(22, "Nm");

  /** Pascal. */
  public static final Unit PASCAL = named(23, "Pa");

  /** Bar. */
  public static final Unit BAR = named(24, "bar");

  /** Joule. */
  public static final Unit JOULE = named(25, "J");

  /** Joule an hour. */
  public static final Unit JOULE_PER_HOUR = named(26, "J/h");

  /** Watt, of active power. */
  public static final Unit WATT = named(27, "W");

  /** Volt-ampere, of apparent power. */
  public static final Unit VOLT_AMPERE = named(28, "VA");

  /** Var, of reactive power. */
  public static final Unit VAR = named(29, "var");

  /** Watt-hour, of active energy. */
  public static final Unit WATT_HOUR = named(30, "Wh");

  /** Volt-ampere-hour, of apparent energy. */
  public static final Unit VOLT_AMPERE_HOUR = named(31, "VAh");

  /** Var-hour, of reactive energy. */
  public static final Unit VAR_HOUR = named(32, "varh");

  /** Ampere. */
  public static final Unit AMPERE = named(33, "A");

  /** Coulomb. */
  public static final Unit COULOMB = named(34, "C");

  /** Volt. */
  public static final Unit VOLT = named(35, "V");

  /** Volt a metre. */
  public static final Unit VOLT_PER_METRE = named(36, "V/m");

  /** Farad. */
  public static final Unit FARAD = named(37, "F");

  /** Ohm. */
  public static final Unit OHM = named(38, "Ω");

  /** Resistivity. */
  public static final Unit OHM_SQUARE_METRE_PER_METRE = named(39, "Ωm²/m");

  /** Weber. */
  public static final Unit WEBER = named(40, "Wb");

  /** Tesla. */
  public static final Unit TESLA = named(41, "T");

  /** Ampere a metre. */
  public static final Unit AMPERE_PER_METRE = named(42, "A/m");

  /** Henry. */
  public static final Unit HENRY = named(43, "H");

  /** Hertz. */
  public static final Unit HERTZ = named(44, "Hz");

  /** Active energy meter constant. */
  public static final Unit PER_WATT_HOUR = named(45, "1/Wh");

  /** Reactive energy meter constant. */
  public static final Unit PER_VAR_HOUR = named(46, "1/varh");

  /** Apparent energy meter constant. */
  public static final Unit PER_VOLT_AMPERE_HOUR = named(47, "1/VAh");

  /** Volt-squared-hour. */
  public static final Unit VOLT_SQUARED_HOUR = named(48, "V²h");

  /** Ampere-squared-hour. */
  public static final Unit AMPERE_SQUARED_HOUR = named(49, "A²h");

  /** Kilogram a second. */
  public static final Unit KILOGRAM_PER_SECOND = named(50, "kg/s");

  /** Siemens. */
  public static final Unit SIEMENS = named(51, "S");

  /** Kelvin. */
  public static final Unit KELVIN = named(52, "K");

  /** Volt-squared-hour meter constant. */
  public static final Unit PER_VOLT_SQUARED_HOUR = named(53, "1/V²h");

  /** Ampere-squared-hour meter constant. */
  public static final Unit PER_AMPERE_SQUARED_HOUR = named(54, "1/A²h");

  /** Volume meter constant. */
  public static final Unit PER_CUBIC_METRE = named(55, "1/m³");

  /** Per cent. */
  public static final Unit PERCENT = named(56, "%");

  /** Ampere-hour. */
  public static final Unit AMPERE_HOUR = named(57, "Ah");

  /** Energy per volume. */
  public static final Unit WATT_HOUR_PER_CUBIC_METRE = named(60, "Wh/m³");

  /** Calorific value, Wobbe index. */
  public static final Unit JOULE_PER_CUBIC_METRE = named(61, "J/m³");

  /** Molar fraction, of a gas's composition. */
  public static final Unit MOLE_PERCENT = named(62, "mol %");

  /** Mass density. */
  public static final Unit GRAM_PER_CUBIC_METRE = named(63, "g/m³");

  /** Dynamic viscosity. */
  public static final Unit PASCAL_SECOND = named(64, "Pa s");

  /** Specific energy. */
  public static final Unit JOULE_PER_KILOGRAM = named(65, "J/kg");

  /** Pressure, in grams a square centimetre. */
  public static final Unit GRAM_PER_SQUARE_CENTIMETRE = named(66, "g/cm²");

  /** Pressure, in atmospheres. */
  public static final Unit ATMOSPHERE = named(67, "atm");

  /** Signal strength against a milliwatt, as of a radio modem. */
  public static final Unit DECIBEL_MILLIWATT = named(70, "dBm");

  /** Signal strength against a microvolt. */
  public static final Unit DECIBEL_MICROVOLT = named(71, "dBµV");

  /** Logarithmic ratio. */
  public static final Unit DECIBEL = named(72, "dB");

  /** Units beyond this table, which the standard keeps for later. */
  public static final Unit EXTENDED = named(253, "extended");

  /** Something else. */
  public static final Unit OTHER = named(254, "other");

  /** No unit: a number, a count. */
  public static final Unit NONE = named(255, "");

  static {
    for (int code = 0; code < CODES; code++) {
      if (BY_CODE[code] == null) {
        BY_CODE[code] = new Unit(code, "unit " + code, false);
      }
    }
  }

  private final int code;
  private final String symbol;
  private final boolean named;

  private Unit(int code, String symbol, boolean named) {
    this.code = code;
    this.symbol = symbol;
    this.named = named;
  }

  private static Unit named(int code, String symbol) {
    Unit unit = new Unit(code, symbol, true);
    BY_CODE[code] = unit;
    return unit;
  }

  /**
   * The unit of a number.
   *
   * @param code the enumeration value on the wire, 0..255
   * @return the unit
   * @throws IllegalArgumentException if the number is no enum
   */
  public static Unit of(int code) {
    if (code < 0 || code >= CODES) {
      throw new IllegalArgumentException("unit " + code + " is not within 0..255");
    }
    return BY_CODE[code];
  }

  /**
   * Finds a unit that has a name here.
   *
   * @param code the enumeration value on the wire
   * @return the unit, or nothing if it is not in the table
   */
  public static Optional<Unit> ofCode(int code) {
    return code >= 0 && code < CODES && BY_CODE[code].named
        ? Optional.of(BY_CODE[code])
        : Optional.empty();
  }

  /**
   * All units that have a name here, by their numbers.
   *
   * @return the units, unmodifiable
   */
  public static List<Unit> values() {
    return Arrays.stream(BY_CODE).filter(unit -> unit.named).toList();
  }

  /**
   * The enumeration value on the wire.
   *
   * @return 0..255
   */
  public int code() {
    return code;
  }

  /**
   * The unit as people write it.
   *
   * @return the symbol; empty for {@link #NONE}, {@code unit 130} for one without a name
   */
  public String symbol() {
    return symbol;
  }

  /** The symbol; {@code none} for {@link #NONE}. */
  @Override
  public String toString() {
    return symbol.isEmpty() ? "none" : symbol;
  }
}
