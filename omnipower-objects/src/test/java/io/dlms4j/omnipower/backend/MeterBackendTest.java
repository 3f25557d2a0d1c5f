package io.dlms4j.omnipower.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeterBackendTest {
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);

  /** The least that somebody with hardware has to write. */
  private static final class Hardware implements MeterBackend {
    private final MeterIdentity identity = MeterIdentity.builder().serialNumber(1).build();

    @Override
    public MeterIdentity identity() {
      return identity;
    }

    @Override
    public MeterClock clock() {
      return () -> 1_752_148_800L;
    }
  }

  @Test
  void aMeterThatOnlyHasAnIdentityAndAClockKnowsNothingElseAndTakesNothing() {
    MeterBackend meter = new Hardware();
    CatalogueEntry energy = CATALOGUE.entry("A14");
    assertEquals(Optional.empty(), meter.read(energy));
    assertEquals(
        DataAccessResult.READ_WRITE_DENIED, meter.write(energy, CosemData.doubleLongUnsigned(1)));
    assertEquals(Optional.empty(), meter.captureTime(CATALOGUE.entry("P14_Max")));
    assertTrue(meter.logger(CATALOGUE.entry("Load Profile logger")).isEmpty());
    assertEquals(EnergyResolution.DIGITS_6_3, meter.energyResolution());
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.setClock(0));
  }

  @Test
  void aMeterThatCannotSwitchDaylightSavingSaysSo() {
    MeterBackend meter = new Hardware();
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.setDaylightSavingEnabled(false));
    assertTrue(meter.clock().daylightSavingEnabled());
    assertTrue(meter.clock().isValid());
  }

  @Test
  void aMeterThatKeepsNoSecretAndNoLinkSettingsTakesThemUntilItIsRestarted() {
    MeterBackend meter = new Hardware();
    assertEquals(DataAccessResult.SUCCESS, meter.keepSecret(Octets.ofAscii("secret")));
    assertEquals(Optional.empty(), meter.secret());
    assertEquals(
        DataAccessResult.SUCCESS,
        meter.keepLinkSettings(new LinkSettings(1, 1, 128, 128, 500, 20, 32)));
    assertEquals(Optional.empty(), meter.linkSettings());
  }

  @Test
  void aClockThatOnlyCountsSecondsShowsDaylightSavingInItsSeason() {
    assertEquals(
        new MeterTime(LocalDateTime.of(2025, 7, 10, 13, 0), true), new Hardware().clock().time());
  }

  @Test
  void settingsOfTheLinkOutOfTheirRangesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new LinkSettings(0, 1, 128, 128, 500, 20, 32));
    assertThrows(
        IllegalArgumentException.class, () -> new LinkSettings(1, 1, 128, 2_031, 500, 20, 32));
    assertThrows(
        IllegalArgumentException.class, () -> new LinkSettings(1, 1, 128, 128, 500, 20, 126));
    assertThrows(
        IllegalArgumentException.class, () -> new LinkSettings(1, 1, 128, 128, 500, -1, 32));
  }
}
