package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed when a meter is ordered, and how it is set when it leaves the factory. Immutable.
 *
 * @param variant which meter
 * @param measuringSystems what it measures with
 * @param calculationMethod how phases are put together
 * @param energyResolution digits of energies
 * @param layout the energies of the load profile, which are the legal ones
 * @param integrationPeriod of load profile and mean powers, in seconds: 300, 900, 1800 or 3600
 * @param secondaryInLoadProfile whether the load profile of a meter with transformers keeps
 *     secondary energies (Z23)
 * @param differencesInLoadProfile whether the load profile keeps what was added in a period, and
 *     not the register (Z27)
 * @param analysisInterval of the analysis logger and the mean values of phases, in seconds: 300,
 *     900, 1800 or 3600
 * @param analysisRegisters names of what the analysis logger captures besides its first four
 *     columns, with {@code :5} for the time of a peak; empty for what table 15 has by default
 * @param debitingDay day of the month of debiting stops (Z6): 1..28
 * @param debitingInterval how often they come (Z7)
 * @param debiting2Interval of debiting logger 2 (Z25): 0 every day, 1 every Monday, 2 the first of
 *     the month
 * @param transformerRatio of a meter with transformers (Z21): 1..600; 1 of any other
 * @param transformerRatioLocked whether it cannot be changed any more (Z22)
 * @param tariffControl how the tariff is chosen (1.1.96.52.21.255): 0 not at all, 1 by the module
 *     port, 2 by writing it, 3 by the plans
 * @param tariffPortsInverted whether the levels of the module port mean the other tariffs (Z3)
 * @param batteryBackup whether the clock goes on by a battery, and not for seven days only (X12)
 * @param clockLogFilter changes of the clock by less than so many seconds are not logged
 * @param breaker whether it can disconnect (X10)
 * @param debitingMonth the first month of a year with a debiting stop (Z7): 1 up to the months of
 *     the interval
 * @param generation which firmware it has, and so how much its loggers hold (X8)
 * @param austrianLoadProfile whether the load profile is that of Austria: 60 days of 15 minutes
 * @param modulePort what the lines of the module port do (Z3)
 * @param hoursFromGreenwich how far normal time is ahead of GMT (Z11): -11..12
 * @param daylightSaving whether the clock changes to summer time until somebody says otherwise
 *     (Z15)
 * @param daylightSavingTable when daylight saving begins and ends; null for the rule of the
 *     European Union
 * @param tariffPlans what tariff control 3 goes by (Z13)
 */
public record MeterSettings(
    MeterVariant variant,
    MeasuringSystems measuringSystems,
    CalculationMethod calculationMethod,
    EnergyResolution energyResolution,
    LoadProfileLayout layout,
    int integrationPeriod,
    boolean secondaryInLoadProfile,
    boolean differencesInLoadProfile,
    int analysisInterval,
    List<String> analysisRegisters,
    int debitingDay,
    DebitingInterval debitingInterval,
    int debiting2Interval,
    int transformerRatio,
    boolean transformerRatioLocked,
    int tariffControl,
    boolean tariffPortsInverted,
    boolean batteryBackup,
    int clockLogFilter,
    boolean breaker,
    int debitingMonth,
    FirmwareGeneration generation,
    boolean austrianLoadProfile,
    ModulePort modulePort,
    int hoursFromGreenwich,
    boolean daylightSaving,
    @Nullable DaylightSavingTable daylightSavingTable,
    TariffPlans tariffPlans) {
  /**
   * Checks what goes together, and keeps a copy of the list.
   *
   * @param variant as the component
   * @param measuringSystems as the component
   * @param calculationMethod as the component
   * @param energyResolution as the component
   * @param layout as the component
   * @param integrationPeriod as the component
   * @param secondaryInLoadProfile as the component
   * @param differencesInLoadProfile as the component
   * @param analysisInterval as the component
   * @param analysisRegisters as the component
   * @param debitingDay as the component
   * @param debitingInterval as the component
   * @param debiting2Interval as the component
   * @param transformerRatio as the component
   * @param transformerRatioLocked as the component
   * @param tariffControl as the component
   * @param tariffPortsInverted as the component
   * @param batteryBackup as the component
   * @param clockLogFilter as the component
   * @param breaker as the component
   * @param debitingMonth as the component
   * @param generation as the component
   * @param austrianLoadProfile as the component
   * @param modulePort as the component
   * @param hoursFromGreenwich as the component
   * @param daylightSaving as the component
   * @param daylightSavingTable as the component
   * @param tariffPlans as the component
   * @throws IllegalArgumentException if some of it does not, or is out of range
   */
  // Not the compact form: the rules look at the settings as a whole.
  public MeterSettings(
      MeterVariant variant,
      MeasuringSystems measuringSystems,
      CalculationMethod calculationMethod,
      EnergyResolution energyResolution,
      LoadProfileLayout layout,
      int integrationPeriod,
      boolean secondaryInLoadProfile,
      boolean differencesInLoadProfile,
      int analysisInterval,
      List<String> analysisRegisters,
      int debitingDay,
      DebitingInterval debitingInterval,
      int debiting2Interval,
      int transformerRatio,
      boolean transformerRatioLocked,
      int tariffControl,
      boolean tariffPortsInverted,
      boolean batteryBackup,
      int clockLogFilter,
      boolean breaker,
      int debitingMonth,
      FirmwareGeneration generation,
      boolean austrianLoadProfile,
      ModulePort modulePort,
      int hoursFromGreenwich,
      boolean daylightSaving,
      @Nullable DaylightSavingTable daylightSavingTable,
      TariffPlans tariffPlans) {
    this.variant = variant;
    this.measuringSystems = measuringSystems;
    this.calculationMethod = calculationMethod;
    this.energyResolution = energyResolution;
    this.layout = layout;
    this.integrationPeriod = integrationPeriod;
    this.secondaryInLoadProfile = secondaryInLoadProfile;
    this.differencesInLoadProfile = differencesInLoadProfile;
    this.analysisInterval = analysisInterval;
    this.analysisRegisters = List.copyOf(analysisRegisters);
    this.debitingDay = debitingDay;
    this.debitingInterval = debitingInterval;
    this.debiting2Interval = debiting2Interval;
    this.transformerRatio = transformerRatio;
    this.transformerRatioLocked = transformerRatioLocked;
    this.tariffControl = tariffControl;
    this.tariffPortsInverted = tariffPortsInverted;
    this.batteryBackup = batteryBackup;
    this.clockLogFilter = clockLogFilter;
    this.breaker = breaker;
    this.debitingMonth = debitingMonth;
    this.generation = generation;
    this.austrianLoadProfile = austrianLoadProfile;
    this.modulePort = modulePort;
    this.hoursFromGreenwich = hoursFromGreenwich;
    this.daylightSaving = daylightSaving;
    this.daylightSavingTable = daylightSavingTable;
    this.tariffPlans = tariffPlans;
    SettingsRules.check(this);
  }

  /**
   * Begins settings of a meter as it is sold most.
   *
   * @param variant which meter
   * @return a builder
   */
  public static MeterSettingsBuilder of(MeterVariant variant) {
    return new MeterSettingsBuilder(variant);
  }

  /**
   * How many rows the load profile holds.
   *
   * @return by its energies, firmware and country
   */
  public int loadProfileRows() {
    return austrianLoadProfile
        ? FirmwareGeneration.AUSTRIAN_ROWS
        : generation.loadProfileRows(layout);
  }
}
