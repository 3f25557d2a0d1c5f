package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * An image whose blocks are all there, to be verified or activated. It is there as long as no
 * client begins another transfer: then reading fails. For all threads.
 */
public final class StoredImage {
  private final ImageHeader header;
  private final ImageStore store;

  StoredImage(ImageHeader header, ImageStore store) {
    this.header = header;
    this.store = store;
  }

  /**
   * What the client said of it.
   *
   * @return its header
   */
  public ImageHeader header() {
    return header;
  }

  /**
   * Reads a part of it.
   *
   * @param offset the first octet, from 0 on
   * @param length how many
   * @return that many octets
   * @throws IOException if they cannot be read
   * @throws IndexOutOfBoundsException if the image does not have them
   */
  public Octets read(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, /* size= */ (long) length, /* length= */ header.size());
    return store.read(header, offset, length);
  }

  /**
   * Reads it from its beginning.
   *
   * @return a stream of all its octets, which needs not be closed
   */
  public InputStream stream() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (position == header.size()) {
          return length == 0 ? 0 : -1;
        }
        int read = (int) Math.min(length, header.size() - position);
        StoredImage.this.read(position, read).copyTo(target, offset);
        position += read;
        return read;
      }
    };
  }
}
