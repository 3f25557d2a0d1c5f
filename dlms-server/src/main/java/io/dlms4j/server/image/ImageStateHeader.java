package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How the state of a {@link FileImageStore} begins: "DIT1", the block size, the size of the image
 * or 0, the length of its identification and that, and a CRC-32 of all this. An entry for each
 * block follows: {@link #THERE} and the CRC-32 of the block, or zeros.
 *
 * @param blockSize image_block_size
 * @param image the image that is being transferred; null for none
 */
record ImageStateHeader(long blockSize, @Nullable ImageHeader image) {
  /** Of a block that has been written. */
  static final byte THERE = 1;

  /** The length of an entry. */
  static final int ENTRY = 5;

  private static final int MAGIC = 0x44495431;
  private static final int FIXED = 4 + 4 + 4 + 2;
  private static final int CHECKSUM = 4;

  /** Its length in octets. */
  int length() {
    return FIXED + identification().length() + CHECKSUM;
  }

  private Octets identification() {
    return image == null ? Octets.EMPTY : image.identification();
  }

  void write(DataOutputStream out) throws IOException {
    byte[] octets = octets();
    out.write(octets);
    out.writeInt(checksum(octets));
  }

  private byte[] octets() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(octets);
    fields.writeInt(MAGIC);
    fields.writeInt((int) blockSize);
    fields.writeInt(image == null ? 0 : (int) image.size());
    fields.writeShort(identification().length());
    fields.write(identification().toByteArray());
    return octets.toByteArray();
  }

  static ImageStateHeader read(RandomAccessFile in, Path name) throws IOException {
    try {
      in.seek(0);
      int magic = in.readInt();
      long blockSize = in.readInt() & 0xFFFF_FFFFL;
      long size = in.readInt() & 0xFFFF_FFFFL;
      byte[] identification = new byte[in.readUnsignedShort()];
      in.readFully(identification);
      ImageStateHeader header =
          new ImageStateHeader(
              blockSize,
              size == 0 ? null : new ImageHeader(Octets.view(identification), size, blockSize));
      if (magic == MAGIC && in.readInt() == checksum(header.octets())) {
        return header;
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw new IOException(damaged(name), e);
    }
    throw new IOException(damaged(name));
  }

  private static String damaged(Path name) {
    return name + " is damaged, or no state of an image store: remove it to begin anew";
  }

  private static int checksum(byte[] octets) {
    CRC32 crc = new CRC32();
    crc.update(octets);
    return (int) crc.getValue();
  }
}
