package io.dlms4j.omnipower.configuration;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the two lines of the primary module's port do. When a meter is ordered Z3 chooses it; later
 * ModulPortIOCfg (0.1.96.3.1.255) tells and changes it, in a numbering of its own (technical
 * description 5.3, DLMS description 3.1).
 */
public enum ModulePortFunction {
  /** Nothing. */
  NONE(0, 0),
  /** Both lines choose one of four tariffs. */
  FOUR_TARIFFS(1, 4),
  /** Line 1 chooses one of two tariffs, line 2 is an alarm. */
  TWO_TARIFFS_AND_ALARM(2, 2),
  /** Line 1 chooses one of two tariffs, line 2 gives pulses of A+. */
  TWO_TARIFFS_AND_A_PLUS(3, 2),
  /** Line 1 takes pulses, line 2 chooses one of two tariffs. */
  PULSE_AND_TWO_TARIFFS(4, 2),
  /** Line 1 takes pulses, line 2 is an alarm. */
  PULSE_AND_ALARM(5, 0),
  /** Line 1 takes pulses, line 2 gives pulses of A+. */
  PULSE_AND_A_PLUS(6, 0),
  /** Line 1 gives pulses of R+, line 2 of A+. */
  R_PLUS_AND_A_PLUS(7, 0),
  /** Line 1 gives pulses of A-, line 2 of A+. */
  A_MINUS_AND_A_PLUS(8, 0),
  /** Line 1 gives a pulse at a debiting stop, line 2 pulses of A+. Has no order code. */
  DEBITING_PULSE_AND_A_PLUS(9, 0),
  /** Line 1 is load control, line 2 tells its status. */
  LOAD_CONTROL_STATUS(10, 0),
  /** Line 1 is an alarm, line 2 gives pulses of A+. Has no order code. */
  ALARM_AND_A_PLUS(11, 0),
  /** Line 1 takes pulses, line 2 is in step with the load's tariff. */
  PULSE_AND_LOAD_TARIFF(12, 0),
  /** Both lines choose one of four tariffs, and the loads with it. */
  FOUR_TARIFFS_AND_LOAD(13, 4),
  /** Both lines control loads. */
  TWO_LOADS(16, 0),
  /** Line 1 takes pulses, line 2 controls a load. */
  PULSE_AND_LOAD(17, 0),
  /** Line 1 takes pulses, line 2 changes between the two loads. */
  PULSE_AND_LOAD_TOGGLE(18, 0),
  /** A pulse on line 1 asks for a debiting stop. Has no register code. */
  DEBITING_STOP(ModulePortFunction.NO_CODE, 0),
  /** A module on the lines watches for an earth fault. Has no register code. */
  EARTH_FAULT(ModulePortFunction.NO_CODE, 0);

  private static final int NO_CODE = -1;

  private final int registerCode;
  private final int tariffs;

  ModulePortFunction(int registerCode, int tariffs) {
    this.registerCode = registerCode;
    this.tariffs = tariffs;
  }

  /**
   * The number of ModulPortIOCfg.
   *
   * @return 0..18, or nothing if its list does not have the function
   */
  public OptionalInt registerCode() {
    return registerCode == NO_CODE ? OptionalInt.empty() : OptionalInt.of(registerCode);
  }

  /**
   * How many tariffs the lines choose from.
   *
   * @return 4, 2, or 0 if they choose none
   */
  public int tariffs() {
    return tariffs;
  }

  /**
   * A function by its number in ModulPortIOCfg.
   *
   * @param code the number
   * @return the function; nothing for 14, 15, which are reserved, and any above 18
   */
  public static Optional<ModulePortFunction> ofRegisterCode(int code) {
    for (ModulePortFunction each : values()) {
      if (each.registerCode == code && code != NO_CODE) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
