package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.NullData;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the rows of a profile's buffer with null-data, and with delta types where asked for
 * (Blue Book, class 7: buffer; 4.1.5), one by one. {@link BufferDecompressor} restores them.
 *
 * <p>The first row is written in full, so that each answer to a client needs a compressor of its
 * own. For one thread at a time.
 */
public final class BufferCompressor {
  private final ProfileColumns columns;
  private final boolean deltas;
  private List<CosemData> before = List.of();

  /**
   * A compressor before the first row.
   *
   * @param columns what the rows are
   * @param deltas whether the peer knows delta types; a delta is written where it takes less octets
   *     than the value
   */
  public BufferCompressor(ProfileColumns columns, boolean deltas) {
    this.columns = columns;
    this.deltas = deltas;
  }

  /**
   * Compresses the next row.
   *
   * @param row a structure with a value for each column
   * @return the row with null-data and deltas where they say the same
   * @throws IllegalArgumentException if the row is no such structure, or has null-data or a delta
   *     already: it could not be told from a compressed value. The row then counts as not given
   */
  public CosemData compress(CosemData row) {
    if (!(row instanceof CosemData.StructureData) || row.elements().size() != columns.columns()) {
      throw new IllegalArgumentException(
          DataText.describe(row) + " is no structure of " + columns.columns() + " elements");
    }
    List<CosemData> values = row.elements();
    CosemData[] compressed = new CosemData[values.size()];
    for (int i = 0; i < compressed.length; i++) {
      CosemData value = values.get(i);
      if (value instanceof NullData || value instanceof DeltaData) {
        throw new IllegalArgumentException("column " + i + " holds no value but " + value);
      }
      compressed[i] = before.isEmpty() ? value : compress(i, before.get(i), value);
    }
    before = values;
    return CosemData.structure(List.of(compressed));
  }

  private CosemData compress(int column, CosemData last, CosemData value) {
    CosemData repeated = columns.clocks().contains(column) ? after(last) : last;
    if (value.equals(repeated)) {
      return CosemData.nullData();
    }
    DeltaData delta = deltas ? Steps.delta(last, value) : null;
    return delta == null ? value : delta;
  }

  /** The time that null-data would stand for, if for any. */
  private @Nullable CosemData after(CosemData last) {
    Duration period = columns.capturePeriod();
    if (period == null) {
      return null;
    }
    try {
      return Steps.advance(last, period);
    } catch (AxdrException notAPointInTime) {
      return null;
    }
  }
}
