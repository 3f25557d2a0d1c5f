package io.dlms4j.omnipower.engine.tariff;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.ModulePortFunction;
import io.dlms4j.omnipower.configuration.TariffPlans;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * Says which tariff is active (technical description 4.4.6; DLMS description 3.1,
 * ModeSelector_TariffCtrl): none of several, the one that the module port chooses, the one that was
 * written, or that of the plan. When nothing decides, the default tariff holds.
 *
 * <p>A meter before OMNIPOWER has no object for the mode, and no plans: unless it was ordered with
 * the control of the module port, its tariff is written.
 */
public final class TariffControl implements Concern {
  private static final int DISABLED = 0;
  private static final int MODULE_PORT = 1;
  private static final int REGISTER = 2;
  private static final int PLAN = 3;
  private static final int TARIFFS = 8;

  private static final int STARTED_CELL = 0;
  private static final int MODE_CELL = 1;
  private static final int DEFAULT_CELL = 2;
  private static final int WRITTEN_CELL = 3;
  private static final int PLAN_CELL = 4;
  private static final int FUNCTION_CELL = 5;
  private static final int PORT_1_CELL = 6;
  private static final int PORT_2_CELL = 7;

  private final Cells cells;
  private final MeterClock clock;
  private final boolean omnipower;
  private final boolean inverted;
  private final TariffPlans plans;
  private final PlanFollower follower;

  /**
   * Makes a control that goes on.
   *
   * @param settings how the tariff is chosen until somebody changes it, and the plans
   * @param memory where it is kept
   * @param clock what plans hold by
   */
  public TariffControl(MeterSettings settings, PermanentMemory memory, MeterClock clock) {
    this.cells = memory.cells("tariff control", 8);
    this.clock = clock;
    this.omnipower = settings.variant().isOmnipower();
    this.inverted = settings.tariffPortsInverted();
    this.plans = settings.tariffPlans();
    this.follower = new PlanFollower(plans, clock);
    if (cells.get(STARTED_CELL) == 0) {
      cells.set(STARTED_CELL, 1);
      cells.set(MODE_CELL, firstMode(settings));
      cells.set(DEFAULT_CELL, 1);
      cells.set(PLAN_CELL, 1);
      cells.set(FUNCTION_CELL, settings.modulePort().function().registerCode().orElse(0));
    }
  }

  private static int firstMode(MeterSettings settings) {
    int mode = settings.tariffControl();
    return settings.variant().isOmnipower() || mode == MODULE_PORT ? mode : REGISTER;
  }

  @Override
  public void step(Second second) {
    // The tariff of a second is the one that holds when it begins.
    second.setTariff(tariff(second.now() - 1));
  }

  @Override
  public void clockChanged(long before, long after) {
    follower.reset();
  }

  @Override
  public void restarted(long before, long after) {
    follower.reset();
  }

  /**
   * What the module says.
   *
   * @param port1 whether there is voltage at port 1, terminals 13 and 15
   * @param port2 whether there is voltage at port 2, terminals 33 and 15
   */
  public void setModulePort(boolean port1, boolean port2) {
    cells.set(PORT_1_CELL, port1 ? 1 : 0);
    cells.set(PORT_2_CELL, port2 ? 1 : 0);
  }

  /**
   * Chooses a plan, as the push-button does or a system from afar.
   *
   * @param number of the plan, 1..3
   * @return success; other-reason if there is no such plan
   */
  public DataAccessResult choosePlan(int number) {
    if (number < 1 || number > plans.plans().size()) {
      return DataAccessResult.OTHER_REASON;
    }
    cells.set(PLAN_CELL, number);
    return DataAccessResult.SUCCESS;
  }

  private int tariff(long time) {
    int chosen =
        switch ((int) cells.get(MODE_CELL)) {
          case MODULE_PORT -> byPort();
          case REGISTER -> (int) cells.get(WRITTEN_CELL);
          case PLAN -> byPlan(time);
          default -> 0;
        };
    return chosen == 0 ? (int) cells.get(DEFAULT_CELL) : chosen;
  }

  /** The tariff of the lines; of a module for two tariffs one line only, which Z3 may invert. */
  private int byPort() {
    int line1 = (cells.get(PORT_1_CELL) == 1) != inverted ? 1 : 0;
    int line2 = (cells.get(PORT_2_CELL) == 1) != inverted ? 1 : 0;
    ModulePortFunction function =
        ModulePortFunction.ofRegisterCode((int) cells.get(FUNCTION_CELL))
            .orElse(ModulePortFunction.NONE);
    return switch (function.tariffs()) {
      case 4 -> 1 + line1 + 2 * line2;
      case 2 -> 1 + (function == ModulePortFunction.PULSE_AND_TWO_TARIFFS ? line2 : line1);
      default -> 0;
    };
  }

  private int byPlan(long time) {
    PlanPosition position = follower.at((int) cells.get(PLAN_CELL), time);
    return position == null ? 0 : position.tariff();
  }

  private long season() {
    if (cells.get(MODE_CELL) != PLAN) {
      return 0;
    }
    PlanPosition position = follower.at((int) cells.get(PLAN_CELL), clock.normalTime());
    return position == null ? 0 : position.season();
  }

  private Octets planInfo() {
    int plan = (int) cells.get(PLAN_CELL);
    return Octets.ofAscii(plan > plans.plans().size() ? "" : plans.plans().get(plan - 1).info());
  }

  @Override
  public void describe(Readings readings) {
    readings.setting("ActualTariff", () -> tariff(clock.normalTime()), this::writeTariff);
    readings.setting(
        "ModulPortIOCfg",
        () -> cells.get(FUNCTION_CELL),
        value ->
            set(FUNCTION_CELL, value, ModulePortFunction.ofRegisterCode((int) value).isPresent()));
    if (!omnipower) {
      return;
    }
    readings.setting(
        "ModeSelector_TariffCtrl",
        () -> cells.get(MODE_CELL),
        value -> set(MODE_CELL, value, value >= DISABLED && value <= PLAN));
    readings.setting(
        "DefaultTariff_TariffCtrl",
        () -> cells.get(DEFAULT_CELL),
        value -> set(DEFAULT_CELL, value, isTariff(value)));
    readings.number("ActiveUsageProfile_TariffCtrl", () -> cells.get(PLAN_CELL));
    readings.number("ActiveSeasonProfile_TariffCtrl", this::season);
    readings.octets("ActiveUsageProfileInfo_TariffCtrl", this::planInfo, null);
    readings.octets("ExceptionDayInfo", () -> Octets.ofAscii(plans.exceptionDayInfo()), null);
  }

  /** A tariff can be written in mode 2 only; the same write may succeed in another mode. */
  private DataAccessResult writeTariff(long value) {
    return cells.get(MODE_CELL) == REGISTER
        ? set(WRITTEN_CELL, value, isTariff(value))
        : DataAccessResult.TEMPORARY_FAILURE;
  }

  private DataAccessResult set(int cell, long value, boolean allowed) {
    if (!allowed) {
      return DataAccessResult.OTHER_REASON;
    }
    cells.set(cell, value);
    return DataAccessResult.SUCCESS;
  }

  private static boolean isTariff(long value) {
    return value >= 1 && value <= TARIFFS;
  }
}
