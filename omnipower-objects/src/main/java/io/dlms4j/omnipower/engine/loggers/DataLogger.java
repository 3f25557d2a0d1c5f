package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.function.LongSupplier;

/**
 * A logger of data: captures a row out of the readings when one of its periods ends, with what
 * happened in the period (LoggerStatus and DataQuality, DLMS description 3.4.1 and 3.4.2).
 *
 * <p>A period that ends while the meter is dead, or over which the clock is set, has no row: rows
 * are not filled up, and the next one says so.
 */
class DataLogger extends RingLogger {
  /** LoggerStatus bit 6: a row before this one is missing, or there twice. */
  static final int STATUS_TIME_DISCONTINUITY = 1 << 6;

  /** LoggerStatus bit 7: the logger captured something else before, and those rows are gone. */
  static final int STATUS_RECONFIGURED = 1 << 7;

  /** LoggerStatus bit 8: the period was another one before. */
  static final int STATUS_INTERVAL_CHANGED = 1 << 8;

  private static final int SHAPE = 0;
  private static final int STATUS = 1;
  private static final int QUALITY = 2;

  /** So that no shape is 0, which is the shape of a logger that has never been. */
  private static final long SHAPE_IS_KNOWN = 1L << 32;

  private final Schedule schedule;
  private final Cells cells;
  private final boolean reconfigured;
  private final LongSupplier[] sources;
  private final long[] values;

  /** What a logger is made of. */
  record Parts(
      String name,
      PermanentMemory memory,
      RowLayout layout,
      int depth,
      String shape,
      MeterClock clock,
      StatusWords status,
      int newData,
      Schedule schedule) {}

  DataLogger(Parts parts) {
    super(
        parts.layout,
        parts.memory.ring(parts.name, parts.layout.width(), parts.depth),
        parts.clock,
        parts.status,
        parts.newData);
    schedule = parts.schedule;
    cells = parts.memory.cells(parts.name + " marks", 3);
    sources = new LongSupplier[(int) parts.layout.columns().stream().filter(this::isRead).count()];
    values = new long[sources.length];
    String shape = parts.layout.columns() + " " + parts.depth + " " + parts.shape;
    long code = (shape.hashCode() & 0xFFFF_FFFFL) | SHAPE_IS_KNOWN;
    reconfigured = cells.get(SHAPE) != 0 && cells.get(SHAPE) != code;
    if (reconfigured) {
      clear();
      markStatus(STATUS_RECONFIGURED);
    }
    cells.set(SHAPE, code);
  }

  private boolean isRead(CapturedAttribute column) {
    return column.attribute() > 0 && layout().columns().indexOf(column) > 0;
  }

  /** Whether it had another shape before, so that its rows have been deleted. */
  final boolean isReconfigured() {
    return reconfigured;
  }

  /** Finds out where to read what it captures: after all concerns have said what they have. */
  void bind(Readings readings) {
    int next = 0;
    for (int column = 0; column < layout().columns().size(); column++) {
      CapturedAttribute captured = layout().columns().get(column);
      String name = captured.entry().name();
      switch (layout().kind(column)) {
        case NUMBER -> {
          long otherwise = captured.entry().numberByDefault();
          sources[next++] = readings.number(name).orElse(() -> otherwise);
        }
        case TIME -> sources[next++] = readings.time(name).orElse(() -> Readings.NEVER);
        default -> {}
      }
    }
  }

  final void markQuality(int bits) {
    cells.set(QUALITY, cells.get(QUALITY) | bits);
  }

  final void markStatus(int bits) {
    cells.set(STATUS, cells.get(STATUS) | bits);
  }

  /** The clock has been set from one of two times to the other, or the meter was off in between. */
  final void jumped(long one, long other) {
    if (schedule.endsWithin(Math.min(one, other), Math.max(one, other))) {
      markStatus(STATUS_TIME_DISCONTINUITY);
    }
  }

  final boolean endsAt(long now) {
    return schedule.endsAt(now);
  }

  /** A period has ended, and there will be no row of it. */
  final void missRow() {
    markStatus(STATUS_TIME_DISCONTINUITY);
  }

  /** A period has ended. */
  void captureRow(long now) {
    for (int i = 0; i < values.length; i++) {
      values[i] = sources[i].getAsLong();
    }
    refine(values);
    if (append(now, (int) cells.get(STATUS), (int) cells.get(QUALITY), values)) {
      cells.set(STATUS, 0);
      cells.set(QUALITY, 0);
    }
  }

  /** Makes what is kept out of what has been read, in the order of columns but the first three. */
  void refine(long[] read) {}
}
