package io.dlms4j.omnipower.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DescribedReadingsTest {
  private static final int REGISTER = 3;

  /** Registers that others have: means, accumulated peaks, thresholds, prepayment, hours. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(".*(_Avg|peak,akk|Acc|Threshold|Prepayment).*|HourCounter");

  private static Bench bench(MeterVariant variant) {
    return new Bench(MeterSettings.of(variant).build());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void reg16EveryEnergyAndInstantaneousValueOfTheCatalogueIsThereAndNoOther(MeterVariant variant) {
    Set<String> expected = new TreeSet<>();
    for (CatalogueEntry entry : Catalogue.of(variant).entries()) {
      boolean captured = entry.access() == Access.CAPTURED_ONLY;
      if (entry.classId() == REGISTER && !captured && !OF_OTHERS.matcher(entry.name()).matches()) {
        expected.add(entry.name());
      }
    }
    Set<String> described = bench(variant).readings.names();
    described.removeIf(name -> name.startsWith("Trafo"));
    assertEquals(expected, described);
    assertTrue(expected.size() > 60, () -> variant + " has " + expected.size());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void theGreatestMeasurementFitsTheTypeOfEveryRegister(MeterVariant variant) {
    Catalogue catalogue = Catalogue.of(variant);
    int ratio = variant.hasTransformers() ? 600 : 1;
    for (int angle : new int[] {4_500, 13_500, 18_000, 22_500, 31_500}) {
      Bench bench = new Bench(MeterSettings.of(variant).transformerRatio(ratio).build());
      long apparent = (long) Measurement.MAX_VOLTAGE * Measurement.MAX_CURRENT;
      int sign = angle > 9_000 && angle < 27_000 ? -1 : 1;
      Phase most =
          new Phase(
              Measurement.MAX_VOLTAGE,
              Measurement.MAX_CURRENT,
              angle,
              sign * apparent,
              angle > 18_000 ? -apparent : apparent,
              Measurement.MAX_DISTORTION,
              Measurement.MAX_DISTORTION);
      bench.run(Measurement.balanced(most, Measurement.MAX_FREQUENCY), Bench.HOUR);
      for (String name : bench.readings.names()) {
        CosemData onTheWire = catalogue.entry(name).number(bench.read(name));
        assertEquals(bench.read(name), onTheWire.integralValue(), name);
      }
    }
  }
}
