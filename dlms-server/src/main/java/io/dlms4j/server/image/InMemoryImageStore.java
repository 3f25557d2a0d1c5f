package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that is gone with the process, for tests and emulators. It takes the memory of an image
 * when that begins: limit the {@linkplain ImageTransferBuilder#maxImageSize size}. For all threads.
 */
public final class InMemoryImageStore implements ImageStore {
  /** What an array can have on every virtual machine. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private long blockSize;
  private @Nullable ImageHeader image;
  private byte[] octets = new byte[0];
  private BitSet blocks = new BitSet();

  /** An empty store. */
  public InMemoryImageStore() {}

  @Override
  public synchronized Optional<Contents> load() {
    return blockSize == 0 ? Optional.empty() : Optional.of(new Contents(blockSize, image, blocks));
  }

  @Override
  public synchronized void clear(long nextBlockSize) {
    blockSize = nextBlockSize;
    image = null;
    octets = new byte[0];
    blocks = new BitSet();
  }

  @Override
  public synchronized void begin(ImageHeader next) throws IOException {
    clear(next.blockSize());
    if (next.size() > MOST) {
      throw new IOException("an image of " + next.size() + " octets is too large for an array");
    }
    octets = new byte[(int) next.size()];
    image = next;
  }

  @Override
  public synchronized void write(ImageHeader of, int number, Octets block) throws IOException {
    require(of);
    block.copyTo(octets, (int) (number * of.blockSize()));
    blocks.set(number);
  }

  @Override
  public synchronized Octets read(ImageHeader of, long offset, int length) throws IOException {
    require(of);
    return Octets.copyOf(octets, (int) offset, length);
  }

  @SuppressWarnings("ReferenceEquality") // Not an equal one that was begun later.
  private void require(ImageHeader of) throws IOException {
    if (image != of) {
      throw new IOException("the image is no longer there");
    }
  }
}
