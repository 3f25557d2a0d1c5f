package io.dlms4j.omnipower.store;

import io.dlms4j.omnipower.store.MemoryFormat.FileHeader;
import io.dlms4j.omnipower.store.MemoryFormat.Kind;
import io.dlms4j.omnipower.store.MemoryLoader.Loaded;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A permanent memory in a directory, for one process at a time.
 *
 * <p>Each commit appends what has changed to a journal, in one record, and returns when the
 * operating system has it: a process that is killed at any moment loses nothing that was committed,
 * that is, at most the second under way. What the loss of power of the machine costs is up to the
 * {@link SyncPolicy}. When the journal has grown, all is written into a snapshot, and a new journal
 * begins; the generation before is kept.
 *
 * <p>All is checksummed. If something is damaged or missing, the newest sound state is used, {@link
 * #condition()} says so, and with the first commit the old files are set aside. Only a last record
 * that was not finished is no damage: nobody was told of it. That the end of a journal was cut off
 * just after a record cannot be seen, nor that all files are those of an earlier day.
 *
 * <p>If writing fails once, nothing can be committed any more until the directory has been opened
 * again.
 */
public final class FileMemory extends PermanentMemory implements Closeable {
  /** How long a journal grows before a snapshot is made: about three hours of a meter. */
  static final int JOURNAL_OCTETS = 4 << 20;

  private static final int USUAL_RECORD = 1024;

  private final MemoryDirectory directory;
  private final SyncPolicy sync;
  private final int longestJournal;
  private final Loaded loaded;
  private final boolean beganEmpty;
  private final RecordWriter record = new RecordWriter(USUAL_RECORD);

  /** Null until the first commit. */
  private @Nullable Journal journal;

  private @Nullable MemoryFailureException failure;
  private int commitsSinceSync;
  private boolean isSynced = true;

  private FileMemory(
      MemoryDirectory directory, Loaded loaded, SyncPolicy sync, int longestJournal) {
    super(loaded.parts());
    this.directory = directory;
    this.sync = sync;
    this.longestJournal = longestJournal;
    this.loaded = loaded;
    this.beganEmpty = loaded.parts().isEmpty();
  }

  /**
   * Opens the memory in a directory, which is made if there is none. Nothing is written before the
   * first commit.
   *
   * @param directory where it is; nothing else belongs into it
   * @param sync when the disk has to write
   * @return the memory, with what was kept
   * @throws MemoryFailureException if the directory is in use or cannot be read, or what is in it
   *     is whole and yet was not written by this version of the library
   */
  public static FileMemory open(Path directory, SyncPolicy sync) {
    return open(directory, sync, JOURNAL_OCTETS);
  }

  static FileMemory open(Path path, SyncPolicy sync, int longestJournal) {
    MemoryDirectory directory = new MemoryDirectory(path);
    try {
      return new FileMemory(directory, MemoryLoader.load(directory), sync, longestJournal);
    } catch (RuntimeException e) {
      close(directory);
      throw e;
    }
  }

  @Override
  public Condition condition() {
    return loaded.condition();
  }

  @Override
  public boolean beganEmpty() {
    return beganEmpty;
  }

  /**
   * The directory.
   *
   * @return an absolute path
   */
  public Path directory() {
    return directory.path();
  }

  @Override
  public void requireKept() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void commit() {
    requireKept();
    try {
      keep();
    } catch (MemoryFailureException e) {
      // How much of it is in the files is not known: it will be when they are opened again.
      failure = e;
      throw e;
    }
  }

  private void keep() {
    record.begin();
    parts().writeChanges(record);
    if (record.payload() > 0) {
      Journal current = journal;
      if (current == null && loaded.condition() == Condition.DAMAGED) {
        beginAnew();
        return;
      }
      if (current == null) {
        current = firstJournal();
        journal = current;
      }
      current.append(record);
      isSynced = false;
    }
    syncIfDue();
    if (journal != null && journal.length() > longestJournal) {
      beginGeneration(journal);
    }
  }

  private void syncIfDue() {
    commitsSinceSync++;
    if (journal != null && sync.commits() > 0 && commitsSinceSync >= sync.commits()) {
      if (!isSynced) {
        journal.sync();
        isSynced = true;
      }
      commitsSinceSync = 0;
    }
  }

  private Journal firstJournal() {
    if (loaded.condition() == Condition.NEW) {
      return Journal.create(directory, 0, 0);
    }
    for (long older : directory.generations().headSet(loaded.generation())) {
      if (loaded.beganAnew()) {
        // Of the damage before; the process ended before it came to this.
        directory.setAside(older);
      } else if (older < loaded.generation() - 1) {
        directory.delete(older);
      }
    }
    for (long unfinished : directory.generations().tailSet(loaded.generation(), false)) {
      directory.delete(unfinished);
    }
    return Journal.append(directory, loaded.generation(), loaded.commit(), loaded.length());
  }

  /** A snapshot of what has just been committed, with a new journal behind it. */
  private void beginGeneration(Journal old) {
    old.sync();
    long generation = old.generation() + 1;
    Journal next = Journal.create(directory, generation, old.commit());
    journal = next;
    writeSnapshot(generation, old.commit(), false);
    record.begin();
    old.append(record);
    old.close();
    directory.delete(generation - 2);
    isSynced = true;
  }

  /** A first generation beside damaged ones, which are set aside when it is on the disk. */
  private void beginAnew() {
    long generation = loaded.generation() + 1;
    journal = Journal.create(directory, generation, loaded.commit() + 1);
    writeSnapshot(generation, loaded.commit() + 1, true);
    for (long older : directory.generations().headSet(generation)) {
      directory.setAside(older);
    }
  }

  private void writeSnapshot(long generation, long commit, boolean anew) {
    RecordWriter all = new RecordWriter(1 << 16);
    parts().writeAll(all);
    new MemoryFormat().seal(all, generation, commit);
    directory.writeSnapshot(
        generation, new FileHeader(Kind.SNAPSHOT, anew, generation, commit).toOctets(), all);
  }

  /**
   * Makes the disk write what was committed, and gives the directory free. What has not been
   * committed is lost. Nothing can be committed any more.
   */
  @Override
  public void close() {
    try (Journal current = journal) {
      if (current != null && failure == null) {
        current.sync();
      }
    } finally {
      failure = new MemoryFailureException(directory.path(), "it is closed");
      close(directory);
    }
  }

  private static void close(MemoryDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      throw new MemoryFailureException(directory.path(), e);
    }
  }
}
