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

  /** How many octets at the head of {@link #pending} have been given away in blocks. */
  private int taken;

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
    return left() <= octets;
  }

  /** The next block, of at most {@code room} octets; empty if nothing is left. */
  Octets next(int room) {
    fill(room);
    int length = Math.min(room, left());
    if (wholePieces) {
      int whole = 0;
      while (!pieceEnds.isEmpty() && pieceEnds.getFirst() - taken <= room) {
        whole = pieceEnds.removeFirst() - taken;
      }
      if (whole > 0) {
        length = whole;
      }
    }
    Octets block = Octets.copyOf(pending.array(), taken, length);
    taken += length;
    return block;
  }

  /**
   * What is left, behind a header: first what has been drawn from the stream, and then piece by
   * piece.
   */
  DataStream rest(Octets header) {
    return new DataStream() {
      private boolean begun;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (begun) {
          return stream.writeNext(writer);
        }
        begun = true;
        writer.writeOctets(header).writeOctets(pending.array(), taken, left());
        return true;
      }
    };
  }

  private int left() {
    return pending.length() - taken;
  }

  /** Takes pieces until more than so many octets are pending or the stream is exhausted. */
  private void fill(int octets) {
    while (!exhausted && left() <= octets) {
      forgetTaken();
      exhausted = !stream.writeNext(pending);
      if (wholePieces && !exhausted) {
        pieceEnds.addLast(pending.length());
      }
    }
  }

  /** Only before a new piece, when little is left: a long piece is not moved for every block. */
  private void forgetTaken() {
    if (taken == 0) {
      return;
    }
    int left = left();
    pending.reset();
    pending.writeOctets(pending.array(), taken, left);
    for (int i = pieceEnds.size(); i > 0; i--) {
      pieceEnds.addLast(pieceEnds.removeFirst() - taken);
    }
    taken = 0;
  }
}
