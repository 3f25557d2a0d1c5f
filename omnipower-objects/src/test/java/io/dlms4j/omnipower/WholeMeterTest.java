package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The metering engine behind the objects of each variant, as a client reads them. */
class WholeMeterTest {
  /** 2026-03-02, a Monday, at midnight. */
  private static final long MONDAY = 1_772_409_600L;

  private static final int HOUR = 3_600;

  /** Objects of functions that no engine of ours has yet; their defaults are told. */
  private static final List<String> LATER =
      List.of(
          "VQ_Counter_",
          "Load",
          "ActiveUsageProfile",
          "ActiveSeasonProfile",
          "CouplingFeedback",
          "CouplingState",
          "ThresholdDisconnect",
          "Prepayment",
          "A14_Prepayment",
          "LastPrepaymentValue",
          "PulsInputLevel",
          "RomChecksum",
          "ConfigurationNo",
          "SW revision",
          "Modulport UART setup",
          "Format_KMP_Energy");

  private static EngineBackend meter(MeterVariant variant) {
    MeteringEngine engine =
        new MeteringEngine(MeterSettings.of(variant).build(), new PermanentMemory(), MONDAY);
    return new EngineBackend(engine, MeterIdentity.builder().serialNumber(17_882_969).build());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void theEngineKnowsWhatItsVariantHasAndNothingElseIsMadeUp(MeterVariant variant) {
    EngineBackend backend = meter(variant);
    Set<String> unknown = new TreeSet<>();
    for (CatalogueEntry entry : Catalogue.of(variant).entries()) {
      if ((entry.classId() == 1 || entry.classId() == 3 || entry.classId() == 4)
          && entry.access() != Access.CAPTURED_ONLY
          && backend.read(entry).isEmpty()
          && LATER.stream().noneMatch(entry.name()::startsWith)) {
        unknown.add(entry.name());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void everyAttributeOfAMeterThatMetersIsReadOverTheWire(MeterVariant variant) {
    EngineBackend backend = meter(variant);
    backend.run(new HouseholdSource(7), 50 * HOUR);
    OmnipowerMeter meter = OmnipowerMeter.of(backend).variant(variant).build();
    Catalogue catalogue = Catalogue.of(variant);
    List<String> different = new ArrayList<>();
    int rows = 0;
    try (MeterOnLines lines = new MeterOnLines(meter);
        BlockingDlmsClient client =
            lines.wrapper(OmnipowerAssociation.PRIMARY_MODULE).connect().blocking()) {
      for (ObjectListElement object : client.associationView().objects()) {
        CatalogueEntry entry = catalogue.find(object.logicalName()).orElseThrow();
        for (ObjectListElement.AttributeAccess access : object.attributeAccess()) {
          if (!access.accessMode().mayRead()) {
            continue;
          }
          CosemData value =
              client.get(
                  new AttributeRef(entry.classId(), entry.logicalName(), access.attributeIndex()));
          if (access.attributeIndex() == 2 && entry.classId() == 7) {
            rows += value.elements().size();
          }
          Optional<CosemData> known =
              access.attributeIndex() == 2 && entry.classId() <= 4
                  ? backend.read(entry)
                  : Optional.empty();
          if (known.isPresent() && !known.get().equals(value)) {
            different.add(entry.name() + ": " + value + ", not " + known.get());
          }
        }
      }
    }
    assertEquals(List.of(), different);
    // 200 quarters in the load profile and the analysis logger, two days in debiting logger 2.
    assertTrue(rows >= 402, rows + " rows");
  }
}
