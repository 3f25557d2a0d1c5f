package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import java.util.Iterator;
import java.util.function.BiConsumer;

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

  /**
   * An array whose elements are written one by one: its header is the first piece, each element a
   * piece of its own.
   *
   * @param size how many elements there will be
   * @param elements the elements; fewer than {@code size} of them are an {@link
   *     IllegalStateException}
   * @param encoder writes one element as one Data
   * @param <T> what an element is made of
   * @return a stream of the array's encoding
   */
  static <T> DataStream ofArray(
      int size, Iterator<? extends T> elements, BiConsumer<AxdrWriter, ? super T> encoder) {
    return new DataStream() {
      private int written = -1;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (written == size) {
          return false;
        }
        if (written < 0) {
          writer.writeUnsigned8(DataTag.ARRAY.value()).writeLength(size);
        } else if (elements.hasNext()) {
          encoder.accept(writer, elements.next());
        } else {
          throw new IllegalStateException("an array of " + size + " ended after " + written);
        }
        written++;
        return true;
      }
    };
  }
}
