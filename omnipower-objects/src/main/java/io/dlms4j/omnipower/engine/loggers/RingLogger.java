package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.store.Ring;
import io.dlms4j.server.profile.Rows;
import io.dlms4j.server.profile.RowsOverwrittenException;
import java.util.List;
import java.util.Objects;

/**
 * A logger as a ring of rows. Its newest row is new data (EventStatusA) until somebody has read it.
 */
class RingLogger implements MeterLogger {
  /** LoggerStatus bit 9: this is the last row that the logger can number. */
  static final int STATUS_NO_FURTHER_LOGS = 1 << 9;

  private final RowLayout layout;
  private final Ring ring;
  private final MeterClock clock;
  private final StatusWords status;
  private final int newData;
  private final int[] row;

  /**
   * Makes a logger.
   *
   * @param layout of its rows
   * @param ring for rows of that width
   * @param clock displays the times
   * @param status is told of new data
   * @param newData the bits of EventStatusA that stand for it
   */
  RingLogger(RowLayout layout, Ring ring, MeterClock clock, StatusWords status, int newData) {
    this.layout = layout;
    this.ring = ring;
    this.clock = clock;
    this.status = status;
    this.newData = newData;
    this.row = new int[layout.width()];
  }

  final RowLayout layout() {
    return layout;
  }

  /**
   * Appends a row, unless numbers are used up.
   *
   * @param time of the row
   * @param loggerStatus bits of its LoggerStatus
   * @param dataQuality bits of its DataQuality
   * @param values of the columns that are numbers and times, in the order of all columns
   * @return whether there is a new row
   */
  final boolean append(long time, int loggerStatus, int dataQuality, long... values) {
    if (ring.isFull()) {
      return false;
    }
    boolean last = ring.next() == Ring.LAST_NUMBER;
    int bits = last ? loggerStatus | STATUS_NO_FURTHER_LOGS : loggerStatus;
    row[RowLayout.TIME_LOW] = (int) time;
    row[RowLayout.TIME_HIGH_AND_STATUS] = RowLayout.timeHighAndStatus(time, bits);
    row[RowLayout.QUALITY_AND_CHECKSUM] = dataQuality;
    int next = 0;
    for (int column = 0; column < layout.columns().size(); column++) {
      int word = layout.word(column);
      switch (layout.kind(column)) {
        case NUMBER -> row[word] = (int) values[next++];
        case TIME -> {
          row[word] = (int) values[next];
          row[word + 1] = (int) (values[next++] >>> Integer.SIZE);
        }
        default -> {}
      }
    }
    row[RowLayout.QUALITY_AND_CHECKSUM] = RowLayout.withChecksum(row);
    ring.append();
    for (int word = 0; word < row.length; word++) {
      ring.set(word, row[word]);
    }
    status.newData(newData);
    return true;
  }

  /** Deletes all rows. */
  final void clear() {
    ring.clear();
  }

  @Override
  public final List<CapturedAttribute> columns() {
    return layout.columns();
  }

  @Override
  public final int profileEntries() {
    return ring.depth();
  }

  @Override
  public final Rows<LoggerRow> rows() {
    long oldest = ring.oldest();
    int size = ring.inUse();
    return new Rows<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public LoggerRow row(int position) {
        Objects.checkIndex(position, size);
        long number = oldest + position;
        if (!ring.isReadable(number)) {
          throw new RowsOverwrittenException(position);
        }
        if (number == ring.next() - 1) {
          status.read(newData);
        }
        return new CopiedRow(layout, clock, copy(number));
      }
    };
  }

  private int[] copy(long number) {
    int[] words = new int[layout.width()];
    for (int word = 0; word < words.length; word++) {
      words[word] = ring.get(number, word);
    }
    return words;
  }

  /** A row that stays what it was when its place in the ring is taken by another. */
  private static final class CopiedRow implements LoggerRow {
    private final RowLayout layout;
    private final MeterClock clock;
    private final int[] words;

    CopiedRow(RowLayout layout, MeterClock clock, int[] words) {
      this.layout = layout;
      this.clock = clock;
      this.words = words;
    }

    @Override
    public long time() {
      return RowLayout.time(words);
    }

    @Override
    public CosemData value(int column) {
      return layout.value(words, column, clock);
    }
  }
}
