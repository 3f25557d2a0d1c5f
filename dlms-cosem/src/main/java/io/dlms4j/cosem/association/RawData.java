package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;

/**
 * Gathers the raw data of blocks, under a limit. The first block has number 1, and none may be
 * missing (Green Book 9.4.6).
 */
final class RawData {
  private final AxdrWriter gathered = new AxdrWriter();
  private final int most;
  private long blocks;
  private int counted;

  /** What became of a block. */
  enum Taken {
    YES,
    /** It is not the one that is due. */
    WRONG_NUMBER,
    /** With it there would be more octets than are taken. */
    TOO_MUCH
  }

  RawData(int most) {
    this.most = most;
  }

  Taken take(long blockNumber, Octets octets) {
    if (blockNumber != blocks + 1) {
      return Taken.WRONG_NUMBER;
    }
    // An empty block counts as one octet, so that a peer that sends nothing else is not listened to
    // for ever.
    int length = Math.max(1, octets.length());
    if (length > most - counted) {
      return Taken.TOO_MUCH;
    }
    counted += length;
    blocks++;
    gathered.writeOctets(octets);
    return Taken.YES;
  }

  /** The number of the last block taken; 0 if there is none. */
  long blocks() {
    return blocks;
  }

  /** The raw data of all blocks, one behind the other. */
  Octets octets() {
    return gathered.toOctets();
  }
}
