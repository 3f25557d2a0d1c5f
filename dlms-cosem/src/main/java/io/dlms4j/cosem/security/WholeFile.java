package io.dlms4j.cosem.security;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that are only ever replaced as a whole, by one process at a time: whoever is killed at any
 * moment leaves the old contents or the new ones, never a part. They are written through plain
 * files, not channels, for an interrupt would close a channel.
 */
final class WholeFile {
  private WholeFile() {}

  /**
   * Keeps other processes, and others in this one, away from a file: beside it is one of that name
   * and ".lock".
   *
   * @return what gives the file free when it is closed
   * @throws IOException if it is in use
   */
  static RandomAccessFile lock(Path file) throws IOException {
    RandomAccessFile lockFile =
        new RandomAccessFile(file.resolveSibling(file.getFileName() + ".lock").toFile(), "rw");
    try {
      FileLock lock = lockFile.getChannel().tryLock();
      if (lock != null) {
        return lockFile;
      }
    } catch (OverlappingFileLockException e) {
      // Said below.
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
    lockFile.close();
    throw new IOException(file + " is in use, by this process or another one");
  }

  /**
   * Writes a file beside the old one, and renames it. Returns when the disk has it.
   *
   * @param file an absolute path
   */
  static void replace(Path file, byte[] contents) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    boolean posix = next.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (RandomAccessFile writer = new RandomAccessFile(next.toFile(), "rw")) {
      writer.write(contents);
      writer.getFD().sync();
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = file.getParent();
    if (posix && directory != null) {
      // Without this, a loss of power could bring the old file back.
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
