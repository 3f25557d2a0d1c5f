package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A store in a file that has the image, octet for octet, and one beside it, of that name and
 * ".blocks", that says which blocks are there. Both survive a process that is killed at any moment,
 * and a loss of power.
 *
 * <p>Nothing is waited for until the disk has it: a block counts after a restart if its octets are
 * those that its checksum is of, and any other one is asked for again. For all threads, and one
 * process.
 */
public final class FileImageStore implements ImageStore, Closeable {
  private final Path stateFile;
  private final RandomAccessFile data;
  private RandomAccessFile state;
  private long blockSize;
  private @Nullable ImageHeader image;
  private BitSet blocks = new BitSet();

  /** Where the checksums begin in the state. */
  private int checksums;

  private FileImageStore(Path stateFile, RandomAccessFile data, RandomAccessFile state)
      throws IOException {
    this.stateFile = stateFile;
    this.data = data;
    this.state = state;
    if (state.length() > 0) {
      restore();
    }
  }

  /**
   * Opens a store, or makes a new one if there is none.
   *
   * @param file where the image is, or will be
   * @return the store
   * @throws IOException if the files cannot be used, are in use, or are damaged
   */
  public static FileImageStore open(Path file) throws IOException {
    Path stateFile = file.resolveSibling(file.getFileName() + ".blocks");
    RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw");
    try {
      lock(file, data);
      RandomAccessFile state = new RandomAccessFile(stateFile.toFile(), "rw");
      try {
        return new FileImageStore(stateFile, data, state);
      } catch (IOException | RuntimeException e) {
        state.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static void lock(Path file, RandomAccessFile data) throws IOException {
    FileLock lock = null;
    try {
      lock = data.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      // Said below.
    }
    if (lock == null) {
      throw new IOException(file + " is in use, by this process or another one");
    }
  }

  private void restore() throws IOException {
    ImageStateHeader header = ImageStateHeader.read(state, stateFile);
    blockSize = header.blockSize();
    image = header.image();
    checksums = header.length();
    ImageHeader of = image;
    for (int number = 0; of != null && number < of.blocks(); number++) {
      blocks.set(number, isWhole(of, number));
    }
  }

  /** Whether the octets of a block are those that were written; either file may have lost some. */
  private boolean isWhole(ImageHeader of, int number) throws IOException {
    long entry = checksums + (long) number * ImageStateHeader.ENTRY;
    long at = number * of.blockSize();
    int length = of.lengthOf(number);
    if (state.length() < entry + ImageStateHeader.ENTRY || data.length() < at + length) {
      return false;
    }
    state.seek(entry);
    return state.read() == ImageStateHeader.THERE && state.readInt() == checksum(piece(at, length));
  }

  @Override
  public synchronized Optional<Contents> load() {
    return blockSize == 0 ? Optional.empty() : Optional.of(new Contents(blockSize, image, blocks));
  }

  @Override
  public synchronized void clear(long nextBlockSize) throws IOException {
    replace(new ImageStateHeader(nextBlockSize, null));
    data.setLength(0);
  }

  @Override
  public synchronized void begin(ImageHeader next) throws IOException {
    replace(new ImageStateHeader(next.blockSize(), next));
    data.setLength(0);
    data.setLength(next.size());
  }

  /** First the state, which tells of no blocks then, and after that the blocks. */
  private void replace(ImageStateHeader header) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    header.write(new DataOutputStream(octets));
    Path next = stateFile.resolveSibling(stateFile.getFileName() + ".new");
    Files.deleteIfExists(next);
    RandomAccessFile opened = new RandomAccessFile(next.toFile(), "rw");
    try {
      opened.write(octets.toByteArray());
      ImageHeader of = header.image();
      if (of != null) {
        opened.setLength(octets.size() + (long) of.blocks() * ImageStateHeader.ENTRY);
      }
      opened.getFD().sync();
      // Where an open file cannot be renamed, it is closed first.
      opened.close();
      state.close();
      Files.move(
          next, stateFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      opened.close();
      image = null;
      blocks = new BitSet();
      state = new RandomAccessFile(stateFile.toFile(), "rw");
    }
    blockSize = header.blockSize();
    image = header.image();
    checksums = octets.size();
  }

  @Override
  public synchronized void write(ImageHeader of, int number, Octets block) throws IOException {
    require(of);
    blocks.clear(number);
    data.seek(number * of.blockSize());
    data.write(block.array(), block.offset(), block.length());
    int checksum = checksum(block);
    state.seek(checksums + (long) number * ImageStateHeader.ENTRY);
    state.write(
        new byte[] {
          ImageStateHeader.THERE,
          (byte) (checksum >> 24),
          (byte) (checksum >> 16),
          (byte) (checksum >> 8),
          (byte) checksum
        });
    blocks.set(number);
  }

  @Override
  public synchronized Octets read(ImageHeader of, long offset, int length) throws IOException {
    require(of);
    return piece(offset, length);
  }

  private Octets piece(long offset, int length) throws IOException {
    byte[] piece = new byte[length];
    data.seek(offset);
    data.readFully(piece);
    return Octets.view(piece);
  }

  @SuppressWarnings("ReferenceEquality") // Not an equal one that was begun later.
  private void require(ImageHeader of) throws IOException {
    if (image != of) {
      throw new IOException("the image is no longer there");
    }
  }

  private static int checksum(Octets block) {
    CRC32 crc = new CRC32();
    crc.update(block.array(), block.offset(), block.length());
    return (int) crc.getValue();
  }

  /** Gives the files free. */
  @Override
  public synchronized void close() throws IOException {
    try {
      state.close();
    } finally {
      data.close();
    }
  }
}
