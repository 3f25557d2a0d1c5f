package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.measurement.ConstantSource;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.PermanentMemory;
import org.junit.jupiter.api.Test;

class TripCounterButtonTest {
  @Test
  void reg08TheButtonResetsTheTripCounterOfAMeterThatRunsAndNotItsRegister() {
    EngineBackend meter =
        new EngineBackend(
            new MeteringEngine(
                MeterSettings.of(MeterVariant.THREE_PHASE).build(), new PermanentMemory(), 0),
            MeterIdentity.builder().build());
    Catalogue catalogue = Catalogue.of(MeterVariant.THREE_PHASE);
    CatalogueEntry trip = catalogue.entry("A14_TripCounter");
    CatalogueEntry register = catalogue.entry("A14");
    Measurement load = Measurement.balanced(new Phase(230_000, 10_000, 0), 50_000);

    meter.run(new ConstantSource(load), 3_600);
    assertEquals(CosemData.doubleLongUnsigned(6_900), meter.read(trip).orElseThrow());
    meter.resetTripCounters();
    assertEquals(CosemData.doubleLongUnsigned(0), meter.read(trip).orElseThrow());
    meter.run(new ConstantSource(load), 1_800);
    assertEquals(CosemData.doubleLongUnsigned(3_450), meter.read(trip).orElseThrow());
    assertEquals(CosemData.doubleLongUnsigned(10_350), meter.read(register).orElseThrow());
  }
}
