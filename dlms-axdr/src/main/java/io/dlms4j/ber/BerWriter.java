package io.dlms4j.ber;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import java.util.function.Consumer;

/**
 * Writes BER (ITU-T X.690): definite lengths in their shortest form.
 *
 * <p>A tag is written as it stands on the wire: {@code 0x60}, or {@code 0x5F1F} for one of two
 * octets. A tag that is none, or not of the kind of element that is written, is the caller's error,
 * an {@link IllegalArgumentException}. For one thread at a time.
 */
public final class BerWriter {
  // A length of BER looks like one of A-XDR.
  private final AxdrWriter octets = new AxdrWriter();

  /** An empty writer. */
  public BerWriter() {}

  /**
   * Writes a primitive element.
   *
   * @param tag its tag
   * @param content what is in it
   * @return this writer
   */
  public BerWriter writePrimitive(int tag, Octets content) {
    BerTag.check(tag, false);
    return write(tag, content);
  }

  /**
   * Writes a constructed element.
   *
   * @param tag its tag
   * @param content writes what is in it, to the writer it is given
   * @return this writer
   */
  public BerWriter writeConstructed(int tag, Consumer<BerWriter> content) {
    BerTag.check(tag, true);
    BerWriter inner = new BerWriter();
    content.accept(inner);
    return write(tag, inner.toOctets());
  }

  /**
   * Writes an INTEGER (X.690 8.3) in as few octets as hold it.
   *
   * @param tag its tag, as a primitive element: 02 unless tagged otherwise
   * @param value the number
   * @return this writer
   */
  public BerWriter writeInteger(int tag, long value) {
    BerTag.check(tag, false);
    int length = 1;
    while (length < Long.BYTES && !isSign(value >> (8 * length - 1))) {
      length++;
    }
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (value >> (8 * (length - 1 - i)));
    }
    return write(tag, Octets.view(content));
  }

  /**
   * Writes elements that are in BER already.
   *
   * @param elements tag, length and content of each
   * @return this writer
   */
  public BerWriter writeElements(Octets elements) {
    octets.writeOctets(elements);
    return this;
  }

  /**
   * What has been written.
   *
   * @return a copy
   */
  public Octets toOctets() {
    return octets.toOctets();
  }

  /** Whether only copies of the sign are left of a number. */
  private static boolean isSign(long rest) {
    return rest == 0 || rest == -1;
  }

  private BerWriter write(int tag, Octets content) {
    if (tag > 0xFF) {
      octets.writeUnsigned16(tag);
    } else {
      octets.writeUnsigned8(tag);
    }
    octets.writeOctetString(content);
    return this;
  }
}
