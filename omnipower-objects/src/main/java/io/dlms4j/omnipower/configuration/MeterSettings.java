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
 * @param modulePort what the lines of the module port are for (0.1.96.3.1.255, ModulPortIOCfg): the
 *     code of the object, 0..18, and not that of Z3
 * @param tariffPlans what tariff control 3 goes by (Z13)
 * @param daylightSavingEnabled whether daylight saving is displayed until somebody changes it (Z15)
 * @param daylightSavingTable when daylight saving begins and ends; null for the rule of the
 *     European Union
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
    int modulePort,
    TariffPlans tariffPlans,
    boolean daylightSavingEnabled,
    @Nullable DaylightSavingTable daylightSavingTable) {
  /** Keeps a copy of the list. */
  public MeterSettings {
    analysisRegisters = List.copyOf(analysisRegisters);
  }

  /**
   * Begins settings of a meter as it is sold most.
   *
   * @param variant which meter
   * @return a builder
   */
  public static Builder of(MeterVariant variant) {
    return new Builder(variant);
  }

  /** Collects settings. */
  public static final class Builder {
    private final MeterVariant variant;
    private MeasuringSystems measuringSystems;
    private CalculationMethod calculationMethod = CalculationMethod.INDIVIDUAL_IMPORT_EXPORT;
    private EnergyResolution energyResolution;
    private LoadProfileLayout layout = LoadProfileLayout.FOUR_ENERGIES;
    private int integrationPeriod = 900;
    private boolean secondaryInLoadProfile = false;
    private boolean differencesInLoadProfile = false;
    private int analysisInterval = 900;
    private List<String> analysisRegisters = List.of();
    private int debitingDay = 1;
    private DebitingInterval debitingInterval = DebitingInterval.MONTHLY;
    private int debiting2Interval = 0;
    private int transformerRatio = 1;
    private boolean transformerRatioLocked = false;
    private int tariffControl = 0;
    private boolean tariffPortsInverted = false;
    private boolean batteryBackup = false;
    private int clockLogFilter = 7;
    private boolean breaker;
    private @Nullable Integer modulePort;
    private TariffPlans tariffPlans = TariffPlans.none();
    private boolean daylightSavingEnabled = true;
    private @Nullable DaylightSavingTable daylightSavingTable;

    private Builder(MeterVariant variant) {
      this.variant = variant;
      this.measuringSystems =
          variant == MeterVariant.SINGLE_PHASE ? MeasuringSystems.ONE : MeasuringSystems.THREE;
      this.energyResolution =
          variant.hasTransformers() ? EnergyResolution.DIGITS_7_2 : EnergyResolution.DIGITS_6_3;
      this.breaker = !variant.hasTransformers();
    }

    /**
     * Sets measuringSystems.
     *
     * @param value what it measures with
     * @return this
     */
    public Builder measuringSystems(MeasuringSystems value) {
      measuringSystems = value;
      return this;
    }

    /**
     * Sets calculationMethod.
     *
     * @param value how phases are put together
     * @return this
     */
    public Builder calculationMethod(CalculationMethod value) {
      calculationMethod = value;
      return this;
    }

    /**
     * Sets energyResolution.
     *
     * @param value digits of energies
     * @return this
     */
    public Builder energyResolution(EnergyResolution value) {
      energyResolution = value;
      return this;
    }

    /**
     * Sets layout.
     *
     * @param value the energies of the load profile
     * @return this
     */
    public Builder layout(LoadProfileLayout value) {
      layout = value;
      return this;
    }

    /**
     * Sets integrationPeriod.
     *
     * @param value seconds: 300, 900, 1800 or 3600
     * @return this
     */
    public Builder integrationPeriod(int value) {
      integrationPeriod = value;
      return this;
    }

    /**
     * Sets secondaryInLoadProfile.
     *
     * @param value whether the load profile keeps secondary energies
     * @return this
     */
    public Builder secondaryInLoadProfile(boolean value) {
      secondaryInLoadProfile = value;
      return this;
    }

    /**
     * Sets differencesInLoadProfile.
     *
     * @param value whether the load profile keeps differences
     * @return this
     */
    public Builder differencesInLoadProfile(boolean value) {
      differencesInLoadProfile = value;
      return this;
    }

    /**
     * Sets analysisInterval.
     *
     * @param value seconds: 300, 900, 1800 or 3600
     * @return this
     */
    public Builder analysisInterval(int value) {
      analysisInterval = value;
      return this;
    }

    /**
     * Sets analysisRegisters.
     *
     * @param value names of what the analysis logger captures
     * @return this
     */
    public Builder analysisRegisters(List<String> value) {
      analysisRegisters = value;
      return this;
    }

    /**
     * Sets debitingDay.
     *
     * @param value 1..28
     * @return this
     */
    public Builder debitingDay(int value) {
      debitingDay = value;
      return this;
    }

    /**
     * Sets debitingInterval.
     *
     * @param value how often debiting stops come
     * @return this
     */
    public Builder debitingInterval(DebitingInterval value) {
      debitingInterval = value;
      return this;
    }

    /**
     * Sets debiting2Interval.
     *
     * @param value 0 every day, 1 every Monday, 2 the first of the month
     * @return this
     */
    public Builder debiting2Interval(int value) {
      debiting2Interval = value;
      return this;
    }

    /**
     * Sets transformerRatio.
     *
     * @param value 1..600
     * @return this
     */
    public Builder transformerRatio(int value) {
      transformerRatio = value;
      return this;
    }

    /**
     * Sets transformerRatioLocked.
     *
     * @param value whether it cannot be changed
     * @return this
     */
    public Builder transformerRatioLocked(boolean value) {
      transformerRatioLocked = value;
      return this;
    }

    /**
     * Sets tariffControl.
     *
     * @param value 0..3
     * @return this
     */
    public Builder tariffControl(int value) {
      tariffControl = value;
      return this;
    }

    /**
     * Sets tariffPortsInverted.
     *
     * @param value whether the levels mean the other tariffs
     * @return this
     */
    public Builder tariffPortsInverted(boolean value) {
      tariffPortsInverted = value;
      return this;
    }

    /**
     * Sets batteryBackup.
     *
     * @param value whether the clock has a battery
     * @return this
     */
    public Builder batteryBackup(boolean value) {
      batteryBackup = value;
      return this;
    }

    /**
     * Sets clockLogFilter.
     *
     * @param value changes of the clock by less than so many seconds are not logged
     * @return this
     */
    public Builder clockLogFilter(int value) {
      clockLogFilter = value;
      return this;
    }

    /**
     * Sets breaker.
     *
     * @param value whether it can disconnect
     * @return this
     */
    public Builder breaker(boolean value) {
      breaker = value;
      return this;
    }

    /**
     * Sets modulePort. Without it, the port is for nothing, or for four tariffs if it controls the
     * tariff.
     *
     * @param value 0..18
     * @return this
     */
    public Builder modulePort(int value) {
      modulePort = value;
      return this;
    }

    /**
     * Sets tariffPlans.
     *
     * @param value what tariff control 3 goes by
     * @return this
     */
    public Builder tariffPlans(TariffPlans value) {
      tariffPlans = value;
      return this;
    }

    /**
     * Sets daylightSavingEnabled.
     *
     * @param value whether daylight saving is displayed
     * @return this
     */
    public Builder daylightSavingEnabled(boolean value) {
      daylightSavingEnabled = value;
      return this;
    }

    /**
     * Sets daylightSavingTable.
     *
     * @param value when daylight saving begins and ends
     * @return this
     */
    public Builder daylightSavingTable(DaylightSavingTable value) {
      daylightSavingTable = value;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if some of them do not go together, or are out of range
     */
    public MeterSettings build() {
      return new MeterSettings(
          variant,
          measuringSystems,
          calculationMethod,
          energyResolution,
          layout,
          integrationPeriod,
          secondaryInLoadProfile,
          differencesInLoadProfile,
          analysisInterval,
          analysisRegisters,
          debitingDay,
          debitingInterval,
          debiting2Interval,
          transformerRatio,
          transformerRatioLocked,
          tariffControl,
          tariffPortsInverted,
          batteryBackup,
          clockLogFilter,
          breaker,
          modulePort != null ? modulePort : tariffControl == 1 ? 1 : 0,
          tariffPlans,
          daylightSavingEnabled,
          daylightSavingTable);
    }
  }
}
