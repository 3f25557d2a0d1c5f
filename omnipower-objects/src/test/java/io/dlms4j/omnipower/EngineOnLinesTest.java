package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metering engine, written to and read over the wire. */
class EngineOnLinesTest {
  private static final AttributeRef TIME = AttributeRef.of(8, "0.1.1.0.0.255", 2);
  private static final AttributeRef MODE = AttributeRef.of(1, "1.1.96.52.21.255", 2);
  private static final AttributeRef TARIFF = AttributeRef.of(1, "1.1.129.0.0.255", 2);
  private static final AttributeRef TARIFF_5 = AttributeRef.of(3, "1.1.1.8.5.255", 2);
  private static final AttributeRef K3 = AttributeRef.of(1, "1.1.128.0.4.255", 2);
  private static final AttributeRef METER_NUMBER = AttributeRef.of(1, "1.1.0.0.1.255", 2);
  private static final AttributeRef METER_NUMBER_LOW = AttributeRef.of(1, "1.1.0.0.0.255", 2);
  private static final Measurement KILOWATTS =
      Measurement.balanced(new Phase(230_000, 10_000, 0), 50_000);

  private final EngineBackend backend =
      new EngineBackend(
          new MeteringEngine(
              MeterSettings.of(MeterVariant.THREE_PHASE).build(),
              new PermanentMemory(),
              LocalDateTime.of(2026, 7, 10, 12, 0).toEpochSecond(ZoneOffset.UTC)),
          MeterIdentity.builder().build());
  private MeterOnLines lines;
  private BlockingDlmsClient client;

  @BeforeEach
  void start() {
    lines = new MeterOnLines(OmnipowerMeter.of(backend).build());
    client = lines.connect(OmnipowerAssociation.OPTICAL);
  }

  @AfterEach
  void stop() {
    client.close();
    lines.close();
  }

  @Test
  void clk09AClientSetsTheClockAndAnAbsurdTimeIsRefused() {
    // 2026-07-10, Friday, 13:00:00, daylight saving.
    assertEquals(octets("07EA070A050D0000FF800080"), client.get(TIME));
    client.set(TIME, octets("07EA0C18040A1E00FF800000"));
    backend.run(second -> KILOWATTS, 30);
    assertEquals(octets("07EA0C18040A1E1EFF800000"), client.get(TIME));
    refused(DataAccessResult.OTHER_REASON, TIME, octets("07B20101040000000FFF8000"));
    assertEquals(octets("07EA0C18040A1E1EFF800000"), client.get(TIME));
  }

  @Test
  void tar06EnergyGoesToTheTariffThatAClientWrote() {
    refused(DataAccessResult.TEMPORARY_FAILURE, TARIFF, CosemData.unsigned(5));
    client.set(MODE, CosemData.unsigned(2));
    client.set(TARIFF, CosemData.unsigned(5));
    assertEquals(CosemData.unsigned(5), client.get(TARIFF));
    assertEquals(CosemData.doubleLongUnsigned(0), client.get(TARIFF_5));
    backend.run(second -> KILOWATTS, 3_600);
    // Three times 230 V and 10 A for an hour.
    assertEquals(CosemData.doubleLongUnsigned(6_900), client.get(TARIFF_5));
    refused(DataAccessResult.OTHER_REASON, TARIFF, CosemData.unsigned(9));
  }

  @Test
  void disc11AFactorThatBreaksTheOrderIsRefused() {
    refused(DataAccessResult.OTHER_REASON, K3, CosemData.unsigned(11));
    client.set(K3, CosemData.unsigned(9));
    assertEquals(CosemData.unsigned(9), client.get(K3));
    refused(DataAccessResult.TYPE_UNMATCHED, K3, CosemData.longUnsigned(8));
  }

  @Test
  void amb10AWrittenMeterNumberIsSeenInItsLowPartToo() {
    client.set(METER_NUMBER, CosemData.doubleLongUnsigned(19_083_074));
    assertEquals(CosemData.doubleLongUnsigned(19_083_074), client.get(METER_NUMBER));
    // 74543, as in the vendor's example.
    assertEquals(octets("01232F"), client.get(METER_NUMBER_LOW));
  }

  private void refused(DataAccessResult due, AttributeRef attribute, CosemData value) {
    assertEquals(
        due, assertThrows(DataAccessException.class, () -> client.set(attribute, value)).result());
  }

  private static CosemData octets(String hex) {
    return CosemData.octetString(Octets.ofHex(hex));
  }
}
