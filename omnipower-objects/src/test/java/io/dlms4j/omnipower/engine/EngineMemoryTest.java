package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.store.FileMemory;
import io.dlms4j.omnipower.store.MemoryFailureException;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import io.dlms4j.omnipower.store.SyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine and its memory: what is there when it is opened again, and when it fails. */
class EngineMemoryTest {
  private static final MeterSettings SETTINGS = MeterSettings.of(MeterVariant.THREE_PHASE).build();
  private static final MeasurementSource SOURCE = new HouseholdSource(3);
  private static final long START = 1_700_000_000L;

  @TempDir Path parent;

  private static MeteringEngine engine(PermanentMemory memory, long now) {
    return new MeteringEngine(SETTINGS, memory, now);
  }

  private static EngineBackend backend(MeteringEngine engine) {
    return new EngineBackend(engine, MeterIdentity.builder().serialNumber(1).build());
  }

  /** All that can be read of the registers of energy, which no pause changes. */
  private static Map<String, CosemData> energies(MeteringEngine engine) {
    EngineBackend backend = backend(engine);
    Map<String, CosemData> energies = new TreeMap<>();
    for (CatalogueEntry entry : engine.catalogue().entries()) {
      if (entry.name().matches("([AER][0-9]+|A_Net)(_.*| - .*)?")) {
        backend.read(entry).ifPresent(value -> energies.put(entry.name(), value));
      }
    }
    return energies;
  }

  @Test
  void reg13AnEngineOpenedAgainHasTheEnergiesOfItsLastSecond() {
    Path directory = parent.resolve("memory");
    Map<String, CosemData> before = Map.of();
    for (int session = 0; session < 4; session++) {
      long now = START + session * 7_200L;
      try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER)) {
        assertEquals(session == 0 ? Condition.NEW : Condition.SOUND, memory.condition());
        MeteringEngine engine = engine(memory, now);
        if (session > 0) {
          assertEquals(before, energies(engine));
        }
        backend(engine).run(SOURCE, 3_600);
        assertNotEquals(before, energies(engine));
        before = energies(engine);
        assertTrue(before.size() > 30, before::toString);
      }
    }
  }

  @Test
  void aMeterWithADirectoryMetersAsOneWithoutDoes() {
    MeteringEngine forgetful = engine(new PermanentMemory(), START);
    backend(forgetful).run(SOURCE, 5_000);
    try (FileMemory memory = FileMemory.open(parent.resolve("memory"), SyncPolicy.NEVER)) {
      MeteringEngine kept = engine(memory, START);
      backend(kept).run(SOURCE, 5_000);
      assertEquals(energies(forgetful), energies(kept));
    }
  }

  @Test
  void nothingIsAnsweredThatIsNotKept() {
    FileMemory memory = FileMemory.open(parent.resolve("memory"), SyncPolicy.NEVER);
    MeteringEngine engine = engine(memory, START);
    EngineBackend backend = backend(engine);
    CatalogueEntry total = engine.catalogue().entry("A14");
    backend.run(SOURCE, 10);
    assertTrue(backend.read(total).isPresent());
    // From now on it can keep nothing, like one whose disk is full.
    memory.close();
    MemoryFailureException failure =
        assertThrows(MemoryFailureException.class, () -> backend.run(SOURCE, 1));
    assertSame(failure, assertThrows(MemoryFailureException.class, () -> backend.read(total)));
    assertThrows(MemoryFailureException.class, () -> backend.clock().normalTime());
    assertThrows(MemoryFailureException.class, () -> backend.setClock(START));
  }

  @Test
  void aMeterWhoseMemoryIsLostBeginsAtItsTime() throws IOException {
    Path directory = parent.resolve("memory");
    try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER)) {
      backend(engine(memory, START)).run(SOURCE, 10);
    }
    Path journal = directory.resolve("journal-0");
    byte[] octets = Files.readAllBytes(journal);
    octets[40] ^= 1;
    Files.write(journal, octets);
    try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER)) {
      assertEquals(Condition.DAMAGED, memory.condition());
      assertTrue(memory.beganEmpty());
      MeteringEngine engine = engine(memory, START + 100);
      assertEquals(START + 100, engine.clock().normalTime());
      backend(engine).run(SOURCE, 10);
    }
    try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER)) {
      assertEquals(Condition.SOUND, memory.condition());
    }
  }
}
