package io.dlms4j.omnipower.replay;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.configuration.LoadProfileLayout;
import io.dlms4j.server.profile.Rows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A meter that shows recorded readings: each row of a {@link Recording} is in force from its time
 * on. What is not recorded has its default, and nothing can be written.
 *
 * <p>Where all energies of a layout of the load profile are recorded, there is a load profile: a
 * row a period with what was in force at its end, from the first row of the recording up to now,
 * and not beyond the last row. Nothing is kept for that: rows are made as they are read.
 *
 * <p>For all threads, if what tells the time is.
 */
public final class ReplayBackend implements MeterBackend {
  private final Recording recording;
  private final MeterIdentity identity;
  private final MeterClock clock;
  private final Optional<MeterLogger> loadProfile;

  /**
   * Makes a backend of a recording.
   *
   * @param recording what was read
   * @param catalogue the objects, the same that it was read with
   * @param identity numbers and names of the meter; what is recorded of them goes before
   * @param capturePeriod of the load profile, in seconds: 300, 900, 1800 or 3600
   * @param now tells the time, in seconds of normal time, whenever it is asked
   * @throws IllegalArgumentException if it is another period
   */
  public ReplayBackend(
      Recording recording,
      Catalogue catalogue,
      MeterIdentity identity,
      int capturePeriod,
      LongSupplier now) {
    if (!List.of(300, 900, 1_800, 3_600).contains(capturePeriod)) {
      throw new IllegalArgumentException(
          "capture_period " + capturePeriod + " is not 300, 900, 1800 or 3600");
    }
    this.recording = recording;
    this.identity = identity;
    this.clock = now::getAsLong;
    this.loadProfile = columns(catalogue).map(columns -> new LoadProfile(columns, capturePeriod));
  }

  /** The largest layout of which every register is recorded. */
  private Optional<List<CapturedAttribute>> columns(Catalogue catalogue) {
    CatalogueEntry logger = catalogue.entry("Load Profile logger");
    List<CapturedAttribute> largest = List.of();
    for (LoadProfileLayout layout : LoadProfileLayout.values()) {
      List<CapturedAttribute> columns = catalogue.captured(logger, layout.energies());
      boolean recorded =
          columns.stream()
              .map(CapturedAttribute::entry)
              .filter(entry -> entry.classId() == 3)
              .allMatch(recording::has);
      if (recorded && columns.size() > largest.size()) {
        largest = columns;
      }
    }
    return largest.isEmpty() ? Optional.empty() : Optional.of(largest);
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
    return recording.resolution();
  }

  @Override
  public Optional<CosemData> read(CatalogueEntry entry) {
    return recording.value(entry, clock.normalTime());
  }

  /** The time from which the value has been in force: that is all that a recording knows. */
  @Override
  public Optional<Long> captureTime(CatalogueEntry entry) {
    OptionalLong since = recording.since(entry, clock.normalTime());
    return since.isPresent() ? Optional.of(since.getAsLong()) : Optional.empty();
  }

  @Override
  public DataAccessResult write(CatalogueEntry entry, CosemData value) {
    return DataAccessResult.READ_WRITE_DENIED;
  }

  @Override
  public Optional<MeterLogger> logger(CatalogueEntry entry) {
    return entry.name().equals("Load Profile logger") ? loadProfile : Optional.empty();
  }

  private final class LoadProfile implements MeterLogger {
    private final List<CapturedAttribute> columns;
    private final int period;
    private final long first;

    LoadProfile(List<CapturedAttribute> columns, int period) {
      this.columns = columns;
      this.period = period;
      // The first end of a period at which there is a row.
      this.first = -Math.floorDiv(-recording.begin(), period) * period;
    }

    @Override
    public List<CapturedAttribute> columns() {
      return columns;
    }

    @Override
    public int capturePeriod() {
      return period;
    }

    @Override
    public int profileEntries() {
      return rowsUpTo(recording.end());
    }

    private int rowsUpTo(long time) {
      return time < first ? 0 : Math.toIntExact((time - first) / period + 1);
    }

    @Override
    public Rows<LoggerRow> rows() {
      int size = rowsUpTo(Math.min(clock.normalTime(), recording.end()));
      return new Rows<>() {
        @Override
        public int size() {
          return size;
        }

        @Override
        public LoggerRow row(int position) {
          if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(position);
          }
          return new Row(first + (long) position * period);
        }
      };
    }

    private final class Row implements LoggerRow {
      private final long time;

      Row(long time) {
        this.time = time;
      }

      @Override
      public long time() {
        return time;
      }

      @Override
      public CosemData value(int column) {
        CapturedAttribute captured = columns.get(column);
        return switch (captured.attribute()) {
          case CapturedAttribute.LOGGER_STATUS -> CosemData.longUnsigned(0);
          case CapturedAttribute.DATA_QUALITY -> CosemData.doubleLongUnsigned(0);
          default ->
              recording
                  .value(captured.entry(), time)
                  .orElseGet(() -> captured.entry().number(captured.entry().numberByDefault()));
        };
      }
    }
  }
}
