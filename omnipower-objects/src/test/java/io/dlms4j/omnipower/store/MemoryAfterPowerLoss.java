package io.dlms4j.omnipower.store;

/** What a memory that was closed gives back, for tests: all that is in another one now. */
public final class MemoryAfterPowerLoss extends PermanentMemory {
  /** Keeps what {@code before} has at this moment. */
  public MemoryAfterPowerLoss(PermanentMemory before) {
    super(copy(before.parts()));
  }

  private static PartTable copy(PartTable before) {
    RecordWriter record = new RecordWriter(1024);
    before.writeAll(record);
    PartTable copy = new PartTable();
    try {
      copy.read(new RecordReader(record.buffer(), MemoryFormat.RECORD_HEADER, record.payload()));
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
    return copy;
  }

  @Override
  public Condition condition() {
    return Condition.SOUND;
  }

  @Override
  public boolean beganEmpty() {
    return false;
  }
}
