package io.dlms4j.axdr;

/**
 * delta-integer, delta-long, delta-double-long or one of their unsigned kin (Blue Book 4.1.5): not
 * a value, but what is to be added to the value of the same column one row before. {@link
 * BufferDecompressor} does that.
 *
 * @param tag which of the six
 * @param delta what to add, within what the type holds: {@code delta-unsigned} 0..255, for example
 */
public record DeltaData(DataTag tag, long delta) implements CosemData {
  /**
   * Checks the type and the range.
   *
   * @throws IllegalArgumentException if the tag is no delta, or the number is out of its range
   */
  public DeltaData {
    switch (tag) {
      case DELTA_INTEGER -> DataCodec.check(delta, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case DELTA_LONG -> DataCodec.check(delta, Short.MIN_VALUE, Short.MAX_VALUE);
      case DELTA_DOUBLE_LONG -> DataCodec.check(delta, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case DELTA_UNSIGNED -> DataCodec.check(delta, 0, 0xFF);
      case DELTA_LONG_UNSIGNED -> DataCodec.check(delta, 0, 0xFFFF);
      case DELTA_DOUBLE_LONG_UNSIGNED -> DataCodec.check(delta, 0, 0xFFFF_FFFFL);
      default -> throw new IllegalArgumentException(tag + " is no delta");
    }
  }

  /** As {@code delta-integer -1}. */
  @Override
  public String toString() {
    return tag + " " + delta;
  }
}
