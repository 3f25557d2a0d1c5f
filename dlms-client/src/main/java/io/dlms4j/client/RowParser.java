package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the rows of a profile's buffer out of its blocks, which may be cut anywhere. It never holds
 * more than a block and a row that is not yet whole.
 */
final class RowParser {
  private final DecodeLimits limits;
  private final int columns;
  private byte[] pending = new byte[0];
  private long declared = -1;
  private long rows;

  RowParser(DecodeLimits limits, int columns) {
    this.limits = limits;
    this.columns = columns;
  }

  /** How many rows have been given so far. */
  long rows() {
    return rows;
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
      AxdrReader reader = new AxdrReader(octets, position, length, limits);
      List<CosemData> row = null;
      try {
        if (declared < 0) {
          readHeader(reader);
        } else {
          row = readRow(reader);
        }
        position += reader.position();
      } catch (AxdrException e) {
        if (e.kind() != AxdrException.Kind.TRUNCATED || last) {
          throw broken("row " + (rows + 1) + ": " + e.getMessage());
        }
        whole = false;
      }
      if (row != null) {
        rows++;
        consumer.accept(row);
      }
    }
    pending = Arrays.copyOfRange(octets, position, octets.length);
    if (last && declared < 0) {
      throw broken("it is empty");
    }
    if (last && rows != declared) {
      throw broken("it declares " + declared + " rows and has " + rows);
    }
  }

  private void readHeader(AxdrReader reader) {
    int tag = reader.readUnsigned8();
    if (tag != DataTag.ARRAY.value()) {
      throw broken("it is no array");
    }
    declared = reader.readLength();
  }

  private List<CosemData> readRow(AxdrReader reader) {
    if (rows == declared) {
      throw broken("it declares " + declared + " rows and has more");
    }
    List<CosemData> values = reader.readData().elements();
    if (values.size() != columns) {
      throw broken(
          "row " + (rows + 1) + " has " + values.size() + " values for " + columns + " columns");
    }
    return values;
  }

  private static ProtocolException broken(String what) {
    return new ProtocolException(
        DlmsException.Scope.REQUEST, "the profile's buffer is malformed: " + what);
  }
}
