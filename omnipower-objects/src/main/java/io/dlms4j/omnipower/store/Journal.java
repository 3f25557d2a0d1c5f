package io.dlms4j.omnipower.store;

import io.dlms4j.omnipower.store.MemoryFormat.FileHeader;
import io.dlms4j.omnipower.store.MemoryFormat.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The journal that is being written. It is a plain file and no channel, for an interrupt would
 * close a channel. All methods throw {@link MemoryFailureException} if the file cannot be written.
 */
final class Journal implements Closeable {
  private final Path file;
  private final long generation;
  private final RandomAccessFile out;
  private final MemoryFormat format = new MemoryFormat();
  private long commit;
  private long length;

  private Journal(Path file, long generation, long commit, long length) {
    this.file = file;
    this.generation = generation;
    this.commit = commit;
    this.length = length;
    try {
      this.out = new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  /** Makes a new one, also in place of one that was not finished. The disk has it at once. */
  static Journal create(MemoryDirectory directory, long generation, long commit) {
    Journal journal = new Journal(directory.journal(generation), generation, commit, 0);
    try {
      journal.out.setLength(0);
      byte[] header = new FileHeader(Kind.JOURNAL, false, generation, commit).toOctets();
      journal.out.write(header);
      journal.out.getFD().sync();
      directory.sync();
      journal.length = header.length;
      return journal;
    } catch (IOException e) {
      journal.closeQuietly();
      throw new MemoryFailureException(journal.file, e);
    }
  }

  /** Goes on with one, after its last whole record. */
  static Journal append(MemoryDirectory directory, long generation, long commit, long length) {
    Journal journal = new Journal(directory.journal(generation), generation, commit, length);
    try {
      if (journal.out.length() > length) {
        journal.out.setLength(length);
        journal.out.getFD().sync();
      }
      journal.out.seek(length);
      return journal;
    } catch (IOException e) {
      journal.closeQuietly();
      throw new MemoryFailureException(journal.file, e);
    }
  }

  long generation() {
    return generation;
  }

  /** The number of the last commit. */
  long commit() {
    return commit;
  }

  long length() {
    return length;
  }

  /** Writes a record as the next commit; an empty one says that another generation has begun. */
  void append(RecordWriter record) {
    format.seal(record, generation, commit + 1);
    try {
      out.write(record.buffer(), 0, record.length());
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
    commit++;
    length += record.length();
  }

  /** Returns when the disk has all of it. */
  void sync() {
    try {
      out.getFD().sync();
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  private void closeQuietly() {
    try {
      out.close();
    } catch (IOException e) {
      // What went wrong before is what is told.
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }
}
