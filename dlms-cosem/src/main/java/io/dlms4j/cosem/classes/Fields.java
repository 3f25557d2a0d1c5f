package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;

/** Checks of fields that come from the peer. */
final class Fields {
  private Fields() {}

  static int within(CosemData data, int least, int most, String name, String clause) {
    long value = data.integralValue();
    if (value < least || value > most) {
      throw malformed(name + " " + value + " is not within " + least + ".." + most, clause);
    }
    return (int) value;
  }

  /** The value has been read by then, and a tree has forgotten its octets. */
  static AxdrException malformed(String what, String clause) {
    return new AxdrException(AxdrException.Kind.MALFORMED, AxdrException.NO_OFFSET, what, clause);
  }
}
