package io.dlms4j.omnipower.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a memory: {@code snapshot-N} and {@code journal-N} of the generations N, {@code
 * lock}, and what was found damaged, under its name with {@code .damaged-1} and so on behind. All
 * methods throw {@link MemoryFailureException} where the directory cannot be used.
 */
final class MemoryDirectory implements Closeable {
  private static final Pattern FILE =
      Pattern.compile("snapshot-([1-9][0-9]{0,17})|journal-(0|[1-9][0-9]{0,17})");
  private static final String UNFINISHED = "snapshot.new";

  private final Path path;
  private final RandomAccessFile lock;

  /** Makes the directory if there is none, and keeps others away from it. */
  MemoryDirectory(Path path) {
    this.path = path.toAbsolutePath();
    this.lock = lock(this.path);
  }

  private static RandomAccessFile lock(Path path) {
    try {
      Files.createDirectories(path);
      RandomAccessFile file = new RandomAccessFile(path.resolve("lock").toFile(), "rw");
      FileLock lock = null;
      try {
        lock = file.getChannel().tryLock();
      } catch (OverlappingFileLockException e) {
        // By this process: said below.
      } finally {
        if (lock == null) {
          file.close();
        }
      }
      if (lock == null) {
        throw new MemoryFailureException(path, "it is in use, by this process or another one");
      }
      return file;
    } catch (IOException e) {
      throw new MemoryFailureException(path, e);
    }
  }

  Path path() {
    return path;
  }

  Path snapshot(long generation) {
    return path.resolve("snapshot-" + generation);
  }

  Path journal(long generation) {
    return path.resolve("journal-" + generation);
  }

  /** The generations of which there is some file. */
  NavigableSet<Long> generations() {
    try (Stream<Path> files = Files.list(path)) {
      NavigableSet<Long> found = new TreeSet<>();
      files.forEach(
          file -> {
            Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
              found.add(Long.valueOf(name.group(1) == null ? name.group(2) : name.group(1)));
            }
          });
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new MemoryFailureException(path, e);
    }
  }

  /** What is in a file; null if it is missing, or longer than any of ours. */
  byte @Nullable [] read(Path file) {
    try {
      return Files.size(file) > MemoryFormat.LONGEST_FILE ? null : Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  /** Writes a snapshot. When it returns, the disk has it whole; until then, nothing of it. */
  void writeSnapshot(long generation, byte[] header, RecordWriter record) {
    Path unfinished = path.resolve(UNFINISHED);
    try {
      try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
        file.setLength(0);
        file.write(header);
        file.write(record.buffer(), 0, record.length());
        file.getFD().sync();
      }
      Files.move(unfinished, snapshot(generation), StandardCopyOption.ATOMIC_MOVE);
      sync();
    } catch (IOException e) {
      throw new MemoryFailureException(unfinished, e);
    }
  }

  /** Makes the disk know which files there are. */
  void sync() throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // A thread that has been interrupted cannot use a channel.
      boolean interrupted = Thread.interrupted();
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  void delete(long generation) {
    delete(snapshot(generation));
    delete(journal(generation));
  }

  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  /** Gives the files of a generation names under which nobody looks for them. */
  void setAside(long generation) {
    setAside(snapshot(generation));
    setAside(journal(generation));
  }

  private static void setAside(Path file) {
    try {
      int number = 1;
      Path aside;
      do {
        aside = file.resolveSibling(file.getFileName() + ".damaged-" + number++);
      } while (Files.exists(aside));
      if (Files.exists(file)) {
        Files.move(file, aside);
      }
    } catch (IOException e) {
      throw new MemoryFailureException(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
