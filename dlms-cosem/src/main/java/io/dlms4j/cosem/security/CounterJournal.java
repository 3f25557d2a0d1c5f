package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The file of a {@link FileInvocationCounterStore}: a header, and records that are appended. A
 * record counts when it is whole; each has a checksum over itself and its place, so that none can
 * be changed, lost or moved unseen. A record that the end of the file cuts off was never finished,
 * and whoever wrote it never used what it says.
 *
 * <p>The file as a whole is only ever replaced by renaming, so it is never empty: a file without a
 * header is a damaged one.
 */
final class CounterJournal implements Closeable {
  /** What a record is of. */
  record Slot(boolean own, CounterId id) {}

  static final int RECORD = 1 + SystemTitle.LENGTH + CounterId.FINGERPRINT_LENGTH + 8 + 4;

  private static final byte[] HEADER = "dlms4j-counters1".getBytes(StandardCharsets.US_ASCII);

  private static final int OWN = 0x01;
  private static final int RECEIVED = 0x02;
  private static final int UNAUTHENTICATED = 0x10;

  /** Longer files are none of ours: they are rewritten long before. */
  private static final long LONGEST_FILE = 1L << 28;

  /** How many records there may be beside those that count, before the file is rewritten. */
  private static final int SLACK = 512;

  private final Path file;
  private final RandomAccessFile lockFile;
  private final Map<Slot, Long> values = new LinkedHashMap<>();
  private RandomAccessFile out;
  private long records;

  private CounterJournal(Path file, boolean create) throws IOException {
    this.file = file;
    // Two processes with one file would hand out the same counters.
    this.lockFile = WholeFile.lock(file);
    try {
      if (create) {
        if (Files.exists(file)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        replaceFile();
      } else {
        load();
      }
      out = append();
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  static CounterJournal create(Path file) throws IOException {
    return new CounterJournal(file.toAbsolutePath(), true);
  }

  static CounterJournal open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return new CounterJournal(file.toAbsolutePath(), false);
  }

  /** What the file says, in the order in which it was first said. */
  Map<Slot, Long> values() {
    return values;
  }

  /** Writes a value, and returns when the disk has it. */
  void put(Slot key, long value) throws IOException {
    out.write(record(records, key, value));
    out.getFD().sync();
    records++;
    values.put(key, value);
    if (records > SLACK + 2L * values.size()) {
      replaceFile();
      out.close();
      out = append();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      lockFile.close();
    }
  }

  private void load() throws IOException {
    long length = Files.size(file);
    if (length > LONGEST_FILE) {
      throw damaged("it has " + length + " octets");
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
        throw damaged("it does not begin as one");
      }
      byte[] record = new byte[RECORD];
      while (in.readNBytes(record, 0, RECORD) == RECORD) {
        read(record);
      }
    }
    long whole = HEADER.length + records * RECORD;
    if (length > whole) {
      try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
        torn.setLength(whole);
        torn.getFD().sync();
      }
    }
  }

  private void read(byte[] record) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(record);
    int kind = buffer.get();
    Octets title = Octets.copyOf(record, 1, SystemTitle.LENGTH);
    Octets fingerprint =
        Octets.copyOf(record, 1 + SystemTitle.LENGTH, CounterId.FINGERPRINT_LENGTH);
    long value = buffer.getLong(RECORD - 12);
    Slot key =
        new Slot(
            (kind & OWN) != 0,
            new CounterId(new SystemTitle(title), fingerprint, (kind & UNAUTHENTICATED) == 0));
    // Written again it must be the same, checksum and all.
    if (!Arrays.equals(record, record(records, key, value))
        || value < values.getOrDefault(key, 0L)
        || value > InvocationCounterStore.HIGHEST + 1) {
      throw damaged("record " + records + " is wrong");
    }
    values.put(key, value);
    records++;
  }

  private IOException damaged(String how) {
    return new IOException(
        file
            + " is damaged: "
            + how
            + ". Counters must not be guessed, for one that repeats breaks the cipher: change the"
            + " keys, or put back a whole file and skip beyond all counters ever used");
  }

  private static byte[] record(long index, Slot key, long value) {
    CounterId id = key.id();
    ByteBuffer record = ByteBuffer.allocate(RECORD);
    record.put((byte) ((key.own() ? OWN : RECEIVED) | (id.authenticated() ? 0 : UNAUTHENTICATED)));
    record.put(id.originator().octets().toByteArray());
    record.put(id.fingerprint().toByteArray());
    record.putLong(value);
    CRC32 checksum = new CRC32();
    checksum.update(ByteBuffer.allocate(8).putLong(index).flip());
    checksum.update(record.array(), 0, RECORD - 4);
    record.putInt((int) checksum.getValue());
    return record.array();
  }

  /** Writes a file with one record a value in place of the old one. */
  private void replaceFile() throws IOException {
    long index = 0;
    ByteBuffer all = ByteBuffer.allocate(HEADER.length + values.size() * RECORD);
    all.put(HEADER);
    for (Map.Entry<Slot, Long> entry : values.entrySet()) {
      all.put(record(index++, entry.getKey(), entry.getValue()));
    }
    WholeFile.replace(file, all.array());
    records = index;
  }

  private RandomAccessFile append() throws IOException {
    RandomAccessFile file = new RandomAccessFile(this.file.toFile(), "rw");
    file.seek(file.length());
    return file;
  }
}
