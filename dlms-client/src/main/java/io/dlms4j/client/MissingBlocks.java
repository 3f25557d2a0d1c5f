package io.dlms4j.client;

import io.dlms4j.axdr.CosemData.BitStringData;
import java.util.BitSet;

/** The blocks of an image that the server does not have yet. For one thread at a time. */
final class MissingBlocks {
  private final BitSet numbers;
  private int count;

  private MissingBlocks(BitSet numbers) {
    this.numbers = numbers;
    this.count = numbers.cardinality();
  }

  static MissingBlocks none() {
    return new MissingBlocks(new BitSet());
  }

  static MissingBlocks all(long blocks) {
    BitSet all = new BitSet();
    all.set(0, Math.toIntExact(blocks));
    return new MissingBlocks(all);
  }

  static MissingBlocks only(int number) {
    BitSet one = new BitSet();
    one.set(number);
    return new MissingBlocks(one);
  }

  /** Whether a server tells of an image of so many blocks: some tell whole octets. */
  static boolean isOf(BitStringData transferred, long blocks) {
    long bits = transferred.length();
    return bits == blocks || (bits % 8 == 0 && bits > blocks && bits - blocks < 8);
  }

  /** Those whose bits are not set. */
  static MissingBlocks of(BitStringData transferred, long blocks) {
    BitSet missing = new BitSet();
    for (int i = 0; i < blocks; i++) {
      missing.set(i, !transferred.bit(i));
    }
    return new MissingBlocks(missing);
  }

  int count() {
    return count;
  }

  boolean has(int number) {
    return number >= 0 && numbers.get(number);
  }

  /** The first one from a number on, or -1. */
  int next(int from) {
    return numbers.nextSetBit(from);
  }

  void remove(int number) {
    if (numbers.get(number)) {
      numbers.clear(number);
      count--;
    }
  }
}
