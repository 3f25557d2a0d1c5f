package io.dlms4j.omnipower.engine.energy;

import static io.dlms4j.omnipower.engine.energy.Bench.FREQUENCY;
import static io.dlms4j.omnipower.engine.energy.Bench.HOUR;
import static io.dlms4j.omnipower.engine.energy.Bench.watts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyRegistersTest {
  private static final String NUMERATOR = "Trafo ratio current numerator";
  private static final Measurement MIXED =
      new Measurement(
          new Phase(230_000, 10_000, 6_000),
          new Phase(230_000, 5_000, 15_000),
          new Phase(230_000, 2_000, 31_000),
          FREQUENCY);

  private static Measurement l1(int watts) {
    return new Measurement(watts(watts), Phase.NONE, Phase.NONE, FREQUENCY);
  }

  private static Bench transformers(int ratio) {
    return new Bench(
        MeterSettings.of(MeterVariant.CT)
            .energyResolution(EnergyResolution.DIGITS_7_2)
            .transformerRatio(ratio)
            .build());
  }

  @Test
  void tar01EnergyGoesToTheRegisterOfTheActiveTariffBesideTheTotal() {
    Bench bench = Bench.threePhase();
    for (int tariff = 1; tariff <= 8; tariff++) {
      bench.tariff(tariff);
      bench.run(l1(100 * tariff), HOUR);
    }
    for (int tariff = 1; tariff <= 8; tariff++) {
      assertEquals(100L * tariff, bench.read("A14_Tariff" + tariff));
      assertEquals(100L * tariff, bench.read("E14_Tariff" + tariff));
      assertEquals(0, bench.read("A23_Tariff" + tariff));
    }
    assertEquals(3_600, bench.read("A14"));
  }

  @Test
  void reg03QuadrantsHaveNoTariffRegisters() {
    for (MeterVariant variant : MeterVariant.values()) {
      Bench bench = new Bench(MeterSettings.of(variant).build());
      for (String quadrant : List.of("R1", "R2", "R3", "R4")) {
        assertFalse(bench.readings.has(quadrant + "_Tariff1"));
        assertFalse(bench.readings.has(quadrant + " - tariff 1 - secondary"));
      }
    }
  }

  @Test
  void reg08TripCountersCountFromTheirReset() {
    Bench bench = Bench.threePhase();
    bench.run(MIXED, HOUR);
    List<String> energies = List.of("A14", "A23", "R12", "R34", "E14", "E23");
    for (String name : energies) {
      assertEquals(bench.read(name), bench.read(name + "_TripCounter"), name);
    }
    List<Long> before = energies.stream().map(bench::read).toList();
    bench.meter.resetTripCounters();
    for (String name : energies) {
      assertEquals(0, bench.read(name + "_TripCounter"), name);
    }
    bench.run(MIXED, HOUR);
    for (int i = 0; i < energies.size(); i++) {
      String name = energies.get(i);
      assertEquals(before.get(i), bench.read(name + "_TripCounter"), name);
      assertEquals(1.0, bench.read(name) / (2.0 * before.get(i)), 0.001, name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DIGITS_7_0, 1, 2",
    "DIGITS_6_1, 12, 23",
    "DIGITS_7_1, 12, 23",
    "DIGITS_7_2, 123, 234",
    "DIGITS_6_3, 1234, 2345"
  })
  void reg18DigitsChangeWhatIsShownAndNotWhatIsCounted(
      EnergyResolution digits, long first, long second) {
    MeterVariant variant =
        digits == EnergyResolution.DIGITS_7_1 ? MeterVariant.CT : MeterVariant.THREE_PHASE;
    Bench bench = new Bench(MeterSettings.of(variant).energyResolution(digits).build());
    bench.run(l1(1_234), HOUR);
    assertEquals(first, bench.read("A14"));
    bench.run(l1(1_111), HOUR);
    assertEquals(second, bench.read("A14"));
    assertEquals(new Energy(2_345, 0), bench.meter.primary(EnergyKind.A14));
  }

  @Test
  void aRegisterGoesOnAtZeroAfterItsLastDigitAndWhatWasCountedDoesNot() {
    // 600 times 45 kW is 27 MW: the seven digits are used up after 370 hours and 22 minutes.
    Bench bench = transformers(600);
    Measurement most = Measurement.balanced(new Phase(300_000, 50_000, 0), FREQUENCY);
    bench.run(most, 371 * HOUR);
    assertEquals(new Energy(10_017_000_000L, 0), bench.meter.primary(EnergyKind.A14));
    assertEquals(17_000_000L / 10, bench.read("A14"));
    assertEquals(17_000_000L / 10, bench.read("A14_Tariff1"));
  }

  @Test
  void differencesOfTotalsAreRightWhenALongGoesOnAtItsSmallest() {
    Bench bench = transformers(600);
    Measurement most = Measurement.balanced(new Phase(300_000, 50_000, 0), FREQUENCY);
    bench.run(most, 94 * HOUR);
    long before = bench.meter.total(EnergyKind.A14);
    bench.run(most, HOUR);
    long after = bench.meter.total(EnergyKind.A14);
    assertEquals(true, before > 0 && after < 0);
    assertEquals(27_000_000L * 3_600_000_000L, after - before);
  }

  @Test
  void reg10TransformersMultiplyPrimaryRegistersAndNotSecondaryOnes() {
    Bench bench = transformers(60);
    bench.tariff(3);
    bench.run(l1(1_000), HOUR);
    bench.run(new Measurement(new Phase(200_000, 5_000, 9_000), Phase.NONE, Phase.NONE, 0), HOUR);
    assertEquals(60_000 / 10, bench.read("A14"));
    assertEquals(60_000 / 10, bench.read("A14_Tariff3"));
    assertEquals(60_000 / 10, bench.read("A14_L1"));
    assertEquals(60_000 / 10, bench.read("R1"));
    assertEquals(1_000 / 10, bench.read("A14 - secondary"));
    assertEquals(1_000 / 10, bench.read("A14 - tariff 3 - secondary"));
    assertEquals(1_000 / 10, bench.read("R12 - tariff 3 - secondary"));
    assertEquals(1_000 / 10, bench.read("R1 - secondary"));
    assertEquals(0, bench.read("R4 - secondary"));
    assertEquals(0, bench.read("A14 - tariff 1 - secondary"));
  }

  @Test
  void reg10SecondaryRegistersHaveFiveDigitsOfKilowattHours() {
    Bench bench = transformers(1);
    Measurement most = Measurement.balanced(new Phase(400_000, 100_000, 0), FREQUENCY);
    bench.run(most, 834 * HOUR);
    assertEquals(new Energy(100_080_000L, 0), bench.meter.secondary(EnergyKind.A14));
    assertEquals(80_000 / 10, bench.read("A14 - secondary"));
    assertEquals(100_080_000L / 10, bench.read("A14"));
  }

  @Test
  void reg11VerificationRegistersShowThousandthsOfAWattHourOfTheSecondarySide() {
    for (MeterVariant variant : List.of(MeterVariant.THREE_PHASE, MeterVariant.CT)) {
      Bench bench =
          new Bench(
              MeterSettings.of(variant)
                  .transformerRatio(variant.hasTransformers() ? 100 : 1)
                  .build());
      bench.run(MIXED, 36);
      for (EnergyKind kind :
          List.of(EnergyKind.A14, EnergyKind.A23, EnergyKind.R12, EnergyKind.R34)) {
        BigInteger exact = Bench.exact(bench.meter.secondary(kind));
        assertEquals(
            exact.divide(BigInteger.valueOf(3_600_000)).longValueExact(),
            bench.read(kind + "_Veri"));
      }
      assertFalse(bench.readings.has("E14_Veri"));
    }
  }

  @Test
  void reg11AVerificationRegisterGoesOnAtZeroAfterNineDigits() {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(new Phase(400_000, 100_000, 0), FREQUENCY), 9 * HOUR);
    assertEquals(1_080_000_000L - 1_000_000_000L, bench.read("A14_Veri"));
  }

  @Test
  void ct01ANewRatioCountsFromNowOnAndAltersNothingThatWasCounted() {
    Bench bench = transformers(60);
    bench.run(l1(1_000), HOUR);
    bench.meter.resetTripCounters();
    assertEquals(DataAccessResult.SUCCESS, bench.write(NUMERATOR, 100));
    assertEquals(60_000 / 10, bench.read("A14"));
    assertEquals(60_000 / 10, bench.read("A14_Tariff1"));
    bench.tariff(2);
    bench.run(l1(1_000), HOUR);
    assertEquals(160_000 / 10, bench.read("A14"));
    assertEquals(160_000 / 10, bench.read("A14_L1"));
    assertEquals(60_000 / 10, bench.read("A14_Tariff1"));
    assertEquals(100_000 / 10, bench.read("A14_Tariff2"));
    assertEquals(100_000 / 10, bench.read("A14_TripCounter"));
    assertEquals(2_000 / 10, bench.read("A14 - secondary"));
    assertEquals(
        BigInteger.valueOf(160_000L * 3_600_000_000L),
        BigInteger.valueOf(bench.meter.total(EnergyKind.A14)));
    assertEquals(100, bench.read(NUMERATOR));
    assertEquals(60, bench.read("Trafo ratio before change numerator"));
    assertEquals(1, bench.read("Trafo ratio current denominator"));
    assertEquals(0, bench.read("TrafoRatioLock"));
  }

  @Test
  void evt06AChangeOfTheRatioIsLoggedAndWritingTheSameAgainIsNot() {
    Bench bench = transformers(60);
    bench.write(NUMERATOR, 100);
    bench.write(NUMERATOR, 100);
    bench.write(NUMERATOR, 20);
    assertEquals(
        List.of("Trafo ratio logger [60, 100]", "Trafo ratio logger [100, 20]"), bench.events);
  }

  @ParameterizedTest
  @CsvSource({"0", "601", "65535"})
  void ct01ARatioThatNoTransformerHasIsRefused(long ratio) {
    Bench bench = transformers(60);
    assertEquals(DataAccessResult.OTHER_REASON, bench.write(NUMERATOR, ratio));
    assertEquals(60, bench.read(NUMERATOR));
    assertEquals(List.of(), bench.events);
  }

  @Test
  void ct01ALockedRatioCannotBeChanged() {
    Bench bench =
        new Bench(
            MeterSettings.of(MeterVariant.CT)
                .transformerRatio(60)
                .transformerRatioLocked(true)
                .build());
    assertEquals(DataAccessResult.READ_WRITE_DENIED, bench.write(NUMERATOR, 100));
    assertEquals(60, bench.read(NUMERATOR));
    assertEquals(1, bench.read("TrafoRatioLock"));
    assertEquals(List.of(), bench.events);
  }

  @Test
  void reg13EverythingThatWasCountedIsThereWhenPowerIsBack() {
    Bench bench = transformers(60);
    bench.run(MIXED, 1_234);
    bench.tariff(5);
    bench.write(NUMERATOR, 100);
    bench.run(MIXED, 777);
    bench.meter.resetTripCounters();
    bench.run(MIXED, 99);

    Bench again = bench.afterPowerLoss();
    again.tariff(5);
    for (int i = 0; i < 2; i++) {
      for (EnergyKind kind : EnergyKind.values()) {
        assertEquals(bench.meter.primary(kind), again.meter.primary(kind));
        assertEquals(bench.meter.secondary(kind), again.meter.secondary(kind));
        assertEquals(bench.meter.trip(kind), again.meter.trip(kind));
        assertEquals(bench.meter.total(kind), again.meter.total(kind));
        for (int tariff = 1; tariff <= 8; tariff++) {
          assertEquals(bench.meter.tariff(kind, tariff), again.meter.tariff(kind, tariff));
          assertEquals(
              bench.meter.secondaryTariff(kind, tariff), again.meter.secondaryTariff(kind, tariff));
        }
        for (int phase = 1; phase <= 3; phase++) {
          assertEquals(bench.meter.total(kind, phase), again.meter.total(kind, phase));
        }
      }
      assertEquals(100, again.read(NUMERATOR));
      assertEquals(60, again.read("Trafo ratio before change numerator"));
      bench.run(MIXED, 60);
      again.run(MIXED, 60);
    }
  }
}
