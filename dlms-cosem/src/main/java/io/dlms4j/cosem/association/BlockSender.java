package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cuts a {@link DataStream} into blocks, holding no more of it than one block and one piece.
 *
 * <p>By the standard a block is filled to its last octet, and cut anywhere. With whole pieces (a
 * vendor's habit) a block ends where a piece does; only a piece that is longer than a block is cut
 * all the same.
 */
final class BlockSender {
  private final DataStream stream;
  private final boolean wholePieces;
  private final AxdrWriter pending = new AxdrWriter();

  /** Where pieces end in {@link #pending}; kept for whole pieces only. */
  private final Deque<Integer> pieceEnds = new ArrayDeque<>();

  private boolean exhausted;

  BlockSender(DataStream stream, boolean wholePieces) {
    this.stream = stream;
    this.wholePieces = wholePieces;
  }

  /** Whether what is left of the stream has at most so many octets. */
  boolean fits(int octets) {
    fill(octets);
    return pending.length() <= octets;
  }

  /** The next block, of at most {@code room} octets; empty if nothing is left. */
  Octets next(int room) {
    fill(room);
    int length = Math.min(room, pending.length());
    if (wholePieces) {
      int whole = 0;
      while (!pieceEnds.isEmpty() && pieceEnds.getFirst() <= room) {
        whole = pieceEnds.removeFirst();
      }
      if (whole > 0) {
        length = whole;
      }
    }
    Octets all = pending.toOctets();
    pending.reset();
    pending.writeOctets(all.slice(length, all.length() - length));
    for (int i = pieceEnds.size(); i > 0; i--) {
      pieceEnds.addLast(pieceEnds.removeFirst() - length);
    }
    return all.slice(0, length);
  }

  /** Takes pieces until more than so many octets are pending or the stream is exhausted. */
  private void fill(int octets) {
    while (!exhausted && pending.length() <= octets) {
      exhausted = !stream.writeNext(pending);
      if (wholePieces && !exhausted) {
        pieceEnds.addLast(pending.length());
      }
    }
  }
}
