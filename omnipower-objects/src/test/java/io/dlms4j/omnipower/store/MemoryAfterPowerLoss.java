package io.dlms4j.omnipower.store;

/** What a memory that was closed gives back, for tests: all that is in another one now. */
public final class MemoryAfterPowerLoss extends PermanentMemory {
  private final Condition condition;

  /** Keeps what {@code before} has at this moment, and finds it sound. */
  public MemoryAfterPowerLoss(PermanentMemory before) {
    this(before, Condition.SOUND);
  }

  /** Keeps what {@code before} has at this moment, and finds it in such a condition. */
  public MemoryAfterPowerLoss(PermanentMemory before, Condition condition) {
    super(copy(before.parts()));
    this.condition = condition;
  }

  /** A ring whose next row has such a number. */
  public static Ring ring(String name, int words, int depth, long next) {
    RecordWriter record = new RecordWriter(64);
    record.number(next);
    record.number(next);
    record.number(next);
    Ring ring = new Ring(name, words, depth);
    try {
      ring.read(reader(record));
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
    return ring;
  }

  private static PartTable copy(PartTable before) {
    RecordWriter record = new RecordWriter(1024);
    before.writeAll(record);
    PartTable copy = new PartTable();
    try {
      copy.read(reader(record));
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
    return copy;
  }

  private static RecordReader reader(RecordWriter record) {
    return new RecordReader(record.buffer(), MemoryFormat.RECORD_HEADER, record.payload());
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  public boolean beganEmpty() {
    return false;
  }
}
