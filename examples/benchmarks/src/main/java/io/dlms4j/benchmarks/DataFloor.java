package io.dlms4j.benchmarks;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemData.ArrayData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.CosemData.LongUnsignedData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.StructureData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Values read and written by straight loops for the one shape that they have in a benchmark. Every
 * tag is compared and no octet is taken that is not there, as anybody would who reads a wire.
 */
final class DataFloor {
  static final int DATE_TIME_OCTETS = 12;

  private static final int ARRAY = 1;
  private static final int STRUCTURE = 2;
  private static final int DOUBLE_LONG_UNSIGNED = 6;
  private static final int OCTET_STRING = 9;
  private static final int LONG_UNSIGNED = 18;

  private static final int STATUS_WORDS = ProfileBenchmark.STATUS_WORDS;
  private static final int COUNTERS = ProfileBenchmark.COUNTERS;
  private static final int COLUMNS = 1 + STATUS_WORDS + COUNTERS;

  /** Structure, date-time, status words, counters. */
  private static final int ROW_OCTETS = 2 + 2 + DATE_TIME_OCTETS + 3 * STATUS_WORDS + 5 * COUNTERS;

  private static final int GET_RESPONSE_OCTETS = 9;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private DataFloor() {}

  /** A Get-Response-Normal with a double-long-unsigned. */
  static Reading readResponse(byte[] a, int offset, int length) {
    if (length != GET_RESPONSE_OCTETS
        || a[offset] != (byte) 0xC4
        || a[offset + 1] != 1
        || a[offset + 3] != 0
        || a[offset + 4] != DOUBLE_LONG_UNSIGNED) {
      throw unexpected(offset);
    }
    return new Reading(
        new InvokeIdAndPriority(a[offset + 2] & 0xFF),
        new DoubleLongUnsignedData((int) INT.get(a, offset + 5) & 0xFFFF_FFFFL));
  }

  /** The same APDU. */
  static Octets writeResponse(Reading reading) {
    byte[] a = new byte[GET_RESPONSE_OCTETS];
    a[0] = (byte) 0xC4;
    a[1] = 1;
    a[2] = (byte) reading.invokeIdAndPriority().octet();
    a[4] = DOUBLE_LONG_UNSIGNED;
    INT.set(a, 5, (int) ((DoubleLongUnsignedData) reading.value()).value());
    return Octets.view(a);
  }

  /** The rows of a profile as the library's tree has them; the strings are views. */
  static CosemData readTree(byte[] a, int offset, int length) {
    int end = offset + length;
    int at = firstRow(a, offset, end);
    CosemData[] rows = new CosemData[rows(a, offset)];
    for (int row = 0; row < rows.length; row++) {
      beginRow(a, at, end);
      CosemData[] columns = new CosemData[COLUMNS];
      int column = 0;
      columns[column++] = new OctetStringData(Octets.view(a, at + 4, DATE_TIME_OCTETS));
      at += 4 + DATE_TIME_OCTETS;
      for (int i = 0; i < STATUS_WORDS; i++) {
        expect(a, at, LONG_UNSIGNED);
        columns[column++] = new LongUnsignedData((short) SHORT.get(a, at + 1) & 0xFFFF);
        at += 3;
      }
      for (int i = 0; i < COUNTERS; i++) {
        expect(a, at, DOUBLE_LONG_UNSIGNED);
        columns[column++] = new DoubleLongUnsignedData((int) INT.get(a, at + 1) & 0xFFFF_FFFFL);
        at += 5;
      }
      rows[row] = new StructureData(List.of(columns));
    }
    expectEnd(at, end);
    return new ArrayData(List.of(rows));
  }

  /** A sum over all values of the rows of a profile; the date-times pass through the target. */
  static long sum(byte[] a, int offset, int length, byte[] target) {
    int end = offset + length;
    int at = firstRow(a, offset, end);
    long sum = 0;
    int rows = rows(a, offset);
    for (int row = 0; row < rows; row++) {
      beginRow(a, at, end);
      System.arraycopy(a, at + 4, target, 0, DATE_TIME_OCTETS);
      sum += target[6];
      at += 4 + DATE_TIME_OCTETS;
      for (int i = 0; i < STATUS_WORDS; i++) {
        expect(a, at, LONG_UNSIGNED);
        sum = 31 * sum + ((short) SHORT.get(a, at + 1) & 0xFFFF);
        at += 3;
      }
      for (int i = 0; i < COUNTERS; i++) {
        expect(a, at, DOUBLE_LONG_UNSIGNED);
        sum = 31 * sum + ((int) INT.get(a, at + 1) & 0xFFFF_FFFFL);
        at += 5;
      }
    }
    expectEnd(at, end);
    return sum;
  }

  /** Array, and its number of elements in a length of three octets. */
  private static int firstRow(byte[] a, int offset, int end) {
    if (end - offset < 4 || a[offset] != ARRAY || a[offset + 1] != (byte) 0x82) {
      throw unexpected(offset);
    }
    if (rows(a, offset) > end - offset - 4) {
      throw unexpected(offset + 2);
    }
    return offset + 4;
  }

  private static int rows(byte[] a, int offset) {
    return (short) SHORT.get(a, offset + 2) & 0xFFFF;
  }

  /** All rows have the same types and so the same length, which can be asked for at once. */
  private static void beginRow(byte[] a, int at, int end) {
    if (end - at < ROW_OCTETS
        || a[at] != STRUCTURE
        || a[at + 1] != COLUMNS
        || a[at + 2] != OCTET_STRING
        || a[at + 3] != DATE_TIME_OCTETS) {
      throw unexpected(at);
    }
  }

  private static void expect(byte[] a, int at, int tag) {
    if (a[at] != tag) {
      throw unexpected(at);
    }
  }

  private static void expectEnd(int at, int end) {
    if (at != end) {
      throw unexpected(at);
    }
  }

  private static IllegalArgumentException unexpected(int at) {
    return new IllegalArgumentException("unexpected octet " + at);
  }

  /** Writes the rows of a profile. */
  static Octets write(CosemData profile) {
    List<CosemData> rows = ((ArrayData) profile).elements();
    int size = rows.size();
    if (size < 0x100 || size > 0xFFFF) {
      throw new IllegalArgumentException(size + " rows");
    }
    byte[] a = new byte[4 + ROW_OCTETS * size];
    a[0] = ARRAY;
    a[1] = (byte) 0x82;
    SHORT.set(a, 2, (short) size);
    int at = 4;
    for (int row = 0; row < size; row++) {
      List<CosemData> columns = ((StructureData) rows.get(row)).elements();
      Octets dateTime = ((OctetStringData) columns.get(0)).value();
      if (columns.size() != COLUMNS || dateTime.length() != DATE_TIME_OCTETS) {
        throw new IllegalArgumentException("row " + row);
      }
      a[at] = STRUCTURE;
      a[at + 1] = COLUMNS;
      a[at + 2] = OCTET_STRING;
      a[at + 3] = DATE_TIME_OCTETS;
      dateTime.copyTo(a, at + 4);
      at += 4 + DATE_TIME_OCTETS;
      int column = 1;
      for (int i = 0; i < STATUS_WORDS; i++) {
        a[at] = LONG_UNSIGNED;
        SHORT.set(a, at + 1, (short) ((LongUnsignedData) columns.get(column++)).value());
        at += 3;
      }
      for (int i = 0; i < COUNTERS; i++) {
        a[at] = DOUBLE_LONG_UNSIGNED;
        INT.set(a, at + 1, (int) ((DoubleLongUnsignedData) columns.get(column++)).value());
        at += 5;
      }
    }
    return Octets.view(a);
  }
}
