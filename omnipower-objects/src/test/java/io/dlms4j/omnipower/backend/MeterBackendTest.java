package io.dlms4j.omnipower.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterBackendTest {
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

    @Override
    public long energy(EnergyKind kind) {
      return kind == EnergyKind.A_PLUS ? 189_197 : 0;
    }
  }

  @Test
  void aMeterWithoutALoadProfileHasNoRowsAndNoRoomForThem() {
    LoadProfile profile = new Hardware().loadProfile();
    assertEquals(0, profile.entriesInUse());
    assertEquals(0, profile.profileEntries());
    assertEquals(0, profile.all().size());
    assertEquals(0, profile.entries(0, 0).size());
    assertFalse(profile.all().iterator().hasNext());
  }

  @Test
  void aMeterThatCannotSwitchDaylightSavingSaysSo() {
    MeterBackend meter = new Hardware();
    assertFalse(meter.setDaylightSavingEnabled(false));
    assertTrue(meter.clock().daylightSavingEnabled());
  }

  @Test
  void aClockThatOnlyCountsSecondsShowsDaylightSavingInItsSeason() {
    assertEquals(
        new MeterTime(LocalDateTime.of(2025, 7, 10, 13, 0), true), new Hardware().clock().time());
  }

  @Test
  void rowsAndEntriesOutOfTheirTypesAreRefused() {
    LoadProfile profile = LoadProfile.of(900, List.of(EnergyKind.A_PLUS), 10, List::of);
    assertThrows(IllegalArgumentException.class, () -> profile.entries(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new LoadProfileRow(-1, 0, 0, 0, 5));
    assertThrows(IllegalArgumentException.class, () -> new LoadProfileRow(1, 0, 0x1_0000, 0, 5));
    assertThrows(
        IllegalArgumentException.class, () -> new LoadProfileRow(1, 0, 0, 0x1_0000_0000L, 5));
    assertThrows(IllegalArgumentException.class, () -> new LoadProfileRow(1, 0, 0, 0, 256));
    assertThrows(
        IllegalArgumentException.class, () -> new LoadProfileRow(1, 0, 0, 0, 5, 0x1_0000_0000L));
  }

  @Test
  void aRowKeepsItsEnergiesWhateverBecomesOfTheArrayTheyCameIn() {
    long[] energies = {1, 2};
    LoadProfileRow row = new LoadProfileRow(1, 900, 0, 0, 5, energies);
    energies[0] = 99;
    assertEquals(new LoadProfileRow(1, 900, 0, 0, 5, 1, 2), row);
    assertEquals(1, row.energy(0));
  }
}
