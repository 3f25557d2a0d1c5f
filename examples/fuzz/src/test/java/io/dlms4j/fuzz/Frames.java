package io.dlms4j.fuzz;

import io.dlms4j.hdlc.Fcs16;
import java.util.Arrays;

/**
 * Lets a fuzzer past the check sequences, which it would never guess: a piece that begins with
 * {@link #MARK} becomes a good frame with its control field and information.
 */
final class Frames {
  private static final int MARK = 0xFE;

  private Frames() {}

  static byte[] ofPiece(byte[] piece, int destination, int source) {
    if (piece.length < 2 || (piece[0] & 0xFF) != MARK) {
      return piece;
    }
    byte[] information = Arrays.copyOfRange(piece, 2, piece.length);
    int header = 5;
    int length = header + 2 + (information.length == 0 ? 0 : information.length + 2);
    byte[] frame = new byte[length + 2];
    frame[0] = 0x7E;
    frame[1] = (byte) (0xA0 | length >>> 8);
    frame[2] = (byte) length;
    frame[3] = (byte) destination;
    frame[4] = (byte) source;
    frame[5] = piece[1];
    int at = 1 + header;
    if (information.length > 0) {
      at = putCheck(frame, at);
      System.arraycopy(information, 0, frame, at, information.length);
      at += information.length;
    }
    at = putCheck(frame, at);
    frame[at] = 0x7E;
    return frame;
  }

  private static int putCheck(byte[] frame, int at) {
    int check = Fcs16.of(frame, 1, at - 1);
    frame[at] = (byte) check;
    frame[at + 1] = (byte) (check >>> 8);
    return at + 2;
  }
}
