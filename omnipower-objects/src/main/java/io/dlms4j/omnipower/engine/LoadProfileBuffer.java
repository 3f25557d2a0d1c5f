package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.RowsOverwrittenException;
import java.util.Arrays;

/**
 * The rows of a load profile in a ring. Rows are numbered on and on; the newest {@link #depth()} of
 * them are in use, and a few more stay readable for a reader who chose them just before.
 *
 * <p>Time stamps rise from row to row, because the clock does.
 */
final class LoadProfileBuffer {
  /** The last number that a row can have. */
  static final long LAST_NUMBER = 0xFFFF_FFFFL;

  /** How many rows no longer in use stay readable: most of a day of quarters. */
  static final int SPARE_ROWS = 64;

  private static final int FIRST_ALLOCATION = 512;

  private final int depth;
  private final int columns;
  private final int format;
  private final long firstNumber;
  private long nextNumber;

  private long[] times;
  private short[] statuses;
  private int[] qualities;
  private int[] energies;

  LoadProfileBuffer(int depth, int columns, int format, long firstNumber) {
    this.depth = depth;
    this.columns = columns;
    this.format = format;
    this.firstNumber = firstNumber;
    this.nextNumber = firstNumber;
    int rows = Math.min(FIRST_ALLOCATION, depth + SPARE_ROWS);
    this.times = new long[rows];
    this.statuses = new short[rows];
    this.qualities = new int[rows];
    this.energies = new int[rows * columns];
  }

  int depth() {
    return depth;
  }

  int inUse() {
    return (int) Math.min(nextNumber - firstNumber, depth);
  }

  long newest() {
    return nextNumber - 1;
  }

  long oldest() {
    return nextNumber - inUse();
  }

  boolean isClosed() {
    return nextNumber > LAST_NUMBER;
  }

  /** Begins a row; {@link #setEnergy} completes it. */
  void append(long time, int status, long quality) {
    int row = index(nextNumber);
    if (row == times.length) {
      grow();
    }
    times[row] = time;
    statuses[row] =
        (short)
            (nextNumber == LAST_NUMBER ? status | LoadProfileRow.STATUS_NO_FURTHER_LOGS : status);
    qualities[row] = (int) quality;
    nextNumber++;
  }

  /** Sets a column of the newest row. */
  void setEnergy(int column, long value) {
    energies[index(newest()) * columns + column] = (int) value;
  }

  LoadProfileRow row(long number) {
    if (number <= newest() - capacity()) {
      throw new RowsOverwrittenException(number);
    }
    int row = index(number);
    long[] values = new long[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = Integer.toUnsignedLong(energies[row * columns + i]);
    }
    return new LoadProfileRow(
        number,
        times[row],
        Short.toUnsignedInt(statuses[row]),
        Integer.toUnsignedLong(qualities[row]),
        format,
        values);
  }

  /** The number of the oldest row in use with this time or a later one, or of the row to come. */
  long firstFrom(long time) {
    long low = oldest();
    long high = nextNumber;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (times[index(middle)] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int index(long number) {
    return (int) ((number - firstNumber) % capacity());
  }

  private int capacity() {
    return depth + SPARE_ROWS;
  }

  private void grow() {
    int rows = Math.min(times.length * 2, capacity());
    times = Arrays.copyOf(times, rows);
    statuses = Arrays.copyOf(statuses, rows);
    qualities = Arrays.copyOf(qualities, rows);
    energies = Arrays.copyOf(energies, rows * columns);
  }
}
