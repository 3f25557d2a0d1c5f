package io.dlms4j.omnipower.store;

import io.dlms4j.omnipower.store.MemoryFormat.FileHeader;
import io.dlms4j.omnipower.store.MemoryFormat.Found;
import io.dlms4j.omnipower.store.MemoryFormat.Kind;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest sound state in a directory.
 *
 * <p>A generation is a snapshot and the journal that follows it; generation 0 follows an empty
 * memory, without a snapshot. The last two are there, and both are read: where the newer snapshot
 * is damaged, the older generation leads to the same state, and the newer journal goes on from
 * there. Nothing in the directory is changed.
 */
final class MemoryLoader {
  /**
   * What was found.
   *
   * @param condition in which condition
   * @param parts the state
   * @param generation the newest of which there is some file; -1 if there is none
   * @param commit the number of the last commit in the state
   * @param length of the newest journal up to its last whole record
   * @param beganAnew whether older files have nothing to do with the newest generation
   */
  record Loaded(
      Condition condition,
      PartTable parts,
      long generation,
      long commit,
      long length,
      boolean beganAnew) {}

  private final MemoryDirectory directory;
  private final MemoryFormat format = new MemoryFormat();

  /** Null as long as there is nothing that a journal could follow. */
  private @Nullable PartTable parts;

  private long commit;
  private boolean damaged;

  /** Where the last journal that was read ends. */
  private int end;

  private MemoryLoader(MemoryDirectory directory) {
    this.directory = directory;
  }

  /**
   * Reads what there is.
   *
   * @throws MemoryFailureException if it cannot be read, or is whole and yet not understood: it is
   *     not touched then
   */
  static Loaded load(MemoryDirectory directory) {
    return new MemoryLoader(directory).load();
  }

  private Loaded load() {
    NavigableSet<Long> generations = directory.generations();
    if (generations.isEmpty()) {
      return new Loaded(Condition.NEW, new PartTable(), -1, 0, 0, false);
    }
    long newest = generations.last();
    if (isUnfinished(newest)) {
      generations.remove(newest);
      if (generations.isEmpty()) {
        return new Loaded(Condition.NEW, new PartTable(), -1, 0, 0, false);
      }
      newest = generations.last();
    }
    boolean anew = newest > 0 && beginsAnew(newest);
    if (newest > 0 && !anew) {
      readGeneration(newest - 1, false);
    }
    readGeneration(newest, true);
    PartTable found = parts;
    return new Loaded(
        damaged ? Condition.DAMAGED : Condition.SOUND,
        found == null ? new PartTable() : found,
        newest,
        commit,
        end,
        anew);
  }

  /** A generation begins with a journal that is empty; it counts when its snapshot is there. */
  private boolean isUnfinished(long generation) {
    Path snapshot = directory.snapshot(generation);
    byte[] journal = directory.read(directory.journal(generation));
    return !(generation > 0 && Files.exists(snapshot))
        && journal != null
        && journal.length <= MemoryFormat.FILE_HEADER
        && (generation > 0 || journal.length < MemoryFormat.FILE_HEADER);
  }

  private boolean beginsAnew(long generation) {
    FileHeader header = header(directory.snapshot(generation), Kind.SNAPSHOT, generation);
    return header != null && header.anew();
  }

  private @Nullable FileHeader header(Path file, Kind kind, long generation) {
    byte[] octets = directory.read(file);
    return octets == null ? null : header(file, octets, kind, generation);
  }

  /** The header of a file; null if it is damaged, or another file's. */
  private static @Nullable FileHeader header(Path file, byte[] octets, Kind kind, long generation) {
    if (!FileHeader.isWhole(octets)) {
      return null;
    }
    try {
      FileHeader header = FileHeader.of(octets);
      return header.kind() == kind && header.generation() == generation ? header : null;
    } catch (MalformedRecordException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  private void readGeneration(long generation, boolean newest) {
    if (generation == 0) {
      parts = new PartTable();
      commit = 0;
    } else {
      damaged |= !readSnapshot(generation);
    }
    damaged |= !readJournal(generation, newest);
  }

  /** False unless all is as it was written. */
  private boolean readSnapshot(long generation) {
    Path file = directory.snapshot(generation);
    byte[] octets = directory.read(file);
    FileHeader header = octets == null ? null : header(file, octets, Kind.SNAPSHOT, generation);
    if (octets == null || header == null) {
      return false;
    }
    int from = MemoryFormat.FILE_HEADER;
    if (format.find(octets, from, generation, header.commit()) != Found.WHOLE) {
      return false;
    }
    boolean follows = parts == null || commit == header.commit();
    PartTable found = new PartTable();
    int next = read(file, octets, from, found);
    parts = found;
    commit = header.commit();
    return follows && next == octets.length;
  }

  /** False unless all is as it was written, but for a last record that was not finished. */
  private boolean readJournal(long generation, boolean newest) {
    Path file = directory.journal(generation);
    byte[] octets = directory.read(file);
    PartTable state = parts;
    if (octets == null || octets.length < MemoryFormat.FILE_HEADER || state == null) {
      return false;
    }
    // Records say by themselves whether they belong here: a header is not worth a journal.
    FileHeader header = header(file, octets, Kind.JOURNAL, generation);
    boolean begins = header != null && header.commit() == commit;
    end = MemoryFormat.FILE_HEADER;
    Found found = format.find(octets, end, generation, commit + 1);
    while (found == Found.WHOLE) {
      if (MemoryFormat.length(octets, end) == 0) {
        // The next generation has begun: this cannot be the newest, and says no more.
        int after = end + MemoryFormat.RECORD_HEADER + MemoryFormat.CHECKSUM;
        return begins && !newest && after == octets.length;
      }
      end = read(file, octets, end, state);
      commit++;
      found = format.find(octets, end, generation, commit + 1);
    }
    return begins && found != Found.DAMAGED;
  }

  /** Takes over a record that is whole, and says where the next begins. */
  private static int read(Path file, byte[] octets, int from, PartTable into) {
    int begin = from + MemoryFormat.RECORD_HEADER;
    int length = MemoryFormat.length(octets, from);
    try {
      into.read(new RecordReader(octets, begin, length));
    } catch (MalformedRecordException e) {
      throw new MemoryFailureException(file, e);
    }
    return begin + length + MemoryFormat.CHECKSUM;
  }
}
