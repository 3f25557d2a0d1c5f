package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.engine.TimeBench.at;
import static io.dlms4j.omnipower.engine.TimeBench.threePhase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.catalogue.ParameterRange;
import io.dlms4j.omnipower.configuration.MeterSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {
  private static final long NOW = at(2026, 1, 15, 0, 0);

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void everyDataObjectThatCanBeWrittenIsKnownToSomebody(MeterVariant variant) {
    TimeBench meter = TimeBench.of(MeterSettings.of(variant), NOW);
    List<String> unknown =
        written(variant).map(CatalogueEntry::name).filter(each -> !has(meter, each)).toList();
    assertEquals(List.of(), unknown);
    assertTrue(written(variant).count() > 20);
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void everyParameterHasItsDefaultTakesItsLimitsKeepsThemAndRefusesTheNextValues(
      MeterVariant variant) {
    Map<String, ParameterRange> ranges = ParameterRange.all();
    // Their limits lie beyond their neighbours'.
    List<String> bound =
        List.of("K1_Const", "K2_Const", "T2_Time", "T3_Time", "OvervoltageDisconnectThreshold");
    TimeBench meter = TimeBench.of(MeterSettings.of(variant), NOW);
    int tried = 0;
    for (ParameterRange range : ranges.values()) {
      if (Catalogue.of(variant).find(range.name()).isEmpty() || bound.contains(range.name())) {
        continue;
      }
      assertEquals(range.byDefault(), meter.number(range.name()), range.name());
      long max = Math.min(range.max(), neighbour(range));
      for (long value : new long[] {range.min(), max}) {
        assertEquals(DataAccessResult.SUCCESS, meter.write(range.name(), value), range.name());
        meter.restart(meter.backend().worldTime() + 1);
        assertEquals(value, meter.number(range.name()));
      }
      for (long value : new long[] {range.min() - 1, range.max() + 1}) {
        if (fits(variant, range.name(), value)) {
          assertEquals(DataAccessResult.OTHER_REASON, meter.write(range.name(), value));
          assertEquals(max, meter.number(range.name()), range.name());
        }
      }
      tried++;
    }
    assertTrue(tried >= (variant == MeterVariant.K351C ? 3 : 10), "tried " + tried);
  }

  @Test
  void everyRangeIsOfAnObjectThatCanBeWritten() {
    for (ParameterRange range : ParameterRange.all().values()) {
      assertTrue(
          Stream.of(MeterVariant.values())
              .flatMap(each -> Catalogue.of(each).find(range.name()).stream())
              .anyMatch(each -> isWritten(each.access()) && each.holdsNumber()),
          range.name());
    }
  }

  @Test
  void disc11FactorsAndTimesKeepTheirOrder() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("K3_Const", 11));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("K2_Const", 11));
    assertEquals(DataAccessResult.SUCCESS, meter.write("K1_Const", 30));
    assertEquals(DataAccessResult.SUCCESS, meter.write("K2_Const", 20));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("K1_Const", 19));
    assertEquals(DataAccessResult.SUCCESS, meter.write("K3_Const", 20));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("K3_Const", 21));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("T1_Time", 31));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("T2_Time", 29));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("T3_Time", 29));
    assertEquals(DataAccessResult.SUCCESS, meter.write("T3_Time", 65_535));
    assertEquals(DataAccessResult.SUCCESS, meter.write("T2_Time", 65_535));
    assertEquals(DataAccessResult.SUCCESS, meter.write("T1_Time", 65_535));
    assertEquals(List.of(30L, 20L, 20L), numbers(meter, "K1_Const", "K2_Const", "K3_Const"));
  }

  @Property(tries = 30)
  void disc11NoSequenceOfWritesBreaksTheOrder(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 5_999) Integer> writes) {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    List<String> names =
        List.of("K3_Const", "K2_Const", "K1_Const", "T1_Time", "T2_Time", "T3_Time");
    for (int write : writes) {
      String name = names.get(write % 6);
      long before = meter.number(name);
      long value = write / 6 % 100;
      boolean taken = meter.write(name, value) == DataAccessResult.SUCCESS;
      assertEquals(taken ? value : before, meter.number(name));
      for (int first : new int[] {0, 1, 3, 4}) {
        assertTrue(meter.number(names.get(first)) <= meter.number(names.get(first + 1)));
      }
    }
  }

  @Test
  void disc12LimitsFactorsAndTimesHaveTheDocumentedRanges() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    for (String limit : List.of("ThresholdHigh", "ThresholdLow")) {
      assertEquals(DataAccessResult.SUCCESS, meter.write(limit, 80));
      assertEquals(DataAccessResult.OTHER_REASON, meter.write(limit, 81));
      assertEquals(80, meter.number(limit));
    }
    assertEquals(DataAccessResult.SUCCESS, meter.write("K1_Const", 99));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("K1_Const", 100));
    assertEquals(DataAccessResult.SUCCESS, meter.write("T1_Time", 0));
    assertEquals(DataAccessResult.SUCCESS, meter.write("T3_Time", 65_535));
  }

  @Test
  void disc23TheDisconnectThresholdStaysAboveTheReconnectThreshold() {
    for (MeterVariant variant : List.of(MeterVariant.SINGLE_PHASE, MeterVariant.CT)) {
      TimeBench meter = TimeBench.of(MeterSettings.of(variant), NOW);
      assertEquals(
          List.of(285L, 265L),
          numbers(meter, "OvervoltageDisconnectThreshold", "OvervoltageReconnectThreshold"));
      assertEquals(
          DataAccessResult.OTHER_REASON, meter.write("OvervoltageDisconnectThreshold", 265));
      assertEquals(DataAccessResult.SUCCESS, meter.write("OvervoltageDisconnectThreshold", 266));
      assertEquals(
          DataAccessResult.OTHER_REASON, meter.write("OvervoltageReconnectThreshold", 266));
      assertEquals(DataAccessResult.SUCCESS, meter.write("OvervoltageReconnectThreshold", 250));
      assertEquals(DataAccessResult.SUCCESS, meter.write("OvervoltageDisconnectThreshold", 260));
      assertEquals(
          DataAccessResult.OTHER_REASON, meter.write("OvervoltageDisconnectThreshold", 259));
      assertEquals(
          DataAccessResult.OTHER_REASON, meter.write("OvervoltageDisconnectThreshold", 321));
      assertEquals(
          List.of(260L, 250L),
          numbers(meter, "OvervoltageDisconnectThreshold", "OvervoltageReconnectThreshold"));
      assertEquals(DataAccessResult.SUCCESS, meter.write("OvervoltageDisconnectThreshold", 320));
      assertEquals(DataAccessResult.SUCCESS, meter.write("OvervoltageReconnectThreshold", 270));
    }
  }

  @Test
  void disc24AllFunctionsThatDisconnectAreOffAtFirst() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    assertEquals(0, meter.number("CutoffBasis"));
    assertEquals(DataAccessResult.SUCCESS, meter.write("CutoffBasis", 0x40));
    assertEquals(0x40, meter.number("CutoffBasis"));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("CutoffBasis", 0x80));
    assertEquals(0x40, meter.number("CutoffBasis"));
  }

  @Test
  void tar13PrepaymentIsDisregardedWhileTheMeterIsConfiguredForTariffs() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    meter.write("CutoffBasis", 0b11);
    assertEquals(0b11, meter.number("CutoffBasis"));
    for (int mode = 1; mode <= 3; mode++) {
      meter.write("ModeSelector_TariffCtrl", mode);
      assertEquals(0b01, meter.number("CutoffBasis"));
    }
    meter.write("ModeSelector_TariffCtrl", 0);
    assertEquals(0b11, meter.number("CutoffBasis"));
    TimeBench older = TimeBench.of(MeterSettings.of(MeterVariant.K382M).tariffControl(1), NOW);
    older.write("CutoffBasis", 0b11);
    assertEquals(0b01, older.number("CutoffBasis"));
  }

  @Test
  void whatHasNoRangeTakesAllThatItsTypeHolds() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    assertEquals(0x40, meter.number("EventMaskA"));
    assertEquals(DataAccessResult.SUCCESS, meter.write("EventMaskA", 0xFFFF_FFFFL));
    assertEquals(0xFFFF_FFFFL, meter.number("EventMaskA"));
    assertEquals(DataAccessResult.SUCCESS, meter.write("AlarmEndPointPort", 65_535));
    assertEquals(65_535, meter.number("AlarmEndPointPort"));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("AlarmCallConfig", 127));
    assertEquals(128, meter.number("AlarmCallConfig"));
  }

  @Test
  void theBreakerIsConnectedAndTakesNoCommand() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.write("CouplingState", 1));
    assertEquals(4, meter.number("CouplingState"));
  }

  @Test
  void numbersAndNamesAreThoseThatTheMeterWasMadeWith() {
    MeterIdentity identity =
        MeterIdentity.builder()
            .serialNumber(19_083_074)
            .meterNumber2(2)
            .meterNumber3(3)
            .specialData(4, 5)
            .software(5_098_736, "T1")
            .typeNumber("684113PBN143002084")
            .build();
    for (MeterVariant variant : MeterVariant.values()) {
      TimeBench meter = TimeBench.of(variant, identity);
      assertEquals(identity, meter.backend().identity());
      assertEquals(
          List.of(19_083_074L, 2L, 3L, 19_083_074L, 4L, 5L),
          numbers(
              meter,
              "MeterNo1",
              "MeterNo2",
              "MeterNo3",
              "SerialNo",
              "SpecialData",
              "SpecialData2"));
      assertEquals("5098736-T1", meter.text("SoftwareNumberRevisionAscii"));
      assertEquals("T1", meter.text("SoftwareRevision"));
      assertEquals("684113PBN143002084", meter.text("CompleteMeterTypeNo"));
      assertEquals(Octets.EMPTY, meter.octets("ModuleId"));
      assertEquals(variant.isOmnipower(), has(meter, "IdentificationNumber"));
    }
    assertEquals(
        "1KAS0019083074",
        TimeBench.of(MeterVariant.THREE_PHASE, identity).text("IdentificationNumber"));
  }

  @Test
  void writtenNumbersOutlivePower() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    List<String> names = List.of("MeterNo1", "MeterNo2", "MeterNo3", "SpecialData", "SpecialData2");
    for (String name : names) {
      assertEquals(DataAccessResult.SUCCESS, meter.write(name, 0xFFFF_FFF0L + names.indexOf(name)));
    }
    assertEquals(DataAccessResult.SUCCESS, meter.write("ModuleId", Octets.ofHex("0102")));
    meter.restart(NOW + 1);
    for (String name : names) {
      assertEquals(0xFFFF_FFF0L + names.indexOf(name), meter.number(name));
    }
    assertEquals(Octets.ofHex("0102"), meter.octets("ModuleId"));
    assertEquals(0xFFFF_FFF0L, meter.backend().identity().meterNumber1());
    assertEquals(17_882_969, meter.number("SerialNo"));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("ModuleId", Octets.view(new byte[33])));
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.write("SerialNo", 1));
  }

  @Test
  void amb10MeterNoLowIsTheThreeHighOctetsOfTheMeterNumber() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    // 17882969 / 256 is 69855, the vendor's example.
    assertEquals(Octets.of(1, 0x10, 0xDF), meter.octets("MeterNoLow"));
    assertEquals(DataAccessResult.SUCCESS, meter.write("MeterNoLow", Octets.of(0xFF, 0x80, 0x01)));
    assertEquals(0xFF80_0100L + 17_882_969 % 256, meter.number("MeterNo1"));
    assertEquals(Octets.of(0xFF, 0x80, 0x01), meter.octets("MeterNoLow"));
    for (Octets wrong : List.of(Octets.EMPTY, Octets.of(1, 2), Octets.of(1, 2, 3, 4))) {
      assertEquals(DataAccessResult.OTHER_REASON, meter.write("MeterNoLow", wrong));
    }
    assertEquals(Octets.of(0xFF, 0x80, 0x01), meter.octets("MeterNoLow"));
  }

  @Test
  void aSecretIsKept() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    assertEquals(Optional.empty(), meter.backend().secret());
    Octets secret = Octets.ofAscii("67890");
    assertEquals(DataAccessResult.SUCCESS, meter.backend().keepSecret(secret));
    meter.restart(NOW + 1);
    assertEquals(Optional.of(secret), meter.backend().secret());
    assertEquals(
        DataAccessResult.OTHER_REASON, meter.backend().keepSecret(Octets.view(new byte[256])));
    assertEquals(Optional.of(secret), meter.backend().secret());
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    TimeBench meter = TimeBench.of(threePhase(), NOW);
    for (CosemData value :
        List.of(
            CosemData.longUnsigned(1), CosemData.octetString(Octets.of(1)), CosemData.bool(true))) {
      assertEquals(
          DataAccessResult.TYPE_UNMATCHED,
          meter.backend().write(Catalogue.of(MeterVariant.THREE_PHASE).entry("Coupling"), value));
    }
    assertEquals(0, meter.number("Coupling"));
    assertFalse(has(meter, "nothing of that name"));
  }

  private static Stream<CatalogueEntry> written(MeterVariant variant) {
    return Catalogue.of(variant).entries().stream()
        .filter(each -> each.classId() == 1 && isWritten(each.access()));
  }

  private static boolean isWritten(Access access) {
    return access == Access.READ_AND_WRITE || access == Access.READ_AND_WRITE_BY_PRIMARY_MODULE;
  }

  private static boolean has(TimeBench meter, String name) {
    return meter.engine().readings().has(name);
  }

  private static boolean fits(MeterVariant variant, String name, long value) {
    long max = Catalogue.of(variant).entry(name).type() == DataTag.UNSIGNED ? 0xFF : 0xFFFF;
    return value >= 0 && value <= max;
  }

  /** What a parameter can be at most while those that are ordered with it have their defaults. */
  private static long neighbour(ParameterRange range) {
    return switch (range.name()) {
      case "K3_Const" -> 10;
      case "T1_Time" -> 30;
      default -> Long.MAX_VALUE;
    };
  }

  private static List<Long> numbers(TimeBench meter, String... names) {
    return Stream.of(names).map(meter::number).toList();
  }
}
