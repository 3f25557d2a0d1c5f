package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one direction of an exchange, on the side that sends them (Green Book 9.4.6.13).
 *
 * <p>Blocks are numbered from 1, acknowledgements without data among them. Blocks with data are
 * kept until they are acknowledged, of which there are never more than the peer's window; a block
 * without data needs no keeping. The APDU is drawn from its source as blocks are sent.
 */
final class GeneralBlockTransferSender {
  private static final int LAST_NUMBER = 0xFFFF;

  private final Deque<Octets> kept = new ArrayDeque<>();
  private @Nullable BlockSender source;
  private int room;

  /** Numbers of the first and the last block with data; 0 as long as there is none. */
  private int firstData;

  private int lastData;
  private int sent;
  private int acknowledged;

  /** The next block of the stream that is being sent, and how many of it are left. */
  private int cursor;

  private int left;

  /**
   * One block without what the other direction adds to it.
   *
   * @param again whether it has been sent before
   */
  record Block(int number, boolean last, boolean streaming, Octets data, boolean again) {}

  /** Begins to send an APDU behind the acknowledgements that were sent so far. */
  void begin(BlockSender apdu, int blockDataRoom) {
    source = apdu;
    room = blockDataRoom;
    left = 0;
  }

  /** Whether there is, or was, an APDU to send. */
  boolean hasBegun() {
    return room > 0;
  }

  /** The highest number used. */
  int sent() {
    return sent;
  }

  /** Whether there is data that the peer has not acknowledged. */
  boolean hasData() {
    return source != null && (lastData == 0 || acknowledged < lastData);
  }

  /** Whether the last block has been sent, once at least. */
  boolean isAllSent() {
    return source != null && lastData != 0 && sent >= lastData;
  }

  /** Whether an acknowledgement is of all there is to send, nothing at all included. */
  boolean isAllOf(int number) {
    return !hasBegun() || (lastData != 0 && number >= lastData);
  }

  /** Whether blocks are left of the stream that was started. */
  boolean isStreaming() {
    return left > 0;
  }

  /**
   * Takes an acknowledgement of a block that was sent.
   *
   * @return whether it acknowledges more than was acknowledged before
   */
  boolean acknowledge(int number) {
    if (number <= acknowledged) {
      return false;
    }
    int first = sentDataFrom();
    acknowledged = number;
    for (int i = first; i <= number && !kept.isEmpty(); i++) {
      kept.removeFirst();
    }
    if (left > 0) {
      cursor = Math.max(cursor, number + 1);
      left = hasData() ? left : 0;
    }
    return true;
  }

  /** The number of the first block in {@link #kept}. */
  private int sentDataFrom() {
    return Math.max(firstData, acknowledged + 1);
  }

  /**
   * Starts a stream: of the blocks that the peer misses and new ones if there is data, else of one
   * block without data.
   */
  void startStream(int window) {
    boolean data = hasData();
    cursor = data && firstData != 0 ? acknowledged + 1 : sent + 1;
    left = data ? window : 1;
  }

  /**
   * The next block of the stream.
   *
   * @param nothingElse whether a block without data is the last this side has to send
   * @throws DlmsException if the APDU needs more blocks than there are numbers
   */
  Block next(boolean nothingElse) {
    BlockSender apdu = source;
    if (apdu == null || !hasData()) {
      left = 0;
      // The numbers may be used up by acknowledgements that were repeated; the last one serves on.
      sent = Math.min(cursor, LAST_NUMBER);
      return new Block(sent, nothingElse || apdu != null, false, Octets.EMPTY, false);
    }
    int number = cursor;
    boolean again = number <= sent;
    Octets data = again ? again(number) : cut(apdu, number);
    cursor++;
    left = number == lastData ? 0 : left - 1;
    return new Block(number, number == lastData, left > 0, data, again);
  }

  private Octets cut(BlockSender apdu, int number) {
    if (number > LAST_NUMBER) {
      throw new DlmsException(
          DlmsException.Origin.LOCAL,
          DlmsException.Scope.REQUEST,
          "the APDU needs more than the 65535 blocks of "
              + room
              + " octets that general block transfer can number (Green Book 9.4.6.13)");
    }
    Octets data = apdu.next(room);
    boolean last = apdu.fits(0);
    kept.addLast(data);
    sent = number;
    if (firstData == 0) {
      firstData = number;
    }
    if (last) {
      lastData = number;
    }
    return data;
  }

  private Octets again(int number) {
    int index = number - sentDataFrom();
    if (index < 0) {
      return Octets.EMPTY;
    }
    for (Octets data : kept) {
      if (index-- == 0) {
        return data;
      }
    }
    return Octets.EMPTY;
  }

  /** The exchange is over: lets go of the APDU. */
  void release() {
    source = null;
    left = 0;
    kept.clear();
  }
}
