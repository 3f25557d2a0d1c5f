package io.dlms4j.fuzz;

import java.util.function.Consumer;

/** Cuts a fuzzer's input into pieces, each after an octet that says how long it is. */
final class Pieces {
  private Pieces() {}

  static void of(byte[] input, int from, Consumer<byte[]> consumer) {
    int at = from;
    while (at < input.length) {
      int length = Math.min(input[at] & 0xFF, input.length - at - 1);
      byte[] piece = new byte[length];
      System.arraycopy(input, at + 1, piece, 0, length);
      consumer.accept(piece);
      at += 1 + length;
    }
  }
}
