package io.dlms4j.omnipower.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vendor's list, counted. */
class CatalogueTest {
  private static final Map<MeterVariant, List<Integer>> COUNTS =
      Map.of(
          MeterVariant.K351C, List.of(235, 14),
          MeterVariant.K382M, List.of(179, 14),
          MeterVariant.SINGLE_PHASE, List.of(348, 15),
          MeterVariant.THREE_PHASE, List.of(348, 15),
          MeterVariant.CT, List.of(360, 15));

  @Test
  void thereAre402Rows() {
    assertEquals(402, CatalogueResources.objects().size());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void aVariantHasItsNumberOfObjectsAndItsFewPublicOnes(MeterVariant variant) {
    Collection<CatalogueEntry> entries = Catalogue.of(variant).entries();
    List<Integer> due = Objects.requireNonNull(COUNTS.get(variant));
    assertEquals(due.get(0), entries.size());
    assertEquals(
        due.get(1),
        (int) entries.stream().filter(each -> each.publicIn().contains(variant)).count());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void noTwoObjectsOfAVariantHaveOneNameOrOneObisCode(MeterVariant variant) {
    Set<String> names = new HashSet<>();
    Set<ObisCode> codes = new HashSet<>();
    for (CatalogueEntry entry : Catalogue.of(variant).entries()) {
      assertTrue(names.add(entry.name()), entry::name);
      assertTrue(codes.add(entry.logicalName()), entry::name);
    }
  }

  @Test
  void everyObjectOfAClassWithAValueHasATypeAndEveryDefaultFitsIt() {
    for (CatalogueEntry entry : CatalogueResources.objects()) {
      boolean hasValue = entry.classId() == 1 || entry.classId() == 3 || entry.classId() == 4;
      assertEquals(hasValue, entry.type() != null, entry::name);
      assertFalse(entry.description().isBlank(), entry::name);
      if (entry.holdsNumber()) {
        CosemData value = entry.number(entry.numberByDefault());
        assertEquals(entry.type(), value.tag());
        assertEquals(OptionalLong.of(entry.numberByDefault()), entry.number(value));
      }
    }
  }

  @Test
  void descriptionsPointToNoFilesThatUsersDoNotHave() {
    for (CatalogueEntry entry : CatalogueResources.objects()) {
      assertFalse(
          entry.description().matches(".*(\\.tsv|\\.txt|\\.md|AMB-|\\b00[0-4]\\b).*"),
          entry::description);
    }
  }

  @Test
  void whatASinglePhaseMeterHasAThreePhaseMeterHasToo() {
    assertEquals(
        List.copyOf(Catalogue.of(MeterVariant.THREE_PHASE).entries()),
        List.copyOf(Catalogue.of(MeterVariant.SINGLE_PHASE).entries()));
  }

  @Test
  void amb36TheListOfLogicalDevicesIsClass17AndReadOnly() {
    CatalogueEntry list =
        Catalogue.of(MeterVariant.CT).find(ObisCode.of("0.0.41.0.0.255")).orElseThrow();
    assertEquals(17, list.classId());
    assertEquals(Access.READ, list.access());
  }

  @Test
  void aNumberThatDoesNotFitItsTypeIsRefused() {
    Catalogue catalogue = Catalogue.of(MeterVariant.THREE_PHASE);
    CatalogueEntry energy = catalogue.entry("A14");
    assertEquals(DataTag.DOUBLE_LONG_UNSIGNED, energy.number(0xFFFF_FFFFL).tag());
    assertThrows(IllegalArgumentException.class, () -> energy.number(0x1_0000_0000L));
    assertThrows(IllegalArgumentException.class, () -> energy.number(-1));
    CatalogueEntry angle = catalogue.entry("Angle_I_U_L1");
    assertEquals(CosemData.longInteger(-90), angle.number(-90));
    assertThrows(IllegalArgumentException.class, () -> angle.number(40_000));
    CatalogueEntry text = catalogue.entry("SoftwareRevision");
    assertThrows(IllegalArgumentException.class, () -> text.number(1));
    assertEquals(OptionalLong.empty(), text.number(CosemData.visibleString("Q1")));
    assertEquals(OptionalLong.empty(), energy.number(CosemData.unsigned(1)));
    assertThrows(IllegalArgumentException.class, () -> catalogue.entry("no such name"));
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void everyLoggerButTheOldVoltageQualityLoggerHasColumnsThatBeginWithTheClock(
      MeterVariant variant) {
    Catalogue catalogue = Catalogue.of(variant);
    for (CatalogueEntry entry : catalogue.entries()) {
      if (entry.classId() == 7 && !entry.name().equals("Voltage quality logger")) {
        String layout =
            switch (entry.name()) {
              case "Load Profile logger" -> "A+/A-/R+/R-";
              case "Analysis logger" -> "three-phase, load profile A+/A-";
              default -> "all";
            };
        List<CapturedAttribute> columns = catalogue.captured(entry, layout);
        assertTrue(columns.size() > 1, entry::name);
        assertEquals("RTC:2", columns.get(0).toString());
        assertEquals(columns.size(), new HashSet<>(columns).size());
      }
    }
  }
}
