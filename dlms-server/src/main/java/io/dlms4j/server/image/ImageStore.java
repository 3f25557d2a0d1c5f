package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the blocks of an image are kept, as they come, and what survives a restart of an {@link
 * ImageTransfer}. For one transfer at a time, which never changes it twice at once, and may read
 * meanwhile. All methods may block: see {@link ImageTransferBuilder#executor}.
 */
public interface ImageStore {
  /**
   * What a store holds.
   *
   * @param blockSize the image_block_size that counts, in octets
   * @param image the image that is being transferred; null for none
   * @param blocks the numbers of its blocks that are there, whole
   */
  record Contents(long blockSize, @Nullable ImageHeader image, BitSet blocks) {
    /** Keeps a copy of the numbers. */
    public Contents {
      blocks = (BitSet) blocks.clone();
    }

    /**
     * The numbers.
     *
     * @return a copy
     */
    @Override
    public BitSet blocks() {
      return (BitSet) blocks.clone();
    }
  }

  /**
   * Reads what is there.
   *
   * @return the contents; nothing if nothing has ever been kept
   * @throws IOException if they cannot be read
   */
  Optional<Contents> load() throws IOException;

  /**
   * Forgets an image, and keeps the length of the blocks of the next one.
   *
   * @param blockSize image_block_size in octets
   * @throws IOException if that cannot be kept
   */
  void clear(long blockSize) throws IOException;

  /**
   * Makes room for an image. Another one is forgotten.
   *
   * @param image the image
   * @throws IOException if there is no room: then there is no image
   */
  void begin(ImageHeader image) throws IOException;

  /**
   * Keeps a block. It may be there already: then this one counts.
   *
   * @param image the image that was begun last
   * @param number which block, one that the image has
   * @param block as many octets as that block has; to be copied, not kept
   * @throws IOException if it cannot be kept: then it counts as not there
   */
  void write(ImageHeader image, int number, Octets block) throws IOException;

  /**
   * Reads from blocks that are there.
   *
   * @param image the image
   * @param offset the first octet, from 0 on
   * @param length how many
   * @return that many octets
   * @throws IOException if they cannot be read, or the image is no longer there
   */
  Octets read(ImageHeader image, long offset, int length) throws IOException;
}
