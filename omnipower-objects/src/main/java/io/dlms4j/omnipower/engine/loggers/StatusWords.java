package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * MeterStatus and the two words of event status (DLMS description 3.1).
 *
 * <p>EventStatusA cannot be written. No document says when its bits go away: one that stands for
 * new data of a logger does when the newest row has been read; the low octet is MeterStatus, whose
 * reset bit goes away with the news of the status logger; and bit 11 is there as long as anything
 * is in EventStatusB, which a client writes to acknowledge it.
 */
final class StatusWords {
  /** MeterStatus bit 0: the meter was reset. */
  static final int RESET = 1;

  /** MeterStatus bit 1: the permanent memory could not be read back as a whole. */
  static final int MEMORY_ERROR = 1 << 1;

  static final int CLOCK_ADJUSTED = 1 << 10;
  static final int STATUS_B = 1 << 11;
  static final int BILLING = 1 << 16;
  static final int RTC = 1 << 17;
  static final int STATUS = 1 << 18;
  static final int LOAD_PROFILE = 1 << 21;
  static final int BILLING_2 = 1 << 22;
  static final int TRANSFORMER_RATIO = 1 << 23;
  static final int ANALYSIS = 1 << 30;
  static final int LOAD_PROFILE_EVENT = 1 << 31;

  private static final int METER = 0;
  private static final int EVENTS_A = 1;
  private static final int EVENTS_B = 2;
  private static final long UNSIGNED_32 = 0xFFFF_FFFFL;

  private final Cells cells;

  StatusWords(PermanentMemory memory) {
    cells = memory.cells("status words", 3);
  }

  int meterStatus() {
    return (int) cells.get(METER);
  }

  void set(int meterStatus) {
    cells.set(METER, cells.get(METER) | meterStatus);
  }

  void clear(int meterStatus) {
    cells.set(METER, cells.get(METER) & ~meterStatus);
  }

  void newData(int bits) {
    cells.set(EVENTS_A, cells.get(EVENTS_A) | (bits & UNSIGNED_32));
  }

  void read(int bits) {
    cells.set(EVENTS_A, cells.get(EVENTS_A) & ~(bits & UNSIGNED_32));
    if ((bits & STATUS) != 0) {
      clear(RESET);
    }
  }

  void describe(Readings readings) {
    readings.number("MeterStatus", () -> cells.get(METER));
    readings.number(
        "EventStatusA",
        () -> cells.get(EVENTS_A) | cells.get(METER) | (cells.get(EVENTS_B) == 0 ? 0 : STATUS_B));
    readings.setting(
        "EventStatusB",
        () -> cells.get(EVENTS_B),
        value -> {
          cells.set(EVENTS_B, value);
          return DataAccessResult.SUCCESS;
        });
  }
}
