package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;

/**
 * An attribute's value on its way to the client, encoded piece by piece as there is room for it. A
 * load profile is never in memory as a whole: its pieces are the array's header, and then one row
 * each.
 */
@FunctionalInterface
public interface DataStream {
  /**
   * Writes the next piece of the encoding. The pieces, one after the other, are one Data.
   *
   * @param writer takes the piece
   * @return false if there was none left, and nothing was written
   */
  boolean writeNext(AxdrWriter writer);

  /**
   * A value in one piece.
   *
   * @param value the value
   * @return a stream of its encoding
   */
  static DataStream of(CosemData value) {
    return of(EncodedData.of(value));
  }

  /**
   * An encoded value in one piece.
   *
   * @param value the value
   * @return a stream of its encoding
   */
  static DataStream of(EncodedData value) {
    return new DataStream() {
      private boolean written;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (written) {
          return false;
        }
        writer.writeOctets(value.octets());
        written = true;
        return true;
      }
    };
  }
}
