package io.dlms4j.omnipower.engine.tariff;

/**
 * The two lines of the module port as inputs of the tariff control (technical description 4.4.6.1,
 * table 10; DLMS description 3.1, ModulPortIOCfg).
 */
final class ModulePort {
  /** The greatest code of ModulPortIOCfg. */
  private static final int LAST_FUNCTION = 18;

  private ModulePort() {}

  /**
   * Whether the port can be given such a function.
   *
   * @param function code of ModulPortIOCfg
   * @return false for 14, 15 and above 18, which mean nothing
   */
  static boolean isFunction(long function) {
    return function >= 0 && function <= LAST_FUNCTION && function != 14 && function != 15;
  }

  /**
   * The tariff that the lines choose. A module for two tariffs has one line.
   *
   * @param function code of ModulPortIOCfg
   * @param inverted whether the levels mean the other tariffs
   * @param port1 whether there is voltage at port 1
   * @param port2 whether there is voltage at port 2
   * @return 1..4, or 0 if no line is for tariffs
   */
  static int tariff(int function, boolean inverted, boolean port1, boolean port2) {
    return switch (function) {
      case 1, 13 -> 1 + bit(port1, inverted) + 2 * bit(port2, inverted);
      case 2, 3 -> 1 + bit(port1, inverted);
      case 4 -> 1 + bit(port2, inverted);
      default -> 0;
    };
  }

  private static int bit(boolean level, boolean inverted) {
    return level != inverted ? 1 : 0;
  }
}
