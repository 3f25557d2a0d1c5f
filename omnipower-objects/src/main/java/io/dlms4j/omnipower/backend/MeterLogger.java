package io.dlms4j.omnipower.backend;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.server.profile.Rows;
import java.util.List;

/**
 * A logger of a meter (interface class 7, version 1; DLMS description 3.4). Called on any thread,
 * also while the meter logs.
 */
public interface MeterLogger {
  /**
   * What a row holds (attribute 3, capture_objects).
   *
   * @return the columns in order, of which the first is the clock
   */
  List<CapturedAttribute> columns();

  /**
   * How often a row is captured (attribute 4, capture_period).
   *
   * @return seconds; 0 for a logger of events
   */
  default int capturePeriod() {
    return 0;
  }

  /**
   * Changes how often a row is captured.
   *
   * @param seconds as the client wrote it; Unsigned32
   * @return success, or why not; a logger whose period is fixed denies it
   */
  default DataAccessResult setCapturePeriod(long seconds) {
    return DataAccessResult.READ_WRITE_DENIED;
  }

  /**
   * How many rows there is room for (attribute 8, profile_entries); the oldest is overwritten then.
   *
   * @return the depth in rows
   */
  int profileEntries();

  /**
   * The rows in use, oldest first.
   *
   * @return a choice that later rows do not join; of a row that has been overwritten since, it
   *     throws a {@link io.dlms4j.server.profile.RowsOverwrittenException}
   */
  Rows<LoggerRow> rows();

  /**
   * Captures a row now (method 2).
   *
   * @return success, or why not; a logger that captures by itself only denies it
   */
  default DataAccessResult capture() {
    return DataAccessResult.READ_WRITE_DENIED;
  }
}
