package io.dlms4j.axdr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of several octets in an array, each read or written in one step. */
final class BigEndian {
  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /**
   * Copies octets. The twelve of a date-time, of which there is one in each row, without a call.
   */
  static void copy(byte[] from, int at, byte[] to, int position, int number) {
    if (number == CosemDateTime.OCTETS) {
      LONG.set(to, position, (long) LONG.get(from, at));
      INT.set(to, position + Long.BYTES, (int) INT.get(from, at + Long.BYTES));
    } else {
      System.arraycopy(from, at, to, position, number);
    }
  }
}
