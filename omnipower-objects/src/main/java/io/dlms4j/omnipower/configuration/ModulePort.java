package io.dlms4j.omnipower.configuration;

/**
 * How the port of the primary module is set: the function, and which of its lines mean the
 * opposite. The order codes of Z3 count inverted lines as functions of their own; ModulPortIOCfg
 * keeps the two apart.
 *
 * @param function what the lines do
 * @param firstInverted whether line 1 is inverted
 * @param secondInverted whether line 2 is inverted
 */
public record ModulePort(
    ModulePortFunction function, boolean firstInverted, boolean secondInverted) {
  /** A port that does nothing. */
  public static final ModulePort UNUSED = new ModulePort(ModulePortFunction.NONE, false, false);

  /**
   * What an order code means.
   *
   * @param code of Z3: 00..23, 26..29
   * @return the port
   * @throws IllegalArgumentException if Z3 has no such code
   */
  public static ModulePort ofOrderCode(String code) {
    return switch (code) {
      case "00" -> UNUSED;
      case "01" -> plain(ModulePortFunction.FOUR_TARIFFS);
      case "02" -> inverted(ModulePortFunction.FOUR_TARIFFS);
      case "03" -> plain(ModulePortFunction.PULSE_AND_ALARM);
      case "04" -> secondInverted(ModulePortFunction.PULSE_AND_ALARM);
      case "05" -> plain(ModulePortFunction.PULSE_AND_A_PLUS);
      case "06" -> plain(ModulePortFunction.R_PLUS_AND_A_PLUS);
      case "07" -> plain(ModulePortFunction.TWO_TARIFFS_AND_ALARM);
      case "08" -> firstInverted(ModulePortFunction.TWO_TARIFFS_AND_ALARM);
      case "09" -> secondInverted(ModulePortFunction.TWO_TARIFFS_AND_ALARM);
      case "10" -> inverted(ModulePortFunction.TWO_TARIFFS_AND_ALARM);
      case "11" -> plain(ModulePortFunction.TWO_TARIFFS_AND_A_PLUS);
      case "12" -> firstInverted(ModulePortFunction.TWO_TARIFFS_AND_A_PLUS);
      case "13" -> plain(ModulePortFunction.PULSE_AND_TWO_TARIFFS);
      case "14" -> secondInverted(ModulePortFunction.PULSE_AND_TWO_TARIFFS);
      case "15" -> plain(ModulePortFunction.DEBITING_STOP);
      case "16" -> plain(ModulePortFunction.A_MINUS_AND_A_PLUS);
      case "17" -> plain(ModulePortFunction.LOAD_CONTROL_STATUS);
      case "18" -> plain(ModulePortFunction.PULSE_AND_LOAD_TARIFF);
      case "19" -> firstInverted(ModulePortFunction.PULSE_AND_LOAD_TARIFF);
      case "20" -> secondInverted(ModulePortFunction.PULSE_AND_LOAD_TARIFF);
      case "21" -> inverted(ModulePortFunction.PULSE_AND_LOAD_TARIFF);
      case "22" -> plain(ModulePortFunction.FOUR_TARIFFS_AND_LOAD);
      case "23" -> inverted(ModulePortFunction.FOUR_TARIFFS_AND_LOAD);
      case "26" -> plain(ModulePortFunction.TWO_LOADS);
      case "27" -> plain(ModulePortFunction.PULSE_AND_LOAD);
      case "28" -> plain(ModulePortFunction.PULSE_AND_LOAD_TOGGLE);
      case "29" -> plain(ModulePortFunction.EARTH_FAULT);
      default -> throw new IllegalArgumentException("Z3 has no code " + code);
    };
  }

  /**
   * Whether the lines that choose the tariff are inverted.
   *
   * @return false also if none does
   */
  public boolean tariffsInverted() {
    return function.tariffs() > 0
        && (function == ModulePortFunction.PULSE_AND_TWO_TARIFFS ? secondInverted : firstInverted);
  }

  private static ModulePort plain(ModulePortFunction function) {
    return new ModulePort(function, false, false);
  }

  private static ModulePort firstInverted(ModulePortFunction function) {
    return new ModulePort(function, true, false);
  }

  private static ModulePort secondInverted(ModulePortFunction function) {
    return new ModulePort(function, false, true);
  }

  private static ModulePort inverted(ModulePortFunction function) {
    return new ModulePort(function, true, true);
  }
}
