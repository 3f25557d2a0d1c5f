package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.profile.ProfileObject;
import io.dlms4j.server.profile.RowSource;
import io.dlms4j.server.profile.Rows;
import io.dlms4j.server.profile.RowsOverwrittenException;
import io.dlms4j.server.profile.SortMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A logger as a Profile generic object, version 1 (Blue Book 4.3.6; DLMS description 3.4): rows in
 * the order in which they were captured, of which entry 0 is the newest.
 */
final class LoggerObject {
  private static final String BILLING = "Billing logger";
  private static final String LOAD_PROFILE = "Load Profile logger";
  private static final String ANALYSIS = "Analysis logger";

  private LoggerObject() {}

  /** Whether clients may change the period of a logger: that of two of them (3.4). */
  static boolean hasWritablePeriod(CatalogueEntry entry) {
    return entry.name().equals(LOAD_PROFILE) || entry.name().equals(ANALYSIS);
  }

  /** Whether clients may have a row captured: as "Force Billing Stop" does (3.1). */
  static boolean isCapturedByClients(CatalogueEntry entry) {
    return entry.name().equals(BILLING);
  }

  static CosemObject of(Catalogue catalogue, CatalogueEntry entry, MeterBackend backend) {
    MeterLogger logger =
        backend.logger(entry).orElseGet(() -> new NoLogger(columns(catalogue, entry)));
    List<CapturedAttribute> columns = logger.columns();
    CaptureObjectDefinition time = definition(columns.get(0));
    ProfileObject.Builder<LoggerRow> profile =
        ProfileObject.builder(entry.logicalName(), new LoggerRows(logger, backend.clock(), time))
            .column(
                time,
                row -> CosemData.octetString(time(backend, row)),
                (writer, row) ->
                    writer
                        .writeUnsigned8(DataTag.OCTET_STRING.value())
                        .writeOctetString(time(backend, row)))
            .entryNumbering(EntryNumbering.NEWEST_IS_ZERO)
            .sorted(SortMethod.FIFO, time);
    for (int i = 1; i < columns.size(); i++) {
      int column = i;
      profile.column(definition(columns.get(i)), row -> row.value(column));
    }
    profile.writableCapturePeriod(
        logger::capturePeriod,
        hasWritablePeriod(entry)
            ? logger::setCapturePeriod
            : seconds -> DataAccessResult.READ_WRITE_DENIED);
    if (isCapturedByClients(entry)) {
      profile.capture(request -> result(logger.capture()));
    }
    return profile.build();
  }

  private static Octets time(MeterBackend backend, LoggerRow row) {
    return MeterTimes.encode(backend.clock().display(row.time()));
  }

  private static CaptureObjectDefinition definition(CapturedAttribute column) {
    return new CaptureObjectDefinition(column.reference());
  }

  private static CompletionStage<InvokeResult> result(DataAccessResult result) {
    return result == DataAccessResult.SUCCESS
        ? InvokeResult.success()
        : InvokeResult.refused(
            ActionResult.ofCode(result.code()).orElse(ActionResult.OTHER_REASON));
  }

  /** What a logger captures that the backend does not have: the layout of a meter that is usual. */
  private static List<CapturedAttribute> columns(Catalogue catalogue, CatalogueEntry entry) {
    String phases = catalogue.variant() == MeterVariant.SINGLE_PHASE ? "single" : "three";
    List<CapturedAttribute> columns =
        catalogue.captured(
            entry,
            switch (entry.name()) {
              case LOAD_PROFILE -> "A+/A-/R+/R-";
              case ANALYSIS -> phases + "-phase, load profile A+/A-/R+/R-";
              default -> "all";
            });
    // No document says what the voltage quality logger of the older meters captures.
    return columns.isEmpty() ? List.of(new CapturedAttribute(catalogue.entry("RTC"), 2)) : columns;
  }

  /** A logger that is empty for ever. */
  private record NoLogger(List<CapturedAttribute> columns) implements MeterLogger {
    @Override
    public int profileEntries() {
      return 0;
    }

    @Override
    public Rows<LoggerRow> rows() {
      return new Rows<>() {
        @Override
        public int size() {
          return 0;
        }

        @Override
        public LoggerRow row(int position) {
          throw new IndexOutOfBoundsException(position);
        }
      };
    }
  }

  private record LoggerRows(MeterLogger logger, MeterClock clock, CaptureObjectDefinition time)
      implements RowSource<LoggerRow> {
    @Override
    public Rows<LoggerRow> rows() {
      return logger.rows();
    }

    @Override
    public long capacity() {
      return logger.profileEntries();
    }

    /**
     * Rows are compared by the instants that they were captured at, so that the hour that an autumn
     * night has twice is told apart. A clock that was set back has rows that do not rise: every row
     * is looked at.
     */
    @Override
    public Optional<Rows<LoggerRow>> between(
        CaptureObjectDefinition column, CosemData from, CosemData to) {
      if (!column.equals(time)) {
        return Optional.empty();
      }
      Optional<Long> first = MeterTimes.toNormalTime(clock, from.dateTimeValue());
      Optional<Long> last = MeterTimes.toNormalTime(clock, to.dateTimeValue());
      return first.isPresent() && last.isPresent()
          ? Optional.of(between(first.get(), last.get()))
          : Optional.empty();
    }

    private Rows<LoggerRow> between(long from, long to) {
      Rows<LoggerRow> all = logger.rows();
      int[] found = new int[all.size()];
      int count = 0;
      for (int i = 0; i < all.size(); i++) {
        if (isWithin(all, i, from, to)) {
          found[count] = i;
          count++;
        }
      }
      return new Chosen(all, Arrays.copyOf(found, count));
    }
  }

  /** Not if it has made room for a newer one since: it is in the logger no more. */
  private static boolean isWithin(Rows<LoggerRow> rows, int position, long from, long to) {
    try {
      long at = rows.row(position).time();
      return at >= from && at <= to;
    } catch (RowsOverwrittenException e) {
      return false;
    }
  }

  private static final class Chosen implements Rows<LoggerRow> {
    private final Rows<LoggerRow> all;
    private final int[] positions;

    Chosen(Rows<LoggerRow> all, int[] positions) {
      this.all = all;
      this.positions = positions;
    }

    @Override
    public int size() {
      return positions.length;
    }

    @Override
    public LoggerRow row(int position) {
      return all.row(positions[position]);
    }
  }
}
