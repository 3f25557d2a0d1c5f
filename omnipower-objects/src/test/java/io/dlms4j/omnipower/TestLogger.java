package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.server.profile.Rows;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logger whose rows a test adds. */
final class TestLogger implements MeterLogger {
  private final List<CapturedAttribute> columns;
  private final List<LoggerRow> rows = new CopyOnWriteArrayList<>();
  private volatile int period;

  TestLogger(List<CapturedAttribute> columns, int period) {
    this.columns = columns;
    this.period = period;
  }

  private record Row(long time, List<CosemData> values) implements LoggerRow {
    @Override
    public CosemData value(int column) {
      return values.get(column - 1);
    }
  }

  /** Adds a row: the values of all columns but the first. */
  TestLogger row(long time, List<CosemData> values) {
    if (values.size() != columns.size() - 1) {
      throw new IllegalArgumentException("a row of " + values.size() + " values");
    }
    rows.add(new Row(time, List.copyOf(values)));
    return this;
  }

  @Override
  public List<CapturedAttribute> columns() {
    return columns;
  }

  @Override
  public int capturePeriod() {
    return period;
  }

  @Override
  public DataAccessResult setCapturePeriod(long seconds) {
    if (seconds != 900 && seconds != 1800 && seconds != 3600) {
      return DataAccessResult.TEMPORARY_FAILURE;
    }
    period = (int) seconds;
    return DataAccessResult.SUCCESS;
  }

  @Override
  public int profileEntries() {
    return 1000;
  }

  @Override
  public Rows<LoggerRow> rows() {
    List<LoggerRow> chosen = List.copyOf(rows);
    return new Rows<>() {
      @Override
      public int size() {
        return chosen.size();
      }

      @Override
      public LoggerRow row(int position) {
        return chosen.get(position);
      }
    };
  }

  @Override
  public DataAccessResult capture() {
    LoggerRow last = rows.get(rows.size() - 1);
    rows.add(new Row(last.time() + 1, ((Row) last).values()));
    return DataAccessResult.SUCCESS;
  }
}
