package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the octets of an image come from, piece by piece: the whole of it need not be in memory. An
 * {@link ImageUpload} reads one piece at a time, of at most a block, and some pieces again.
 */
public interface ImageSource {
  /**
   * The length of the image.
   *
   * @return in octets, at least 1; always the same
   */
  long size();

  /**
   * Reads a piece. Called on the threads of {@link ImageUpload#executor}.
   *
   * @param offset where it begins, from 0 on
   * @param length how many octets; the image has them
   * @return that many octets
   * @throws IOException if they cannot be read: then the upload fails
   */
  Octets read(long offset, int length) throws IOException;

  /**
   * An image in memory.
   *
   * @param image all its octets
   * @return the source
   */
  static ImageSource of(Octets image) {
    return new ImageSource() {
      @Override
      public long size() {
        return image.length();
      }

      @Override
      public Octets read(long offset, int length) {
        return image.slice(Math.toIntExact(offset), length);
      }
    };
  }

  /**
   * An image in a file, which is opened for each piece, and need not be closed.
   *
   * @param file which one; must not change before the upload is over
   * @return the source
   * @throws IOException if there is no such file
   */
  static ImageSource of(Path file) throws IOException {
    long size = Files.size(file);
    return new ImageSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public Octets read(long offset, int length) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
          return piece(channel, offset, length);
        }
      }
    };
  }

  /**
   * An image in a channel, which stays the caller's to close, and is nobody else's to move.
   *
   * @param channel open for reading until the upload is over
   * @return the source
   * @throws IOException if its size cannot be told
   */
  static ImageSource of(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    return new ImageSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public synchronized Octets read(long offset, int length) throws IOException {
        return piece(channel, offset, length);
      }
    };
  }

  private static Octets piece(SeekableByteChannel channel, long offset, int length)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(length);
    channel.position(offset);
    while (piece.hasRemaining()) {
      if (channel.read(piece) < 0) {
        throw new EOFException(
            "the image ends at octet "
                + (offset + piece.position())
                + ": it has become shorter since the upload began");
      }
    }
    return Octets.view(piece.array());
  }
}
