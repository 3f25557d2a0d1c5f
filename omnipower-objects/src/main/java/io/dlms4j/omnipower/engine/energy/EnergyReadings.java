package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.engine.core.Readings;
import java.util.function.Supplier;

/**
 * What the meter shows of its energies (technical description, tables 4 to 6). A register has the
 * digits that were ordered and goes on at 0 after the last of them; what was counted does not.
 *
 * <p>Secondary registers have the five digits before the decimal point that the document gives
 * them. Verification registers (F = 128) show the same energies as the main ones, of the secondary
 * side, with as many decimals as the catalogue gives them: a laboratory reads the energy of a test
 * of minutes from them. They have the nine digits of the display, and go on at 0 as well.
 */
final class EnergyReadings {
  /** The display has nine digits (technical description 4.6.2). */
  private static final long NINE_DIGITS = 1_000_000_000L;

  private static final int PHASES = 3;

  private final EnergyResolution resolution;
  private final Catalogue catalogue;
  private final EnergyMeter meter;

  EnergyReadings(MeterSettings settings, Catalogue catalogue, EnergyMeter meter) {
    this.resolution = settings.energyResolution();
    this.catalogue = catalogue;
    this.meter = meter;
  }

  void describe(Readings readings) {
    for (EnergyKind kind : EnergyKind.values()) {
      register(readings, kind.name(), () -> meter.primary(kind));
      register(readings, kind + "_TripCounter", () -> meter.trip(kind));
      secondary(readings, kind + " - secondary", () -> meter.secondary(kind));
      verification(readings, kind + "_Veri", () -> meter.secondary(kind));
      for (int each = 1; each <= TariffRegisters.TARIFFS; each++) {
        int tariff = each;
        register(readings, kind + "_Tariff" + tariff, () -> meter.tariff(kind, tariff));
        secondary(
            readings,
            kind + " - tariff " + tariff + " - secondary",
            () -> meter.secondaryTariff(kind, tariff));
      }
    }
    for (int each = 1; each <= PHASES; each++) {
      int phase = each;
      register(readings, "A14_L" + phase, () -> ofPhase(phase, EnergyKind.A14));
      register(readings, "A23_L" + phase, () -> ofPhase(phase, EnergyKind.A23));
    }
    quadrant(readings, "R1", Accumulators.R1);
    quadrant(readings, "R2", Accumulators.R2);
    quadrant(readings, "R3", Accumulators.R3);
    quadrant(readings, "R4", Accumulators.R4);
    register(
        readings, "A1234", () -> meter.primary(EnergyKind.A14).plus(meter.primary(EnergyKind.A23)));
    register(
        readings,
        "A_Net",
        () -> meter.primary(EnergyKind.A14).minus(meter.primary(EnergyKind.A23)));
  }

  private Energy ofPhase(int phase, EnergyKind kind) {
    return meter.primary(Accumulators.ofPhase(phase, kind));
  }

  private void quadrant(Readings readings, String name, int accumulator) {
    register(readings, name, () -> meter.primary(accumulator));
    secondary(readings, name + " - secondary", () -> meter.secondary(accumulator));
  }

  private void register(Readings readings, String name, Supplier<Energy> energy) {
    put(readings, name, energy, wattHours(resolution));
  }

  private void secondary(Readings readings, String name, Supplier<Energy> energy) {
    put(readings, name, energy, wattHours(EnergyResolution.DIGITS_5_2));
  }

  private void verification(Readings readings, String name, Supplier<Energy> energy) {
    catalogue
        .find(name)
        .ifPresent(
            entry -> {
              int scaler = scaler(entry);
              readings.number(name, () -> Math.floorMod(steps(energy.get(), scaler), NINE_DIGITS));
            });
  }

  private void put(Readings readings, String name, Supplier<Energy> energy, long rollover) {
    catalogue
        .find(name)
        .ifPresent(
            entry -> {
              int scaler = scaler(entry);
              long steps = steps(new Energy(rollover, 0), scaler);
              readings.number(name, () -> Math.floorMod(steps(energy.get(), scaler), steps));
            });
  }

  private int scaler(CatalogueEntry entry) {
    return entry.scalerUnit(resolution).scaler();
  }

  /** Where registers of such digits go on at 0. */
  private static long wattHours(EnergyResolution digits) {
    return digits.rollover() * digits.step();
  }

  /** An energy in steps of a power of ten of Wh, rounded down. */
  private static long steps(Energy energy, int scaler) {
    if (scaler >= 0) {
      return Math.floorDiv(energy.wattHours(), powerOfTen(scaler));
    }
    long perWattHour = powerOfTen(-scaler);
    return energy.wattHours() * perWattHour + energy.rest() * perWattHour / EnergyTotals.WATT_HOUR;
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
