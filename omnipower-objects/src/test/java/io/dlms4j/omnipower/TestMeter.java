package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LinkSettings;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A meter that measures nothing: it shows what a test gives it, and keeps what clients write. */
final class TestMeter implements MeterBackend {
  /** A value that no object takes. */
  static final long REFUSED_VALUE = 99;

  private final MeterIdentity identity;
  private final Map<String, CosemData> values = new ConcurrentHashMap<>();
  private final Map<String, Long> captureTimes = new ConcurrentHashMap<>();
  private final Map<String, TestLogger> loggers = new ConcurrentHashMap<>();
  private final MeterClock clock = new Clock();
  private EnergyResolution resolution = EnergyResolution.DIGITS_6_3;
  private volatile long now;
  private volatile boolean daylightSaving = true;
  private volatile boolean valid = true;
  private volatile Optional<Octets> secret = Optional.empty();
  private volatile Optional<LinkSettings> link = Optional.empty();
  private volatile boolean keeping = true;

  TestMeter() {
    this(MeterIdentity.builder().serialNumber(17_882_969).build());
  }

  TestMeter(MeterIdentity identity) {
    this.identity = identity;
    this.now = clock.normalTimeOf(new MeterTime(LocalDateTime.of(2013, 10, 9, 21, 19, 46), true));
  }

  TestMeter resolution(EnergyResolution digits) {
    resolution = digits;
    return this;
  }

  TestMeter value(String name, CosemData value) {
    values.put(name, value);
    return this;
  }

  TestMeter captureTime(String name, long normalTime) {
    captureTimes.put(name, normalTime);
    return this;
  }

  TestMeter logger(String name, TestLogger logger) {
    loggers.put(name, logger);
    return this;
  }

  TestMeter invalidClock() {
    valid = false;
    return this;
  }

  void now(LocalDateTime dateTime, boolean daylight) {
    now = clock.normalTimeOf(new MeterTime(dateTime, daylight));
  }

  /** From now on it keeps no secret and no settings of the link. */
  void stopKeeping() {
    keeping = false;
  }

  @Override
  public MeterIdentity identity() {
    return identity;
  }

  @Override
  public MeterClock clock() {
    return clock;
  }

  @Override
  public EnergyResolution energyResolution() {
    return resolution;
  }

  @Override
  public Optional<CosemData> read(CatalogueEntry entry) {
    return Optional.ofNullable(values.get(entry.name()));
  }

  @Override
  public Optional<Long> captureTime(CatalogueEntry entry) {
    return Optional.ofNullable(captureTimes.get(entry.name()));
  }

  @Override
  public DataAccessResult write(CatalogueEntry entry, CosemData value) {
    if (entry.holdsNumber() && value.integralValue() == REFUSED_VALUE) {
      return DataAccessResult.TEMPORARY_FAILURE;
    }
    values.put(entry.name(), value);
    return DataAccessResult.SUCCESS;
  }

  @Override
  public Optional<MeterLogger> logger(CatalogueEntry entry) {
    return Optional.ofNullable(loggers.get(entry.name()));
  }

  @Override
  public DataAccessResult setClock(long normalTime) {
    now = normalTime;
    return DataAccessResult.SUCCESS;
  }

  @Override
  public DataAccessResult setDaylightSavingEnabled(boolean enabled) {
    daylightSaving = enabled;
    return DataAccessResult.SUCCESS;
  }

  @Override
  public DataAccessResult keepSecret(Octets kept) {
    if (!keeping) {
      return DataAccessResult.HARDWARE_FAULT;
    }
    secret = Optional.of(kept);
    return DataAccessResult.SUCCESS;
  }

  @Override
  public Optional<Octets> secret() {
    return secret;
  }

  @Override
  public DataAccessResult keepLinkSettings(LinkSettings settings) {
    if (!keeping) {
      return DataAccessResult.HARDWARE_FAULT;
    }
    link = Optional.of(settings);
    return DataAccessResult.SUCCESS;
  }

  @Override
  public Optional<LinkSettings> linkSettings() {
    return link;
  }

  private final class Clock implements MeterClock {
    @Override
    public long normalTime() {
      return now;
    }

    @Override
    public boolean daylightSavingEnabled() {
      return daylightSaving;
    }

    @Override
    public boolean isValid() {
      return valid;
    }
  }
}
