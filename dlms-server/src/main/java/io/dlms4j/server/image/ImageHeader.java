package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;

/**
 * What a client says of an image before it comes, and how it comes.
 *
 * @param identification image_identifier
 * @param size in octets, 1..2^32-1
 * @param blockSize how many octets a block has; only the last one may have less
 */
public record ImageHeader(Octets identification, long size, long blockSize) {
  private static final long MOST = 0xFFFF_FFFFL;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range, or there are 2^31 blocks or more
   */
  public ImageHeader {
    if (size < 1 || size > MOST || blockSize < 1 || blockSize > MOST) {
      throw new IllegalArgumentException(
          "size " + size + " and block size " + blockSize + " are not within 1.." + MOST);
    }
    if ((size - 1) / blockSize >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          size + " octets are too many blocks of " + blockSize + " octets");
    }
  }

  /**
   * How many blocks there are.
   *
   * @return 1..2^31-1
   */
  public int blocks() {
    return (int) ((size - 1) / blockSize + 1);
  }

  /**
   * How many octets a block has.
   *
   * @param number which block
   * @return the size of a block; of the last one, what is left
   * @throws IndexOutOfBoundsException if there is no such block
   */
  public int lengthOf(long number) {
    if (number < 0 || number >= blocks()) {
      throw new IndexOutOfBoundsException("block " + number + " of " + blocks());
    }
    return (int) Math.min(blockSize, size - number * blockSize);
  }
}
