package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of one direction of an exchange, on the side that receives them (Green Book 9.4.6.13):
 * puts them in order, fills gaps, knows what it has had already.
 */
final class GeneralBlockTransferReceiver {
  /** Blocks that are this far ahead are in nobody's window. */
  private static final int MOST_AHEAD = GeneralBlockTransfer.MAX_WINDOW + 1;

  private final int maxOctets;
  private final TreeMap<Integer, Piece> ahead = new TreeMap<>();
  private final int[] hashes = new int[MOST_AHEAD];
  private AxdrWriter assembled = new AxdrWriter();
  private int octetsAhead;
  private int contiguous;
  private int highest;
  private int firstHash;
  private boolean complete;

  private record Piece(Octets data, boolean last) {}

  /** What became of a block. */
  enum Verdict {
    /** It has been had before, or is none that may come now. */
    NOTHING_NEW,
    /** It was missing. */
    TAKEN,
    /** It was missing, and the last that was: the APDU is there. */
    COMPLETED,
    /** It differs from the one that had its number before: they are not of one APDU. */
    CONFLICT,
    /** With it the APDU has more octets than are taken. */
    TOO_LONG
  }

  GeneralBlockTransferReceiver(int maxOctets) {
    this.maxOctets = maxOctets;
  }

  /** No data is due in this direction, acknowledgements only. */
  void close() {
    complete = true;
  }

  /** Whether no more data is due. */
  boolean isComplete() {
    return complete;
  }

  /** The number up to which no block is missing: block-number-ack. */
  int contiguous() {
    return contiguous;
  }

  /** Whether any block has come. */
  boolean hasHeard() {
    return highest > 0;
  }

  /** How many blocks are missing before the first that came early; 0 if none did. */
  int gap() {
    return ahead.isEmpty() ? 0 : ahead.firstKey() - contiguous - 1;
  }

  /** Whether this block is of another exchange than the ones before it. */
  boolean isOfAnother(GeneralBlockTransfer block) {
    int number = block.blockNumber();
    int hash = block.blockData().hashCode();
    if (number > contiguous) {
      Piece early = ahead.get(number);
      return complete || (early != null && !early.data().equals(block.blockData()));
    }
    if (number == 1) {
      return hash != firstHash;
    }
    return number > 0 && number > contiguous - MOST_AHEAD && hash != hashes[number % MOST_AHEAD];
  }

  Verdict take(GeneralBlockTransfer block) {
    int number = block.blockNumber();
    boolean isNew = number > highest;
    highest = Math.max(highest, number);
    if (complete) {
      // What comes now are acknowledgements. If one is missing it is not missed.
      contiguous = highest;
      return isNew ? Verdict.TAKEN : Verdict.NOTHING_NEW;
    }
    if (!isNew && isOfAnother(block)) {
      return Verdict.CONFLICT;
    }
    if (number <= contiguous || number > contiguous + MOST_AHEAD || ahead.containsKey(number)) {
      return isNew ? Verdict.TAKEN : Verdict.NOTHING_NEW;
    }
    int length = block.blockData().length();
    if (length > maxOctets - assembled.length() - octetsAhead) {
      return Verdict.TOO_LONG;
    }
    // What has to wait must not keep the whole APDU alive that it came in.
    Octets data = number == contiguous + 1 ? block.blockData() : block.blockData().copy();
    ahead.put(number, new Piece(data, block.lastBlock()));
    octetsAhead += length;
    append();
    return complete ? Verdict.COMPLETED : Verdict.TAKEN;
  }

  private void append() {
    for (Map.Entry<Integer, Piece> first = ahead.firstEntry();
        !complete && first != null && first.getKey() == contiguous + 1;
        first = ahead.firstEntry()) {
      ahead.remove(first.getKey());
      Piece piece = first.getValue();
      contiguous++;
      int hash = piece.data().hashCode();
      hashes[contiguous % MOST_AHEAD] = hash;
      if (contiguous == 1) {
        firstHash = hash;
      }
      assembled.writeOctets(piece.data());
      octetsAhead -= piece.data().length();
      // The last block of a side that had no data is an acknowledgement like any other.
      complete = piece.last() && assembled.length() > 0;
    }
    if (complete) {
      ahead.clear();
      octetsAhead = 0;
      contiguous = Math.max(contiguous, highest);
    }
  }

  /** The APDU, once it is complete. */
  Octets apdu() {
    Octets apdu = assembled.toOctets();
    release();
    return apdu;
  }

  /** The exchange is over: lets go of what has come. */
  void release() {
    assembled = new AxdrWriter();
    ahead.clear();
    octetsAhead = 0;
  }
}
