package io.dlms4j.omnipower.engine;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.MeterSettingsBuilder;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.MemoryAfterPowerLoss;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A meter whose time and parameters are tried out, with its memory. */
final class TimeBench {
  static final int HOUR = 3_600;
  static final int DAY = 24 * HOUR;
  static final Measurement LOAD = Measurement.balanced(new Phase(230_000, 1_000, 0), 50_000);

  private final MeterSettings settings;
  private final MeterIdentity identity;
  private PermanentMemory memory = new PermanentMemory();
  private MeteringEngine engine;
  private EngineBackend backend;

  private TimeBench(MeterSettings settings, MeterIdentity identity, long now) {
    this.settings = settings;
    this.identity = identity;
    this.engine = new MeteringEngine(settings, memory, now);
    this.backend = new EngineBackend(engine, identity);
  }

  static TimeBench of(MeterSettingsBuilder settings, long now) {
    return new TimeBench(settings.build(), MeterIdentity.builder().build(), now);
  }

  static TimeBench of(MeterVariant variant, MeterIdentity identity) {
    return new TimeBench(MeterSettings.of(variant).build(), identity, at(2026, 1, 15, 0, 0));
  }

  static MeterSettingsBuilder threePhase() {
    return MeterSettings.of(MeterVariant.THREE_PHASE);
  }

  static long at(int year, int month, int day, int hour, int minute) {
    return LocalDateTime.of(year, month, day, hour, minute).toEpochSecond(ZoneOffset.UTC);
  }

  EngineBackend backend() {
    return backend;
  }

  MeteringEngine engine() {
    return engine;
  }

  void run(long seconds) {
    backend.run(second -> LOAD, seconds);
  }

  /** Takes the process away, and starts another one at some time. */
  void restart(long now) {
    memory = new MemoryAfterPowerLoss(memory);
    engine = new MeteringEngine(settings, memory, now);
    backend = new EngineBackend(engine, identity);
  }

  long number(String name) {
    CosemData value = backend.read(engine.catalogue().entry(name)).orElseThrow();
    return value.integralValue();
  }

  String text(String name) {
    return backend.read(engine.catalogue().entry(name)).orElseThrow().text();
  }

  Octets octets(String name) {
    return backend.read(engine.catalogue().entry(name)).orElseThrow().octetStringValue();
  }

  DataAccessResult write(String name, long value) {
    var entry = engine.catalogue().entry(name);
    return backend.write(entry, entry.number(value));
  }

  DataAccessResult write(String name, Octets value) {
    return backend.write(engine.catalogue().entry(name), CosemData.octetString(value));
  }
}
