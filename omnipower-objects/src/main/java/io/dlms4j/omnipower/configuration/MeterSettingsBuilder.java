package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects {@link MeterSettings}. */
public final class MeterSettingsBuilder {
  /** How the tariff is chosen by the module port (1.1.96.52.21.255). */
  private static final int BY_MODULE_PORT = 1;

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
  private int debitingMonth = 1;
  private FirmwareGeneration generation = FirmwareGeneration.BEFORE_OMNIA_3;
  private boolean austrianLoadProfile = false;
  private @Nullable ModulePort modulePort;
  private int hoursFromGreenwich = 1;
  private boolean daylightSaving = true;
  private @Nullable DaylightSavingTable daylightSavingTable;
  private TariffPlans tariffPlans = TariffPlans.none();

  MeterSettingsBuilder(MeterVariant variant) {
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
  public MeterSettingsBuilder measuringSystems(MeasuringSystems value) {
    measuringSystems = value;
    return this;
  }

  /**
   * Sets calculationMethod.
   *
   * @param value how phases are put together
   * @return this
   */
  public MeterSettingsBuilder calculationMethod(CalculationMethod value) {
    calculationMethod = value;
    return this;
  }

  /**
   * Sets energyResolution.
   *
   * @param value digits of energies
   * @return this
   */
  public MeterSettingsBuilder energyResolution(EnergyResolution value) {
    energyResolution = value;
    return this;
  }

  /**
   * Sets layout.
   *
   * @param value the energies of the load profile
   * @return this
   */
  public MeterSettingsBuilder layout(LoadProfileLayout value) {
    layout = value;
    return this;
  }

  /**
   * Sets integrationPeriod.
   *
   * @param value seconds: 300, 900, 1800 or 3600
   * @return this
   */
  public MeterSettingsBuilder integrationPeriod(int value) {
    integrationPeriod = value;
    return this;
  }

  /**
   * Sets secondaryInLoadProfile.
   *
   * @param value whether the load profile keeps secondary energies
   * @return this
   */
  public MeterSettingsBuilder secondaryInLoadProfile(boolean value) {
    secondaryInLoadProfile = value;
    return this;
  }

  /**
   * Sets differencesInLoadProfile.
   *
   * @param value whether the load profile keeps differences
   * @return this
   */
  public MeterSettingsBuilder differencesInLoadProfile(boolean value) {
    differencesInLoadProfile = value;
    return this;
  }

  /**
   * Sets analysisInterval.
   *
   * @param value seconds: 300, 900, 1800 or 3600
   * @return this
   */
  public MeterSettingsBuilder analysisInterval(int value) {
    analysisInterval = value;
    return this;
  }

  /**
   * Sets analysisRegisters.
   *
   * @param value names of what the analysis logger captures
   * @return this
   */
  public MeterSettingsBuilder analysisRegisters(List<String> value) {
    analysisRegisters = value;
    return this;
  }

  /**
   * Sets debitingDay.
   *
   * @param value 1..28
   * @return this
   */
  public MeterSettingsBuilder debitingDay(int value) {
    debitingDay = value;
    return this;
  }

  /**
   * Sets debitingInterval.
   *
   * @param value how often debiting stops come
   * @return this
   */
  public MeterSettingsBuilder debitingInterval(DebitingInterval value) {
    debitingInterval = value;
    return this;
  }

  /**
   * Sets debiting2Interval.
   *
   * @param value 0 every day, 1 every Monday, 2 the first of the month
   * @return this
   */
  public MeterSettingsBuilder debiting2Interval(int value) {
    debiting2Interval = value;
    return this;
  }

  /**
   * Sets transformerRatio.
   *
   * @param value 1..600
   * @return this
   */
  public MeterSettingsBuilder transformerRatio(int value) {
    transformerRatio = value;
    return this;
  }

  /**
   * Sets transformerRatioLocked.
   *
   * @param value whether it cannot be changed
   * @return this
   */
  public MeterSettingsBuilder transformerRatioLocked(boolean value) {
    transformerRatioLocked = value;
    return this;
  }

  /**
   * Sets tariffControl.
   *
   * @param value 0..3
   * @return this
   */
  public MeterSettingsBuilder tariffControl(int value) {
    tariffControl = value;
    return this;
  }

  /**
   * Sets tariffPortsInverted.
   *
   * @param value whether the levels mean the other tariffs
   * @return this
   */
  public MeterSettingsBuilder tariffPortsInverted(boolean value) {
    tariffPortsInverted = value;
    return this;
  }

  /**
   * Sets batteryBackup.
   *
   * @param value whether the clock has a battery
   * @return this
   */
  public MeterSettingsBuilder batteryBackup(boolean value) {
    batteryBackup = value;
    return this;
  }

  /**
   * Sets clockLogFilter.
   *
   * @param value changes of the clock by less than so many seconds are not logged
   * @return this
   */
  public MeterSettingsBuilder clockLogFilter(int value) {
    clockLogFilter = value;
    return this;
  }

  /**
   * Sets breaker.
   *
   * @param value whether it can disconnect
   * @return this
   */
  public MeterSettingsBuilder breaker(boolean value) {
    breaker = value;
    return this;
  }

  /**
   * Sets debitingMonth.
   *
   * @param value the first month of a year with a debiting stop
   * @return this
   */
  public MeterSettingsBuilder debitingMonth(int value) {
    debitingMonth = value;
    return this;
  }

  /**
   * Sets generation.
   *
   * @param value which firmware it has
   * @return this
   */
  public MeterSettingsBuilder generation(FirmwareGeneration value) {
    generation = value;
    return this;
  }

  /**
   * Sets austrianLoadProfile.
   *
   * @param value whether the load profile is that of Austria
   * @return this
   */
  public MeterSettingsBuilder austrianLoadProfile(boolean value) {
    austrianLoadProfile = value;
    return this;
  }

  /**
   * Sets modulePort. Without it, the port is for four tariffs if it controls the tariff, else for
   * nothing.
   *
   * @param value what the lines of the module port do
   * @return this
   */
  public MeterSettingsBuilder modulePort(ModulePort value) {
    modulePort = value;
    return this;
  }

  /**
   * Sets hoursFromGreenwich.
   *
   * @param value -11..12
   * @return this
   */
  public MeterSettingsBuilder hoursFromGreenwich(int value) {
    hoursFromGreenwich = value;
    return this;
  }

  /**
   * Sets daylightSaving.
   *
   * @param value whether the clock changes to summer time
   * @return this
   */
  public MeterSettingsBuilder daylightSaving(boolean value) {
    daylightSaving = value;
    return this;
  }

  /**
   * Sets daylightSavingTable.
   *
   * @param value when daylight saving begins and ends; null for the rule of the European Union
   * @return this
   */
  public MeterSettingsBuilder daylightSavingTable(@Nullable DaylightSavingTable value) {
    daylightSavingTable = value;
    return this;
  }

  /**
   * Sets tariffPlans.
   *
   * @param value what tariff control 3 goes by
   * @return this
   */
  public MeterSettingsBuilder tariffPlans(TariffPlans value) {
    tariffPlans = value;
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
        debitingMonth,
        generation,
        austrianLoadProfile,
        port(),
        hoursFromGreenwich,
        daylightSaving,
        daylightSavingTable,
        tariffPlans);
  }

  private ModulePort port() {
    if (modulePort != null) {
      return modulePort;
    }
    return tariffControl == BY_MODULE_PORT
        ? new ModulePort(ModulePortFunction.FOUR_TARIFFS, tariffPortsInverted, tariffPortsInverted)
        : ModulePort.UNUSED;
  }
}
