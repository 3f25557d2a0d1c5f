package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that counts as fast as it can, in all kinds of parts of a memory, and says after each
 * commit how far it has come. It is to be killed.
 */
final class CountingMeter {
  /** What is said before the memory is opened, in place of a number. */
  static final long BEGUN = -1;

  static final int SHORT_JOURNAL = 10_000;

  private static final int DEPTH = 50;

  private final PermanentMemory memory;
  private final Cells cells;
  private final OctetCell text;
  private final Ring ring;

  CountingMeter(PermanentMemory memory) {
    this.memory = memory;
    this.cells = memory.cells("counts", 3);
    this.text = memory.octets("text");
    this.ring = memory.ring("rows", 3, DEPTH);
  }

  long count() {
    return cells.get(0);
  }

  void step() {
    long count = cells.add(0, 1);
    cells.add(1, count);
    cells.set(2, hash(count));
    text.set(Octets.ofAscii("count " + count));
    ring.append();
    ring.set(0, (int) count);
    ring.set(2, (int) hash(count));
    memory.commit();
  }

  private static long hash(long count) {
    return count * 0x9E37_79B9_7F4A_7C15L;
  }

  /** What does not fit the count; nothing if all of it is of one moment. */
  Optional<String> fault() {
    long count = count();
    if (count == 0) {
      return Optional.empty();
    }
    if (cells.get(1) != count * (count + 1) / 2 || cells.get(2) != hash(count)) {
      return Optional.of("the numbers of " + count);
    }
    Octets written = text.get();
    if (written == null || !written.equals(Octets.ofAscii("count " + count))) {
      return Optional.of("the text of " + count + ": " + written);
    }
    if (ring.next() != count + 1 || ring.inUse() != Math.min(count, DEPTH)) {
      return Optional.of("the rows of " + count + ": " + ring.oldest() + ".." + ring.next());
    }
    for (long row = ring.oldest(); row < ring.next(); row++) {
      if (ring.get(row, 0) != (int) row
          || ring.get(row, 1) != 0
          || ring.get(row, 2) != (int) hash(row)) {
        return Optional.of("row " + row);
      }
    }
    return Optional.empty();
  }

  /** Counts in the directory that the argument names, until it is killed. */
  public static void main(String[] args) throws IOException {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      ByteBuffer said = ByteBuffer.allocate(Long.BYTES);
      out.write(said.putLong(0, BEGUN).array());
      try (FileMemory memory = FileMemory.open(Path.of(args[0]), SyncPolicy.NEVER, SHORT_JOURNAL)) {
        CountingMeter meter = new CountingMeter(memory);
        while (meter.count() < Long.MAX_VALUE) {
          meter.step();
          out.write(said.putLong(0, meter.count()).array());
        }
      }
    }
  }
}
