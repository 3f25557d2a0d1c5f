package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.NullData;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restores the rows of a profile's buffer that were compressed with null-data and delta types (Blue
 * Book, class 7: buffer; 4.1.5), one by one as they come, so that a long buffer can be streamed.
 *
 * <p>null-data stands for the value of the same column one row before; in a clock's column, for the
 * time before plus the capture period. A delta is added to the whole number before, whose type the
 * sum has. The first row must have every value in full. For one thread at a time.
 */
public final class BufferDecompressor {
  private final ProfileColumns columns;
  private @Nullable CosemData[] before;

  /**
   * A decompressor before the first row.
   *
   * @param columns what the rows are
   */
  public BufferDecompressor(ProfileColumns columns) {
    this.columns = columns;
    this.before = new @Nullable CosemData[0];
  }

  /**
   * Restores the next row.
   *
   * @param row as it was sent: a structure with a value for each column
   * @return the row with all values in full, but for null-data in the column of a clock without
   *     capture period
   * @throws AxdrException if the row is no such structure, a value is missing the one before it, a
   *     sum is more than its type holds, or a time before cannot be advanced. The row then counts
   *     as not given
   */
  public CosemData restore(CosemData row) {
    List<CosemData> values = row.structureOf(columns.columns());
    @Nullable CosemData[] known = new @Nullable CosemData[values.size()];
    CosemData[] restored = new CosemData[values.size()];
    for (int i = 0; i < restored.length; i++) {
      CosemData last = i < before.length ? before[i] : null;
      CosemData value = restore(i, last, values.get(i));
      restored[i] = value;
      // A time that is not known has none after it that would be.
      known[i] = value instanceof NullData ? null : value;
    }
    before = known;
    return CosemData.structure(List.of(restored));
  }

  private CosemData restore(int column, @Nullable CosemData last, CosemData value) {
    boolean delta = value instanceof DeltaData;
    if (!delta && !(value instanceof NullData)) {
      return value;
    }
    Duration period = columns.capturePeriod();
    boolean clock = columns.clocks().contains(column);
    if (!delta && clock && period == null) {
      return value;
    }
    if (last == null) {
      throw Steps.refused("column " + column + ": " + value + " without a value before it");
    }
    try {
      if (value instanceof DeltaData difference) {
        return Steps.add(last, difference);
      }
      return clock && period != null ? Steps.advance(last, period) : last;
    } catch (AxdrException e) {
      throw Steps.refused("column " + column + ": " + e.what());
    }
  }
}
