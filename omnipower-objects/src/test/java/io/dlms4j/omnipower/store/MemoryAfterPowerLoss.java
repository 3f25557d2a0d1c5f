package io.dlms4j.omnipower.store;

/** What a memory that was closed gives back, for tests: a copy of all that it has. */
public final class MemoryAfterPowerLoss extends PermanentMemory {
  private final boolean beganEmpty;

  /** Keeps what {@code before} has now. */
  public MemoryAfterPowerLoss(PermanentMemory before) {
    super(copyOf(before.parts()));
    beganEmpty = parts().isEmpty();
  }

  private static PartTable copyOf(PartTable parts) {
    RecordWriter out = new RecordWriter(1 << 16);
    parts.writeAll(out);
    PartTable copy = new PartTable();
    try {
      copy.read(new RecordReader(out.buffer(), MemoryFormat.RECORD_HEADER, out.payload()));
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
    return copy;
  }

  @Override
  public Condition condition() {
    return Condition.SOUND;
  }

  @Override
  public boolean beganEmpty() {
    return beganEmpty;
  }
}
