package io.dlms4j.cosem.security;

import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Invocation counters in a file, for one process at a time.
 *
 * <p>Counters of this side are reserved on disk in blocks before the first of a block is used. A
 * process that is killed at any moment loses what was left of its blocks, and never repeats one.
 * Received counters are on disk before the message is taken: a write to disk for each.
 *
 * <p>A file that is damaged, missing or in use is refused, for a counter that begins anew repeats
 * all that were used before. So would a file put back from a backup: nothing can detect that. If
 * writing fails once, nothing is handed out any more until the file has been opened again.
 */
public final class FileInvocationCounterStore implements InvocationCounterStore, Closeable {
  /** How many counters of this side are reserved at once, unless said otherwise. */
  public static final int DEFAULT_BLOCK = 1000;

  private static final int MAX_ENTRIES = 65_536;

  private final CounterJournal journal;
  private final int block;

  /** Next counters of this side; up to where they are reserved is in the journal. */
  private final Map<CounterId, Long> next = new HashMap<>();

  private boolean usable = true;

  private FileInvocationCounterStore(CounterJournal journal, int block) {
    this.journal = journal;
    this.block = block;
  }

  /**
   * Makes a new file. Only for keys that have never been used.
   *
   * @param file where it will be; beside it a file of that name and ".lock" is kept
   * @return the store, empty
   * @throws IOException if there is such a file already, or it cannot be written
   */
  public static FileInvocationCounterStore create(Path file) throws IOException {
    return new FileInvocationCounterStore(CounterJournal.create(file), DEFAULT_BLOCK);
  }

  /**
   * Opens a file made before.
   *
   * @param file where it is
   * @return the store
   * @throws IOException if it is missing, damaged or in use, or cannot be written
   */
  public static FileInvocationCounterStore open(Path file) throws IOException {
    return open(file, DEFAULT_BLOCK);
  }

  /**
   * Opens a file made before.
   *
   * @param file where it is
   * @param block how many counters of this side are reserved at once, at least 1: so many are lost
   *     with every restart, and so many are used for each write
   * @return the store
   * @throws IOException if it is missing, damaged or in use, or cannot be written
   */
  public static FileInvocationCounterStore open(Path file, int block) throws IOException {
    if (block < 1) {
      throw new IllegalArgumentException("blocks of " + block + " counters");
    }
    return new FileInvocationCounterStore(CounterJournal.open(file), block);
  }

  @Override
  public synchronized long next(CounterId id) {
    long reserved = reserved(id);
    long counter = next.getOrDefault(id, reserved);
    InMemoryInvocationCounterStore.checkNotExhausted(counter);
    if (counter >= reserved) {
      write(new CounterJournal.Slot(true, id), Math.min(counter + block, HIGHEST + 1));
    }
    checkUsable();
    next.put(id, counter + 1);
    return counter;
  }

  @Override
  public synchronized void skipTo(CounterId id, long counter) {
    InMemoryInvocationCounterStore.checkRange(counter);
    long reserved = reserved(id);
    if (counter > next.getOrDefault(id, reserved)) {
      if (counter > reserved) {
        write(new CounterJournal.Slot(true, id), counter);
      }
      next.put(id, counter);
    }
  }

  @Override
  public synchronized boolean accept(CounterId id, long counter) {
    InMemoryInvocationCounterStore.checkRange(counter);
    if (counter < lowestAcceptable(id)) {
      return false;
    }
    write(new CounterJournal.Slot(false, id), counter + 1);
    return true;
  }

  @Override
  public synchronized long lowestAcceptable(CounterId id) {
    return journal.values().getOrDefault(new CounterJournal.Slot(false, id), 0L);
  }

  /** Closes the file, and gives it free. Nothing can be counted any more. */
  @Override
  public synchronized void close() throws IOException {
    usable = false;
    journal.close();
  }

  private long reserved(CounterId id) {
    return journal.values().getOrDefault(new CounterJournal.Slot(true, id), FIRST);
  }

  private void write(CounterJournal.Slot key, long value) {
    checkUsable();
    if (journal.values().size() >= MAX_ENTRIES && !journal.values().containsKey(key)) {
      throw InMemoryInvocationCounterStore.full(MAX_ENTRIES);
    }
    try {
      journal.put(key, value);
    } catch (IOException e) {
      // How much of it is in the file is not known: it will be when the file is opened again.
      usable = false;
      throw ProtectionException.counterStore(e);
    }
  }

  private void checkUsable() {
    if (!usable) {
      throw ProtectionException.local(
          Reason.COUNTER_STORE,
          "the file of invocation counters is closed, or could not be written before");
    }
  }
}
