package io.dlms4j.omnipower.engine.clock;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.configuration.DaylightSavingTable;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The clock of the meter: a count of seconds of normal time, moved by the engine alone (technical
 * description 4.3, DLMS description 3.5).
 *
 * <p>Without mains it is carried by its backup: a supercapacitor for {@value #SUPERCAP_DAYS} days,
 * full again whenever the mains are back; or a battery for {@value #BATTERY_YEARS} years, the
 * lifetime that the documents promise, of which every second without mains is gone for good. When
 * the backup is used up, the clock stands. With the mains it goes on from there, and its time is
 * invalid until somebody sets it: the meter cannot know how long it stood. So time never runs
 * backwards unless somebody sets it back.
 *
 * <p>Besides, it counts the seconds of the world around the meter, which go on whatever the clock
 * shows: that a clock was an hour wrong when power went, it still is when power comes back.
 */
public final class RealTimeClock implements MeterClock {
  /** How long a supercapacitor carries the clock. */
  public static final int SUPERCAP_DAYS = 7;

  /** How long a battery carries the clock, all outages together. */
  public static final int BATTERY_YEARS = 10;

  /** The first second that it can be set to: 2000-01-01. */
  public static final long EARLIEST = 946_684_800L;

  /** The last second that it can be set to: 2099-12-31T23:59:59. */
  public static final long LATEST = 4_102_444_799L;

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SECONDS_PER_HOUR = 3_600;

  private static final int STARTED = 0;
  private static final int TIME = 1;
  private static final int WORLD = 2;
  private static final int WITHOUT_MAINS = 3;
  private static final int INVALID = 4;
  private static final int DAYLIGHT_SAVING = 5;

  private final Cells cells;
  private final boolean battery;
  private final long backup;
  private final boolean omnipower;
  private final boolean daylightSavingByDefault;
  private final @Nullable DaylightSavingTable table;

  /**
   * How much later than one hour east of Greenwich the summer time of the European Union changes,
   * by the meter's normal time: everywhere at the same instant.
   */
  private final long laterThanCentralEurope;

  /**
   * Makes a clock that shows what it did when power went.
   *
   * @param settings what carries it without mains, and when daylight saving begins and ends
   * @param memory where it is kept
   */
  public RealTimeClock(MeterSettings settings, PermanentMemory memory) {
    this.cells = memory.cells("clock", 6);
    this.battery = settings.batteryBackup();
    this.backup = (long) SECONDS_PER_DAY * (battery ? BATTERY_YEARS * 365L : SUPERCAP_DAYS);
    this.omnipower = settings.variant().isOmnipower();
    this.daylightSavingByDefault = settings.daylightSaving();
    this.table = settings.daylightSavingTable();
    this.laterThanCentralEurope = SECONDS_PER_HOUR * (settings.hoursFromGreenwich() - 1L);
  }

  /**
   * Begins, or goes on after a time without power.
   *
   * @param now what the time is outside the meter, in seconds of normal time: a clock that has
   *     never run is set to it. Any other knows only how long its backup has carried it. A time
   *     before that of the last second counts as no time without power at all
   */
  public void start(long now) {
    if (cells.get(STARTED) == 0) {
      cells.set(STARTED, 1);
      cells.set(TIME, now);
      cells.set(DAYLIGHT_SAVING, daylightSavingByDefault ? 1 : 0);
    } else {
      carry(Math.max(0, now - cells.get(WORLD)));
    }
    cells.set(WORLD, now);
  }

  /**
   * Goes on by one second.
   *
   * @param mains whether the mains keep the meter alive
   * @return what it shows then
   */
  public long tick(boolean mains) {
    cells.add(WORLD, 1);
    if (mains) {
      if (!battery) {
        cells.set(WITHOUT_MAINS, 0);
      }
      return cells.add(TIME, 1);
    }
    carry(1);
    return cells.get(TIME);
  }

  private void carry(long seconds) {
    long carried = Math.min(seconds, backup - cells.get(WITHOUT_MAINS));
    cells.add(TIME, carried);
    cells.add(WITHOUT_MAINS, carried);
    if (carried < seconds) {
      cells.set(INVALID, 1);
    }
  }

  /**
   * Sets it, which makes it valid.
   *
   * @param normalTime seconds of normal time
   * @return success; other-reason for a time outside the years 2000 to 2099: then nothing changes
   */
  public DataAccessResult set(long normalTime) {
    if (normalTime < EARLIEST || normalTime > LATEST) {
      return DataAccessResult.OTHER_REASON;
    }
    cells.set(TIME, normalTime);
    cells.set(INVALID, 0);
    return DataAccessResult.SUCCESS;
  }

  /**
   * Switches daylight saving on or off.
   *
   * @param enabled whether it is displayed
   */
  public void setDaylightSavingEnabled(boolean enabled) {
    cells.set(DAYLIGHT_SAVING, enabled ? 1 : 0);
  }

  /**
   * Tells what can be read of it besides its object.
   *
   * @param readings takes the values
   */
  public void describe(Readings readings) {
    // The documents have only the name and the value 1. Order code Z15 has two daylight saving
    // tables, 000 for none and 001: so it is the switch that the clock's attribute 8 is.
    readings.setting(
        "DaylightSavingConfig",
        () -> cells.get(DAYLIGHT_SAVING),
        value -> {
          if (value != 0 && value != 1) {
            return DataAccessResult.OTHER_REASON;
          }
          setDaylightSavingEnabled(value == 1);
          return DataAccessResult.SUCCESS;
        });
    if (omnipower) {
      readings.number("SouthernHemisphere", () -> isSouthernHemisphere() ? 1 : 0);
    }
  }

  private boolean isSouthernHemisphere() {
    DaylightSavingTable own = table;
    return own != null && own.isSouthernHemisphere();
  }

  /**
   * How many seconds the world around the meter has seen, whatever the clock was set to.
   *
   * @return seconds of normal time
   */
  public long worldTime() {
    return cells.get(WORLD);
  }

  @Override
  public long normalTime() {
    return cells.get(TIME);
  }

  @Override
  public boolean isValid() {
    return cells.get(INVALID) == 0;
  }

  @Override
  public boolean daylightSavingEnabled() {
    return cells.get(DAYLIGHT_SAVING) == 1;
  }

  @Override
  public MeterTime daylightSavingBegin() {
    DaylightSavingTable own = table;
    return own == null
        ? later(MeterClock.super.daylightSavingBegin())
        : new MeterTime(dateTime(own.begin(year(normalTime()))), false);
  }

  @Override
  public MeterTime daylightSavingEnd() {
    DaylightSavingTable own = table;
    return own == null
        ? later(MeterClock.super.daylightSavingEnd())
        : new MeterTime(dateTime(shown(own.end(year(normalTime())))), true);
  }

  @Override
  public MeterTime display(long normalTime) {
    DaylightSavingTable own = table;
    if (own == null) {
      return later(MeterClock.super.display(normalTime - laterThanCentralEurope));
    }
    boolean daylight = daylightSavingEnabled() && own.isDaylight(normalTime);
    return new MeterTime(dateTime(daylight ? shown(normalTime) : normalTime), daylight);
  }

  private MeterTime later(MeterTime time) {
    return laterThanCentralEurope == 0
        ? time
        : new MeterTime(time.dateTime().plusSeconds(laterThanCentralEurope), time.daylight());
  }

  private long shown(long normalTime) {
    return normalTime + 60L * daylightSavingDeviation();
  }

  private static int year(long normalTime) {
    return LocalDate.ofEpochDay(Math.floorDiv(normalTime, SECONDS_PER_DAY)).getYear();
  }

  private static LocalDateTime dateTime(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
  }
}
