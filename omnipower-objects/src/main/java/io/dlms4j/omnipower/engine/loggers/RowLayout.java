package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.engine.core.Readings;
import java.util.List;

/**
 * How the columns of a logger lie in the words of its rows.
 *
 * <p>Word 0 and the low half of word 1 are the time of the row, its high half is LoggerStatus. Word
 * 2 is DataQuality in its low half and a checksum of the rest in its high one, since bits 16 to 31
 * of DataQuality are never set. The other columns follow: a number has a word, a time has two.
 */
final class RowLayout {
  static final int TIME_LOW = 0;
  static final int TIME_HIGH_AND_STATUS = 1;
  static final int QUALITY_AND_CHECKSUM = 2;
  private static final int FIRST_COLUMN = 3;

  /** LoggerStatus bit 3: the checksum of the row is wrong. */
  static final int STATUS_INVALID = 1 << 3;

  private static final int HALF = 16;
  private static final int LOW_HALF = 0xFFFF;
  private static final int CLOCK_CLASS = 8;
  private static final int TIME_ATTRIBUTE = 5;
  private static final int CCITT = 0x8408;

  /** The date_time of a peak that has not been reached. */
  private static final Octets NO_TIME =
      new CosemDateTime(
              new CosemDate(
                  CosemDate.YEAR_NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED),
              new CosemTime(
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED),
              CosemDateTime.NOT_SPECIFIED,
              CosemDateTime.STATUS_NOT_SPECIFIED)
          .encode();

  /** What a column is. */
  enum Kind {
    TIME_STAMP,
    STATUS,
    QUALITY,
    NUMBER,
    TIME
  }

  private final List<CapturedAttribute> columns;
  private final Kind[] kinds;
  private final int[] words;
  private final int width;

  RowLayout(List<CapturedAttribute> columns) {
    this.columns = List.copyOf(columns);
    kinds = new Kind[columns.size()];
    words = new int[columns.size()];
    int word = FIRST_COLUMN;
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = kind(i, columns.get(i));
      switch (kinds[i]) {
        case TIME_STAMP -> words[i] = TIME_LOW;
        case STATUS -> words[i] = TIME_HIGH_AND_STATUS;
        case QUALITY -> words[i] = QUALITY_AND_CHECKSUM;
        case NUMBER -> words[i] = word++;
        case TIME -> {
          words[i] = word;
          word += 2;
        }
      }
    }
    width = word;
  }

  private static Kind kind(int position, CapturedAttribute column) {
    return switch (column.attribute()) {
      case CapturedAttribute.LOGGER_STATUS -> Kind.STATUS;
      case CapturedAttribute.DATA_QUALITY -> Kind.QUALITY;
      case TIME_ATTRIBUTE -> Kind.TIME;
      default ->
          column.entry().classId() != CLOCK_CLASS
              ? Kind.NUMBER
              : position == 0 ? Kind.TIME_STAMP : Kind.TIME;
    };
  }

  List<CapturedAttribute> columns() {
    return columns;
  }

  Kind kind(int column) {
    return kinds[column];
  }

  /** The first word of a column. */
  int word(int column) {
    return words[column];
  }

  /** Words of a row. */
  int width() {
    return width;
  }

  static int timeHighAndStatus(long time, int status) {
    return (status << HALF) | ((int) (time >>> Integer.SIZE) & LOW_HALF);
  }

  static long time(int[] row) {
    long high = (short) row[TIME_HIGH_AND_STATUS];
    return (high << Integer.SIZE) | Integer.toUnsignedLong(row[TIME_LOW]);
  }

  /** The checksum of all words but itself: the FCS of HDLC, over the octets of each word. */
  static int checksum(int[] row) {
    int sum = LOW_HALF;
    for (int i = 0; i < row.length; i++) {
      sum = add(sum, i == QUALITY_AND_CHECKSUM ? row[i] & LOW_HALF : row[i]);
    }
    return ~sum & LOW_HALF;
  }

  private static int add(int before, int word) {
    int sum = before;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      boolean carry = ((sum ^ (word >>> bit)) & 1) != 0;
      sum = carry ? (sum >>> 1) ^ CCITT : sum >>> 1;
    }
    return sum;
  }

  static int withChecksum(int[] row) {
    return (checksum(row) << HALF) | (row[QUALITY_AND_CHECKSUM] & LOW_HALF);
  }

  private static int status(int[] row) {
    int stored = row[TIME_HIGH_AND_STATUS] >>> HALF;
    return checksum(row) == row[QUALITY_AND_CHECKSUM] >>> HALF ? stored : stored | STATUS_INVALID;
  }

  /** A column of a row, as it is on the wire. */
  CosemData value(int[] row, int column, MeterClock clock) {
    int word = words[column];
    return switch (kinds[column]) {
      case TIME_STAMP -> time(clock, time(row));
      case STATUS -> CosemData.longUnsigned(status(row));
      case QUALITY -> CosemData.doubleLongUnsigned(row[QUALITY_AND_CHECKSUM] & LOW_HALF);
      case TIME ->
          time(clock, ((long) row[word + 1] << Integer.SIZE) | Integer.toUnsignedLong(row[word]));
      case NUMBER -> number(columns.get(column).entry(), row[word]);
    };
  }

  private static CosemData number(CatalogueEntry entry, int word) {
    return entry.number(entry.type() == DataTag.LONG ? word : Integer.toUnsignedLong(word));
  }

  private static CosemData time(MeterClock clock, long normalTime) {
    return CosemData.octetString(
        normalTime == Readings.NEVER ? NO_TIME : MeterTimes.encode(clock.display(normalTime)));
  }
}
