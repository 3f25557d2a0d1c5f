package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An APDU of the services on its way to the link: whole, or written as general block transfer
 * carries it off.
 *
 * @param whole all of it; null if it is a stream
 * @param stream all of it, piece by piece; null if it is whole
 * @param purpose what it is
 * @param answersBlocks whether it answers a request that came by general block transfer
 */
record OutgoingApdu(
    @Nullable Octets whole, @Nullable DataStream stream, Purpose purpose, boolean answersBlocks) {
  static OutgoingApdu of(Octets apdu, Purpose purpose) {
    return new OutgoingApdu(apdu, null, purpose, false);
  }

  static OutgoingApdu answer(Octets apdu, boolean toBlocks) {
    return new OutgoingApdu(apdu, null, Purpose.RESPONSE, toBlocks);
  }

  static OutgoingApdu answer(DataStream apdu, boolean toBlocks) {
    return new OutgoingApdu(null, apdu, Purpose.RESPONSE, toBlocks);
  }

  boolean fits(int octets) {
    return whole != null && whole.length() <= octets;
  }

  /** All of it, piece by piece. To be read once. */
  DataStream pieces() {
    if (stream != null) {
      return stream;
    }
    boolean[] written = {false};
    return writer -> {
      if (written[0]) {
        return false;
      }
      writer.writeOctets(Objects.requireNonNull(whole));
      written[0] = true;
      return true;
    };
  }

  /** All of it. */
  Octets octets() {
    if (whole != null) {
      return whole;
    }
    AxdrWriter all = new AxdrWriter();
    DataStream pieces = pieces();
    boolean more;
    do {
      more = pieces.writeNext(all);
    } while (more);
    return all.toOctets();
  }
}
