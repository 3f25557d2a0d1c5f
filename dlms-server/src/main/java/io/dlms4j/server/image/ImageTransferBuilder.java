package io.dlms4j.server.image;

import io.dlms4j.cosem.ObisCode;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Makes an {@link ImageTransfer}. For one thread. */
public final class ImageTransferBuilder {
  /** As the OMNIPOWER meters have it. */
  public static final int DEFAULT_BLOCK_SIZE = 985;

  /** What a client may ask for, unless it is said otherwise: 16 MiB. */
  public static final long DEFAULT_MAX_IMAGE_SIZE = 16L << 20;

  private static final int MOST_BLOCK_SIZE = 0xFFFF;
  private static final long MOST_IMAGE_SIZE = 0xFFFF_FFFFL;

  final ObisCode logicalName;
  final ImageStore store;
  ImageVerifier verifier = ImageVerifier.any();
  ImageActivation activation = ImageActivation.none();
  Executor executor = Runnable::run;
  int blockSize = DEFAULT_BLOCK_SIZE;
  int leastBlockSize = 16;
  int mostBlockSize = MOST_BLOCK_SIZE;
  long maxImageSize = DEFAULT_MAX_IMAGE_SIZE;
  boolean surviving = true;

  ImageTransferBuilder(ObisCode logicalName, ImageStore store) {
    this.logicalName = logicalName;
    this.store = store;
  }

  /**
   * Sets what finds out whether an image is good; {@link ImageVerifier#any} unless set.
   *
   * @param by called on the {@link #executor}
   * @return this
   */
  public ImageTransferBuilder verifier(ImageVerifier by) {
    this.verifier = by;
    return this;
  }

  /**
   * Sets what takes an image into use; nothing unless set.
   *
   * @param by called on the {@link #executor}, or where the verifier's stage completes
   * @return this
   */
  public ImageTransferBuilder activation(ImageActivation by) {
    this.activation = by;
    return this;
  }

  /**
   * Sets the image_block_size of a store that has none yet, and what clients may write for it.
   *
   * @param first in octets; {@link #DEFAULT_BLOCK_SIZE} unless set
   * @param least what may be written at least; 16 unless set
   * @param most what may be written at most; 65535 unless set
   * @return this
   * @throws IllegalArgumentException if they are not 1 ≤ least ≤ first ≤ most ≤ 65535
   */
  public ImageTransferBuilder blockSize(int first, int least, int most) {
    if (least < 1 || first < least || most < first || most > MOST_BLOCK_SIZE) {
      throw new IllegalArgumentException(
          "block size "
              + first
              + " within "
              + least
              + ".."
              + most
              + ", within 1.."
              + MOST_BLOCK_SIZE);
    }
    this.blockSize = first;
    this.leastBlockSize = least;
    this.mostBlockSize = most;
    return this;
  }

  /**
   * Sets how large an image may be that a client announces.
   *
   * @param octets 1..2^32-1; {@link #DEFAULT_MAX_IMAGE_SIZE} unless set
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ImageTransferBuilder maxImageSize(long octets) {
    if (octets < 1 || octets > MOST_IMAGE_SIZE) {
      throw new IllegalArgumentException(
          "image size " + octets + " is not within 1.." + MOST_IMAGE_SIZE);
    }
    this.maxImageSize = octets;
    return this;
  }

  /**
   * Sets whether a transfer goes on after a restart, with the blocks that are in the store. What
   * was verified is to be verified again.
   *
   * @param may true unless set; if false, there is nothing under way after a restart
   * @return this
   */
  public ImageTransferBuilder survivingRestarts(boolean may) {
    this.surviving = may;
    return this;
  }

  /**
   * Sets what carries out methods: stores block, and verifiers take their time.
   *
   * @param threads the line's own thread unless set, which then waits for the store
   * @return this
   */
  public ImageTransferBuilder executor(Executor threads) {
    this.executor = threads;
    return this;
  }

  /**
   * Makes the transfer, and goes on with what the store has.
   *
   * @return the transfer
   * @throws IOException if the store cannot be read
   */
  public ImageTransfer build() throws IOException {
    return new ImageTransfer(this);
  }
}
