package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.axdr.TypeDescription;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a profile's buffer out of its blocks, which may be cut anywhere. It never holds
 * more than a block and a row that is not yet whole.
 */
final class RowParser {
  private final DecodeLimits limits;
  private final int columns;
  private byte[] pending = new byte[0];
  private boolean begun;

  /** How many rows an array declares; -1 if it is none, or has not begun. */
  private long declared = -1;

  /** What the rows of a compact-array are; null if it is none. */
  private @Nullable TypeDescription type;

  /** How many octets of a compact-array's contents have not been read. */
  private int contents;

  private long rows;

  RowParser(DecodeLimits limits, int columns) {
    this.limits = limits;
    this.columns = columns;
  }

  /** How many rows have been given so far. */
  long rows() {
    return rows;
  }

  /** How many rows have yet to come; nothing if the buffer does not say. */
  OptionalLong left() {
    return declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared - rows);
  }

  /** Takes a block and gives the rows that it completes. */
  void feed(Octets block, boolean last, Consumer<List<CosemData>> consumer) {
    byte[] octets = new byte[pending.length + block.length()];
    System.arraycopy(pending, 0, octets, 0, pending.length);
    block.copyTo(octets, pending.length);
    int position = 0;
    boolean whole = true;
    while (whole && position < octets.length) {
      // A block may hold more than a row is allowed to have.
      int length = Math.min(octets.length - position, limits.maxOctets());
      boolean allThere = type != null && length >= contents;
      AxdrReader reader = new AxdrReader(octets, position, allThere ? contents : length, limits);
      List<CosemData> row = null;
      try {
        if (begun) {
          row = readRow(reader);
        } else {
          readHeader(reader);
        }
        position += reader.position();
      } catch (AxdrException e) {
        if (e.kind() != AxdrException.Kind.TRUNCATED || last || allThere) {
          throw broken("row " + (rows + 1) + ": " + e.getMessage());
        }
        whole = false;
      }
      if (row != null) {
        contents -= type == null ? 0 : reader.position();
        rows++;
        consumer.accept(row);
      }
    }
    pending = Arrays.copyOfRange(octets, position, octets.length);
    if (last) {
      requireEnd();
    }
  }

  private void requireEnd() {
    if (!begun) {
      throw broken("it is empty");
    }
    if (declared >= 0 && rows != declared) {
      throw broken("it declares " + declared + " rows and has " + rows);
    }
    if (contents > 0) {
      throw broken("its contents end " + contents + " octets early");
    }
  }

  /** Changes nothing before all of it is there. */
  private void readHeader(AxdrReader reader) {
    int tag = reader.readUnsigned8();
    if (tag == DataTag.COMPACT_ARRAY.value()) {
      TypeDescription description = reader.readTypeDescription();
      contents = reader.readLength();
      if (!(description instanceof TypeDescription.StructureType)) {
        throw broken("it is a compact-array of " + description + ", and no row is one");
      }
      type = description;
    } else if (tag == DataTag.ARRAY.value()) {
      declared = reader.readLength();
    } else {
      throw broken("it is no array");
    }
    begun = true;
  }

  private List<CosemData> readRow(AxdrReader reader) {
    TypeDescription compact = type;
    if (rows == declared || (compact != null && contents == 0)) {
      throw broken("it declares " + rows + " rows and has more");
    }
    List<CosemData> values =
        (compact == null ? reader.readData() : reader.readUntagged(compact)).elements();
    if (values.size() != columns) {
      throw broken(
          "row " + (rows + 1) + " has " + values.size() + " values for " + columns + " columns");
    }
    if (reader.position() == 0) {
      throw broken("rows of " + compact + " take no octets");
    }
    return values;
  }

  private static ProtocolException broken(String what) {
    return new ProtocolException(
        DlmsException.Scope.REQUEST, "the profile's buffer is malformed: " + what);
  }
}
